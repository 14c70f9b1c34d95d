"""The normal form: its maps invert, and no repair changes what is read, only where it stands."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.pages import page_of, texts

from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Span
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.pipeline.verify import verify
from mingjian.core.text.normal import normalise

PARTS = (
    *("联", "(lián)", "通", "(tōng)", "a", "(b)", "(2025)", "（中）", "\n", "𠮷", "(jí)"),
    *("\u200b", "\xad", "\ufeff", "\u200b\u2060", "&ldquo;", "&amp;nbsp;", "&#8220;", "&foo;", "&"),
    *("\ufffd", "\ue001", "3", "亿元", "锟斤拷", "ä¸\xad", "â€œ", " "),
)
PIECES = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
NEWS = "2025年3月1日，岚州市人民政府印发《岚州市人工智能行动计划》。到2027年，全市算力规模超过20EFLOPS。"
SENTENCES = (
    *(NEWS, "岚州市科技局局长周岚表示，将加快建设智算中心，推动人工智能与制造业深度融合。"),
    "截至2024年6月底，全市人工智能企业达到1200家，核心产业规模突破300亿元，同比增长12.5%。",
    "澜山智算科技股份有限公司与岚州大学签署合作协议，共同建设语料库，首批开放200个应用场景。",
    "在资金支持方面，市财政将设立规模100亿元的产业基金，重点投向大模型、智能芯片和具身智能等领域。",
    "业内人士认为，这些举措有助于降低中小企业使用算力的成本，也为传统产业转型提供了新的路径。",
)
ENGLISH = (
    "The city of Lanzhou said on March 1, 2025 that it would build three computing centers by 2027. ",
    "Officials want small firms to use large language models, and they promised cheaper power for the plants. ",
    "The plan names robots, chips and medicine as fields of work; a fund of 2 billion yuan is to pay for them. ",
)


@given(PIECES | texts)
def test_maps_invert(text: str) -> None:
    page = _page(text)
    normal = normalise(page)
    for place in range(len(normal.text)):
        start, end = normal.to_page((place, place + 1))
        assert start < end
        assert normal.from_page(start) == place
        assert normal.from_page(end) == place + 1
    assert [normal.from_page(place) for place in range(len(page.text) + 1)] == sorted(
        normal.from_page(place) for place in range(len(page.text) + 1)
    )
    assert len(normal.folded) == len(normal.text)


@given(PIECES | texts)
def test_every_record_stands_on_its_page(text: str) -> None:
    page = _page(text)
    verify(extract(page), page)


@given(st.sets(st.integers(0, len(NEWS) - 1), max_size=12))
def test_readings_change_no_fact(places: set[int]) -> None:
    read_aloud = (f"{c}(hàn)" if i in places and "\u4e00" <= c <= "\u9fff" else c for i, c in enumerate(NEWS))
    polluted = page_of("联(lián)通(tōng)网(wǎng)讯\n" + "".join(read_aloud))
    assert _values(polluted) == _values(page_of("联通网讯\n" + NEWS))


@given(st.sets(st.integers(0, len(NEWS)), max_size=20), st.sampled_from(["\u200b", "\xad", "\ufeff\u2060", "\u200e"]))
def test_invisible_characters_move_spans_and_change_no_value(places: set[int], unseen: str) -> None:
    clean = page_of("岚州晚报讯\n" + NEWS)
    text = "".join(unseen * (index in places) + c for index, c in enumerate(NEWS)) + unseen * (len(NEWS) in places)
    polluted = page_of("岚州晚报讯\n" + text)
    assume(not polluted.text.startswith("\ufeff"))
    assert _values(polluted) == _values(clean)
    marks = str.maketrans("", "", unseen)
    plain, other = extract(clean), extract(polluted)
    assert [words.translate(marks) for words in _evidence(other)] == _evidence(plain)
    assert not any(words.startswith(tuple(unseen)) or words.endswith(tuple(unseen)) for words in _evidence(other))


@given(st.lists(st.sampled_from(SENTENCES), min_size=6, max_size=18), st.integers(24, 80))
def test_wrapping_a_paragraph_changes_no_fact(sentences: list[str], width: int) -> None:
    paragraph = "".join(sentences)
    assume(len(paragraph) > 4 * width)
    wrapped = "\n".join(paragraph[start : start + width] for start in range(0, len(paragraph), width))
    page = page_of(wrapped)
    assert normalise(page).text == paragraph
    assert _values(page) == _values(page_of(paragraph))


@given(st.lists(st.sampled_from(SENTENCES), min_size=12, max_size=18), st.integers(40, 120))
def test_wrapping_as_printers_do_changes_no_fact(sentences: list[str], columns: int) -> None:
    paragraph = "".join(sentences)
    assert normalise(page_of("\n".join(_printed(paragraph, columns)))).text == paragraph


@given(st.lists(st.sampled_from(ENGLISH), min_size=8, max_size=20), st.integers(36, 80))
def test_wrapped_english_is_one_line_again(sentences: list[str], width: int) -> None:
    paragraph = "".join(sentences).strip()
    assert normalise(page_of(textwrap.fill(paragraph, width))).text == paragraph


@pytest.mark.parametrize("damage", ["\ufffd", "□", "??", "\ue123", "锟斤拷", "ï¿½"])
@pytest.mark.parametrize("words", ["规模达到3{}亿元", "规模达到{}3亿元", "到202{}年，规模达到5", "增长1.{}%"])
def test_figures_beside_lost_characters_are_no_figures(damage: str, words: str) -> None:
    told = f"到2030年，全市人工智能产业{words.format(damage)}，建设2个中心。"
    page = page_of(f"岚州市发布计划\n岚州市人民政府表示，{told}")
    record = extract(page)
    verify(record, page)
    start, end = page.text.index(damage), page.text.index(damage) + len(damage)
    for facts in fact_kinds(record).values():
        for fact in facts:
            pairs = [pair for name, pairs in fact.parts.items() if name != "evidence" for pair in pairs]
            assert not any(low <= end and start <= high for low, high in pairs)
    assert {one.kind for one in record.damage} <= {"lost", "private", "mojibake"}
    assert record.damage


def _page(text: str) -> Page:
    """The page of the text whatever is lost of it."""
    content = text.encode("utf-8", "replace")
    return Page(doc_id="odd.txt", content=content, media_type="text/plain", encoding="utf-8", text=content.decode())


def _printed(paragraph: str, columns: int) -> list[str]:
    """Lines of so many columns; figures and Latin words are kept whole, and no line begins with a closing mark."""
    units: list[str] = []
    for character in paragraph:
        latin = character.isascii()
        if units and ((latin and units[-1][-1].isascii()) or character in "，。、》"):
            units[-1] += character
        else:
            units.append(character)
    lines = [""]
    for unit in units:
        if _columns(lines[-1] + unit) > columns:
            lines.append("")
        lines[-1] += unit
    return lines


def _columns(words: str) -> int:
    return sum(1 if character.isascii() else 2 for character in words)


def _evidence(record: Record) -> list[str]:
    return [fact.evidence.text for facts in fact_kinds(record).values() for fact in facts]


def _values(page: Page) -> list[Any]:
    """What the facts of the page say, without ids and places."""
    record = extract(page)
    verify(record, page)
    assert encode_record(extract(page)) == encode_record(record)
    return [
        (kind, [value for name in fact.__struct_fields__ if not isinstance(value := _told(fact, name), Span)])
        for kind, facts in fact_kinds(record).items()
        for fact in facts
    ]


def _told(fact: object, name: str) -> Any:
    value = getattr(fact, name)
    if name == "posts":
        return [(post.title, post.affiliation, post.status, post.date, post.role) for post in value]
    return None if name in {"id", "parts", "support", "mentions"} else value


def test_values_are_plain_and_their_words_stand_in_the_page() -> None:
    text = "某市發(fā)布行動(dòng)方案\n2024-05-20 10:11 來(lái)源：某某網(wǎng)\n" + NEWS
    record = extract(page_of(text))
    assert isinstance(record.source, Cited)
    assert record.source.value in {"某某网", "某某網"}
    assert record.source.evidence.text == "某某網(wǎng)"
