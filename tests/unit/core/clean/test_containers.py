"""Elements as runs of lines, and the ones whose names speak for the article or against it."""

from __future__ import annotations

import re

import pytest

from mingjian.core.clean.containers import find_regions, set_apart
from mingjian.core.clean.layout import Layout, lay_out
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

_RULES = bundled_rulebook().tables["cleaning"]["containers"]
_PROSE = "会议指出，今年的气温比往年偏高，病虫害发生的时间可能提前，各地要做好监测预报。"


def _layout(markup: str) -> Layout:
    page = html_page("page", f"<html><head><meta charset=utf-8></head><body>{markup}</body></html>".encode())
    return lay_out(page, fold(page.text), bundled_rulebook())


@pytest.mark.parametrize("rule", [*_RULES["known"], *_RULES["unwanted"]], ids=lambda rule: rule["id"])
def test_names_do_what_their_examples_say(rule: dict[str, str]) -> None:
    assert re.search(rule["marks"], rule["example"])
    assert not re.search(rule["marks"], rule["counter_example"])
    assert rule["note"].endswith(".")


def test_text_has_no_regions() -> None:
    page = text_page("page", f"标题\n{_PROSE}\n".encode())
    layout = lay_out(page, fold(page.text), bundled_rulebook())
    assert find_regions(layout) == ()
    assert set_apart(layout, ()) is layout


def test_regions_are_runs_of_lines() -> None:
    layout = _layout(f"<div class=nav>首页</div><div class=TRS_Editor><p>{_PROSE}</p><p>{_PROSE}</p></div>")
    regions = find_regions(layout)
    assert [(region.kind[0], region.low, region.high) for region in regions] == [
        ("body", 0, 3),
        ("div", 0, 1),
        ("div", 1, 3),
    ]
    assert [region.known for region in regions] == [0.0, 0.0, 2.0]
    assert regions[2].prose == 2 * len(_PROSE)


def test_lines_of_unwanted_elements_are_tagged_unless_they_hold_the_article() -> None:
    layout = _layout(f"<div class=share-wrap><p>{_PROSE}</p></div><div class=related-news><p>某地发布预警</p></div>")
    tagged = set_apart(layout, find_regions(layout)).tags
    assert 0 not in tagged
    assert tagged[1].kind == "related"
