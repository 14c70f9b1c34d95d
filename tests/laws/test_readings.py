"""Offset maps invert, and a page with inserted readings gives the facts of the page without them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.core.text.readings import without_readings
from tests.laws.pages import page_of

PIECES = st.lists(st.sampled_from(("联", "(lián)", "通", "(tōng)", "a", "(b)", "(2025)", "（中）", "\n", "𠮷", "(jí)")), max_size=40)
NEWS = "2025年3月1日，岚州市人民政府印发《岚州市人工智能行动计划》。到2027年，全市算力规模超过20EFLOPS。"


@given(PIECES.map("".join))
def test_every_kept_character_finds_its_place(text: str) -> None:
    shortened = without_readings(text)
    if shortened is None:
        return
    short, offsets = shortened
    for place, character in enumerate(short):
        assert text[offsets.to_page(place)] == character
        assert offsets.from_page(offsets.to_page(place)) == place
    assert offsets.to_page(len(short)) == len(text)


@given(st.sets(st.integers(0, len(NEWS) - 1), max_size=12))
def test_readings_change_no_fact(places: set[int]) -> None:
    polluted = "联(lián)通(tōng)网(wǎng)讯\n" + "".join(f"{c}(hàn)" if i in places and "\u4e00" <= c <= "\u9fff" else c for i, c in enumerate(NEWS))
    plain, other = extract(page_of("联通网讯\n" + NEWS)), extract(page_of(polluted))
    verify(other, page_of(polluted))
    assert [fact.title for fact in other.policies] == [fact.title for fact in plain.policies]
    assert [fact.normalized for fact in other.targets] == [fact.normalized for fact in plain.targets]
    assert [(fact.type, fact.date.start) for fact in other.events] == [(fact.type, fact.date.start) for fact in plain.events]
