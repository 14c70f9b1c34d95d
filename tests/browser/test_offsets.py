"""Code points and UTF-16 units: what JavaScript answers beside what Python knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mingjian.serve.web.assets import static_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXTS = [
    "",
    "甲乙丙",
    "𠮷",
    "a𠮷b𠮷𠮷c",
    "👩‍👩‍👧在𠮷林👍🏽",
    "\u0301a\r\n\t𝕏",
    "𠮷" * 50 + "甲" * 50 + "😀乙" * 50,
]
BOTH_WAYS = """async ([url, texts]) => {
  const { Offsets } = await import(url);
  return texts.map((text) => {
    const offsets = new Offsets(text);
    const points = [...Array(offsets.points + 1).keys()];
    const units = [...Array(text.length + 1).keys()];
    return { points: offsets.points, toUnits: points.map((at) => offsets.toUnits(at)),
      down: units.map((at) => offsets.toPoints(at)), up: units.map((at) => offsets.toPoints(at, true)),
      beyond: [offsets.toUnits(-3), offsets.toUnits(1e9), offsets.toPoints(-3), offsets.toPoints(1e9)] };
  });
}"""


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_offsets_agree_with_python(open_page: Callable[..., Page]) -> None:
    answers = open_page().evaluate(BOTH_WAYS, [static_url("offsets.js"), TEXTS])
    for text, answer in zip(TEXTS, answers, strict=True):
        starts = [units(text[:at]) for at in range(len(text) + 1)]
        assert answer["points"] == len(text)
        assert answer["toUnits"] == starts
        assert answer["down"] == [
            max(at for at, start in enumerate(starts) if start <= unit) for unit in range(starts[-1] + 1)
        ]
        assert answer["up"] == [
            min(at for at, start in enumerate(starts) if start >= unit) for unit in range(starts[-1] + 1)
        ]
        assert answer["beyond"] == [0, starts[-1], 0, len(text)]


def test_a_surrogate_alone_is_one_character(open_page: Callable[..., Page]) -> None:
    script = r"""async (url) => {
      const { Offsets } = await import(url);
      const offsets = new Offsets("a\ud800b\udc00");
      return [offsets.points, offsets.toUnits(3)];
    }"""
    assert open_page().evaluate(script, static_url("offsets.js")) == [4, 3]


def test_a_megabyte_is_looked_up_in_few_steps(open_page: Callable[..., Page]) -> None:
    """Half of its characters lie beyond the BMP; looking all of them up one after the other would never end."""
    script = """async (url) => {
      const { Offsets } = await import(url);
      const offsets = new Offsets("𠮷甲".repeat(350_000));
      let wrong = 0;
      for (let at = 0; at < 700_000; at += 1) if (offsets.toPoints(offsets.toUnits(at)) !== at) wrong += 1;
      return wrong;
    }"""
    assert open_page().evaluate(script, static_url("offsets.js")) == 0
