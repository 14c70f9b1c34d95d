"""Offset maps invert, and a page with inserted readings gives the facts of the page without them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.pages import page_of

from mingjian.core.model.outcome import Cited
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.core.text.readings import without_readings

PARTS = ("联", "(lián)", "通", "(tōng)", "a", "(b)", "(2025)", "（中）", "\n", "𠮷", "(jí)")
PIECES = st.lists(st.sampled_from(PARTS), max_size=40)
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
    read_aloud = (f"{c}(hàn)" if i in places and "\u4e00" <= c <= "\u9fff" else c for i, c in enumerate(NEWS))
    polluted = "联(lián)通(tōng)网(wǎng)讯\n" + "".join(read_aloud)
    plain, other = extract(page_of("联通网讯\n" + NEWS)), extract(page_of(polluted))
    verify(other, page_of(polluted))
    assert [fact.title for fact in other.policies] == [fact.title for fact in plain.policies]
    assert [fact.normalized for fact in other.targets] == [fact.normalized for fact in plain.targets]
    assert [fact.type for fact in other.events] == [fact.type for fact in plain.events]
    assert [fact.date.start for fact in other.events] == [fact.date.start for fact in plain.events]


def test_values_are_plain_and_their_words_stand_in_the_page() -> None:
    text = "某市發(fā)布行動(dòng)方案\n2024-05-20 10:11 來(lái)源：某某網(wǎng)\n" + NEWS
    record = extract(page_of(text))
    assert isinstance(record.source, Cited)
    assert (record.source.value, record.source.evidence.text) == ("某某网", "某某網(wǎng)")
