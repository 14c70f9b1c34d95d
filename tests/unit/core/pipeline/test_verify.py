"""Verify: a sound record is met with silence, and every way of breaking one is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec
import pytest

from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Span
from mingjian.core.model.wire import decode_record, encode_record, unread_members
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import find_breaches, verify
from mingjian.core.rulebook import bundled_rulebook, load_rulebook
from mingjian.core.rulebook.bundled import bundled_files
from mingjian.errors import EvidenceError, RecordError
from mingjian.read.plain import text_page

TEXT = (
    "岚州市印发人工智能行动计划\n2025年3月1日 09:30 来源：岚州日报\n"
    "2025年3月1日，岚州市人民政府印发《岚州市人工智能行动计划》。到2027年，全市算力规模超过20EFLOPS，建成3个智算中心。\n"
    "岚州市科技局局长周岚表示，将开放200个应用场景。\n"
)


@cache
def page() -> Page:
    return text_page("page.txt", TEXT.encode(), path="page.txt")


@cache
def record() -> Record:
    return extract(page())


def breaches(changed: Record, of: Page | None = None) -> str:
    return "; ".join(find_breaches(changed, of or page(), bundled_rulebook()))


def raw() -> dict[str, Any]:
    members: dict[str, Any] = json.loads(encode_record(record()))
    return members


def changed(change: Callable[[dict[str, Any]], object]) -> Record:
    members = raw()
    change(members)
    return decode_record(json.dumps(members))


def test_a_sound_record_is_met_with_silence() -> None:
    assert record().targets
    assert record().policies
    assert record().quotes
    verify(record(), page())
    verify(decode_record(encode_record(record())), page())


def test_a_page_that_was_moved_is_the_same_page() -> None:
    moved = text_page("elsewhere/other.txt", TEXT.encode(), path="elsewhere/other.txt")
    verify(record(), moved)


def test_a_moved_span_does_not_hold_its_words() -> None:
    first = record().targets[0]
    words = first.evidence
    shifted = Span(words.start + 1, words.end + 1, words.text)
    target = msgspec.structs.replace(first, evidence=shifted)
    assert "does not stand at" in breaches(msgspec.structs.replace(record(), targets=(target, *record().targets[1:])))


def test_words_moved_together_with_their_span_are_not_given_again() -> None:
    first = record().targets[0]
    start, end = first.evidence.start + 1, first.evidence.end + 1
    target = msgspec.structs.replace(first, evidence=Span(start, end, TEXT[start:end]))
    assert "targets: " in breaches(msgspec.structs.replace(record(), targets=(target, *record().targets[1:])))


def test_a_changed_value_is_not_given_again() -> None:
    target = msgspec.structs.replace(record().targets[0], value=Decimal(41))
    found = breaches(msgspec.structs.replace(record(), targets=(target, *record().targets[1:])))
    assert found.startswith("targets: the rules give 1 others")


@pytest.mark.parametrize("field", ["title", "source", "published"])
def test_a_changed_head_is_not_given_again(field: str) -> None:
    found = breaches(changed(lambda members: members[field].update(value="虚构")))
    assert f"{field}: the record says '虚构'" in found


def test_a_head_that_is_struck_out_is_not_given_again() -> None:
    struck = changed(lambda members: members.update(title={"value": None, "missing": "no-title-in-page"}))
    assert "title: the record says missing (no-title-in-page)" in breaches(struck)


def test_evidence_outside_the_body_is_named() -> None:
    start = TEXT.index("来源")
    policy = msgspec.structs.replace(record().policies[0], evidence=Span(start, start + 7, TEXT[start : start + 7]))
    found = breaches(msgspec.structs.replace(record(), policies=(policy,)))
    assert "does not lie in the body" in found


def test_characters_that_belong_nowhere_are_named() -> None:
    assert "neither body nor boilerplate" in breaches(msgspec.structs.replace(record(), body=record().body[1:]))
    assert "neither body nor boilerplate" in breaches(msgspec.structs.replace(record(), body=(), boilerplate=()))


def test_blocks_that_overlap_are_named() -> None:
    doubled = msgspec.structs.replace(record(), body=(record().body[0], *record().body))
    assert "overlaps another" in breaches(doubled)


def test_places_outside_the_page_are_named() -> None:
    fact = record().policies[0]
    far = ((len(TEXT), len(TEXT) + 3),)
    for changes in ({"parts": {**fact.parts, "title": far}}, {"mentions": far}):
        policy = msgspec.structs.replace(fact, **changes)
        assert "lies outside the page" in breaches(msgspec.structs.replace(record(), policies=(policy,)))


def test_a_part_without_words_is_named() -> None:
    quote = msgspec.structs.replace(record().quotes[0], parts={}, support=(), speaker="李四")
    found = breaches(msgspec.structs.replace(record(), quotes=(quote,)))
    assert "speaker '李四' has no words" in found


def test_another_page_is_named_and_nothing_else_is_asked() -> None:
    other = text_page("page.txt", (TEXT + "。").encode())
    assert breaches(record(), other).startswith("it was made of another page")


def test_another_version_of_the_rules_is_named() -> None:
    files = bundled_files()
    files["topics.toml"] += "\n# another version\n"
    with pytest.raises(EvidenceError, match="another version of the rules"):
        verify(record(), page(), load_rulebook(files))


@pytest.mark.parametrize(
    ("member", "value"),
    [("n_chars", 5), ("encoding", "big5"), ("media_type", "text/html"), ("url", "http://a.example"), ("text", "虚构")],
)
def test_what_the_record_says_of_its_page_is_asked_too(member: str, value: object) -> None:
    assert f"page.{member}" in breaches(changed(lambda members: members["page"].update({member: value})))


def test_the_text_that_was_asked_for_is_the_text_of_the_page() -> None:
    verify(changed(lambda members: members["page"].update(text=TEXT)), page())


@pytest.mark.parametrize("name", [name for name, value in raw().items() if isinstance(value, list) and value])
def test_nothing_can_be_struck_from_a_list(name: str) -> None:
    assert f"{name}: " in breaches(changed(lambda members: members[name].pop()))


def test_every_other_member_is_asked_again() -> None:
    flipped = changed(lambda members: members.update(ai_relevant=not members["ai_relevant"]))
    assert "ai_relevant: " in breaches(flipped)
    assert "language: " in breaches(changed(lambda members: members.update(language="en")))


def test_another_order_is_a_breach() -> None:
    turned = changed(lambda members: members["keywords"].reverse())
    assert "keywords: the rules give these in another order" in breaches(turned)


def test_the_message_names_the_first_breaches_and_counts_the_rest() -> None:
    def break_all(members: dict[str, Any]) -> None:
        for kind in ("targets", "policies", "quotes", "organisations", "technologies"):
            for fact in members[kind]:
                fact["evidence"]["start"] += 1
                fact["evidence"]["end"] += 1

    with pytest.raises(EvidenceError, match=r"and \d+ more$"):
        verify(changed(break_all), page())


def test_members_that_decoding_passes_over_are_found() -> None:
    line = encode_record(record())
    assert unread_members(line, record()) == []
    members = raw()
    members["grants"] = [{"amount": 3}]
    members["targets"][0]["Value"] = 41
    members["title"]["support"] = []
    assert unread_members(json.dumps(members), record()) == ["targets[0].Value", "grants"]


def test_a_member_stated_twice_is_no_record() -> None:
    line = encode_record(record()).replace(b'"language":', b'"language":"en","language":', 1)
    with pytest.raises(RecordError, match="'language' is stated twice"):
        unread_members(line, decode_record(line))
