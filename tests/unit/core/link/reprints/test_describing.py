from __future__ import annotations

import pytest
from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS

from mingjian.core.link.reprints.describing import Layer, describe

SOURCE = "\n".join(PARAGRAPHS)
TRADITIONAL = str.maketrans("据发实细则补贴额个业务时间为给", "據發實細則補貼額個業務時間為給")


def layer(text: str, title: str = "") -> Layer:
    return Layer(text, [(0, len(text))], title)


@pytest.mark.parametrize(
    ("copy", "changes"),
    [
        (SOURCE, ()),
        ("\n".join(PARAGRAPHS[:3]), ("cut-end",)),
        ("\n".join(PARAGRAPHS[2:]), ("cut-beginning",)),
        ("\n".join((*PARAGRAPHS[:2], *PARAGRAPHS[3:])), ("cut-inside",)),
        ("\n".join((*PARAGRAPHS, *OTHER)), ("added-end",)),
        ("\n".join((OTHER[0], *PARAGRAPHS)), ("added-beginning",)),
        ("\n".join((PARAGRAPHS[0], OTHER[0], *PARAGRAPHS[1:])), ("added-inside",)),
        ("\n".join(PARAGRAPHS[::-1]), ("reordered",)),
        ("\n".join(SOURCE[start : start + 20] for start in range(0, len(SOURCE), 20)), ("rewrapped",)),
        (SOURCE.translate({ord(one): ord(one) + 0xFEE0 for one in "0123456789%"}), ("other-width",)),
        (
            SOURCE.translate(str.maketrans("据发实细则补贴额个业务时间为给", "據發實細則補貼額個業務時間為給")),
            ("other-script",),
        ),
        ("\n".join(OTHER), ()),
        ("", ()),
    ],
)
def test_what_was_done_to_the_source(copy: str, changes: tuple[str, ...]) -> None:
    assert describe(layer(SOURCE), layer(copy)).changes == changes


def test_a_headline_is_changed_only_where_both_have_one() -> None:
    assert describe(layer(SOURCE, "甲"), layer(SOURCE, "乙")).changes == ("headline-changed",)
    assert describe(layer(SOURCE, "甲"), layer(SOURCE)).changes == ()


def test_runs_are_the_same_words_in_both_layers() -> None:
    copy = "首页 要闻\n" + "\n".join((PARAGRAPHS[3], "　　" + OTHER[0], PARAGRAPHS[1]))
    description = describe(layer(SOURCE), Layer(copy, [(6, len(copy))]))
    assert len(description.runs) == 2
    assert "reordered" in description.changes
    for run, paragraph in zip(description.runs, (PARAGRAPHS[3], PARAGRAPHS[1]), strict=True):
        assert SOURCE[slice(*run.first)] == copy[slice(*run.second)] == paragraph.rstrip("。")
