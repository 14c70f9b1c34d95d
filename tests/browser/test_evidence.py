"""The text beside its facts: lit both ways, by pointer, keys and address, with and without custom highlights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.browser.sample import FACTS, TEXT, span_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

OLD = "Object.defineProperty(CSS, 'highlights', { value: undefined });"
LIT = """() => CSS.highlights ? [...(CSS.highlights.get('evidence') ?? [])].map(String)
  : [...document.querySelectorAll('[data-paint=evidence]')].map((mark) => mark.textContent)"""
BOXES = """() => {
  const range = [...CSS.highlights.get('evidence')][0].getBoundingClientRect();
  const frame = document.querySelector('.inside').getBoundingClientRect();
  return [range.top, range.bottom, frame.top, frame.bottom];
}"""
TEXT_OF_PAGE = "() => document.querySelector('[data-text]').textContent"


def words_of(key: str) -> list[str]:
    return [TEXT[start:end] for name, spans, _, _ in FACTS for start, end in spans if name == key]


def test_the_page_holds_the_text_as_it_is(open_page: Callable[..., Page]) -> None:
    assert open_page().evaluate(TEXT_OF_PAGE) == TEXT


@pytest.mark.parametrize("script", ["", OLD], ids=["custom highlights", "elements"])
def test_a_fact_lights_its_words(open_page: Callable[..., Page], script: str) -> None:
    page = open_page(script=script)
    for key, *_ in (*FACTS, *FACTS):
        page.click(f"[data-fact={key}]")
        assert sorted("".join(page.evaluate(LIT))) == sorted("".join(words_of(key)))
        assert page.locator(".fact.lit").evaluate_all("all => all.map(one => one.dataset.fact)") == [key]
        assert page.evaluate(TEXT_OF_PAGE) == TEXT


def test_words_light_the_narrowest_fact_and_then_the_next(open_page: Callable[..., Page]) -> None:
    page = open_page()
    piece = page.locator("[data-keys~=t2][data-keys~=o1]").first
    seen = []
    for _ in range(2):
        piece.click()
        seen.append(page.locator(".fact.lit").get_attribute("data-fact"))
    assert seen == ["o1", "t2"]


def test_an_address_lights_words_that_no_fact_cites(open_page: Callable[..., Page]) -> None:
    start, end = TEXT.rindex("这是一段"), TEXT.rindex("这是一段") + 8
    page = open_page(f"/#s={start},{end}")
    assert page.evaluate(LIT) == [TEXT[start:end]]
    box = page.evaluate(BOXES)
    assert box[2] <= box[0]
    assert box[1] <= box[3]


def test_an_address_of_a_fact_lights_it(open_page: Callable[..., Page]) -> None:
    start, end = span_of("全省人工智能企业超过1200家")
    page = open_page(f"/#s={start},{end}")
    assert page.evaluate(LIT) == [TEXT[start:end]]
    assert page.locator(".fact.lit").get_attribute("data-fact") == "s1"


def test_a_wrong_address_lights_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for wrong in ("#s=", "#s=9,3", "#s=1", "#s=99999999,999999999", "#s=-1,4", "#s=<img>", "#s=1,2,3;;"):
        page.evaluate("hash => { location.hash = hash; }", wrong)
        assert page.evaluate(LIT) == []


def test_brackets_walk_the_evidence_in_the_order_of_the_text(open_page: Callable[..., Page]) -> None:
    page = open_page()
    spans = sorted((span, key) for key, spans, _, _ in FACTS for span in spans)
    seen = []
    for _ in spans:
        page.keyboard.press("]")
        seen.append(page.locator(".fact.lit").get_attribute("data-fact"))
    assert seen == [key for _, key in spans]
    page.keyboard.press("[")
    assert page.locator(".fact.lit").get_attribute("data-fact") == spans[-2][1]
    page.keyboard.press("Escape")
    assert page.evaluate(LIT) == []


def test_a_group_is_shown_or_not(open_page: Callable[..., Page]) -> None:
    page = open_page()
    button = page.locator("button[data-group=figures]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.locator(".mark.figures").first.evaluate("one => getComputedStyle(one).boxShadow") == "none"


SELECT = """([start, end]) => {
  const root = document.querySelector('[data-text]'), range = document.createRange();
  const find = (at) => { const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT); let node;
    while ((node = walk.nextNode())) { if (at <= node.data.length) return [node, at]; at -= node.data.length; } };
  range.setStart(...find(start)); range.setEnd(...find(end));
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""
CHOSEN = """() => ['start', 'end', 'words']
  .map((name) => document.querySelector('form[data-takes-selection]').elements[name].value)"""


def select(page: Page, start: int, end: int) -> list[str]:
    units = [len(TEXT[:at].encode("utf-16-le")) // 2 for at in (start, end)]
    page.locator("[data-selection-shown]").evaluate("shown => shown.replaceChildren()")
    page.evaluate(SELECT, units)
    page.wait_for_selector("[data-selection-shown]:not(:empty)")
    chosen: list[str] = page.evaluate(CHOSEN)
    return chosen


def test_what_is_selected_is_told_in_code_points(open_page: Callable[..., Page]) -> None:
    page = open_page()
    for words in ("人工智能发展行动方案", "𠮷林公司👩‍👩‍👧在会上说", "35 EFLOPS。\n𠮷林", "到2028年，𠮷林公司将建成"):
        start, end = span_of(words)
        assert select(page, start, end) == [str(start), str(end), words]
    start, end = span_of("三个智算中心。”\r\n")  # blanks at the ends fall away
    assert select(page, start, end) == [str(start), str(end - 2), TEXT[start : end - 2]]


def test_all_that_is_selected_is_the_text(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('.beside'))")
    page.wait_for_selector("[data-selection-shown]:not(:empty)")
    assert page.evaluate(CHOSEN)[:2] == ["0", str(len(TEXT.rstrip()))]


def test_half_a_character_is_never_selected(open_page: Callable[..., Page]) -> None:
    page = open_page()
    start = TEXT.index("𠮷")
    unit = len(TEXT[:start].encode("utf-16-le")) // 2
    page.evaluate(SELECT, [unit + 1, unit + 3])
    page.wait_for_selector("[data-selection-shown]:not(:empty)")
    assert page.evaluate(CHOSEN) == [str(start), str(start + 2), TEXT[start : start + 2]]
