from __future__ import annotations

import re

import pytest

from mingjian.read.html.nesting import flatten

MANY = " a=b" * 2_500  # 10,000 characters, 2,500 attributes


@pytest.mark.parametrize("before", ["", "x" * 3_999, "x" * 5_000 + "<p>", "<p>" + "x" * 7_000 + ">", "<br>" * 900])
@pytest.mark.parametrize("behind", ["", "<p>y</p>", ">" * 5_000])
def test_a_tag_of_thousands_of_attributes_loses_them_wherever_it_stands(before: str, behind: str) -> None:
    markup = f"{before}<div{MANY}>{behind}"
    assert flatten(markup) == f"{before}<div >{behind}"


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{'长' * 30_000}</p>",
        f"<script>{'x = 1; ' * 5_000}</script>",
        f"<img src='data:{'A' * 20_000}'>",
        f"<div{' a=b' * 900}>",
        f"> {MANY} <",
        "",
    ],
)
def test_long_words_and_long_values_stay(markup: str) -> None:
    assert flatten(markup) == markup


def test_what_lies_too_deep_is_made_flat() -> None:
    markup = "<div>" * 9_000 + "文" + "</div>" * 9_000
    flat = flatten(markup)
    assert len(re.findall("<div>", flat)) == 512
    assert "文" in flat
