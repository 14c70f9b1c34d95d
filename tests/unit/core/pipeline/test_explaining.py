"""Explanations: every word that they cite stands on the page, and they say what made the fact and its values."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
import pytest
from tests.laws.pages import page_of
from tests.unit.core.pipeline.test_placing import PRINTED

from mingjian.brief.explaining import blocks_of
from mingjian.core.model.explanation import Explanation, Words
from mingjian.core.model.facts import Fact
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.explaining import explain, explain_all, page_with_words
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import EvidenceError, RecordError
from mingjian.read import read_paths

ROOT = Path(__file__).parents[4]
PAGES = [page for page in read_paths([str(ROOT / "examples" / "pages")]) if isinstance(page, Page)]
BOOK = bundled_rulebook()
TEXT = (
    "岚州市人工智能大会开幕\n2025-03-06 10:00 来源：岚州日报\n\n"
    "全市算力建设推进会3月5日在岚州召开。会上，工业和信息化部印发《岚州市算力行动计划》。\n"
    "岚州市力争到2027年算力规模超过30EFLOPS，目前已建成5个智算中心。\n"
    "岚州大学将成立人工智能学院。"
)


def explained(text: str, kind: str) -> list[Explanation]:
    page = page_of(text)
    return [one for one in explain_all(extract(page), page, BOOK).values() if one.kind == kind]


def words_in(value: object) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from words_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from words_in(item)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.doc_id)
def test_every_fact_of_the_sample_pages_is_explained_by_words_of_its_page(page: Page) -> None:
    record = extract(page)
    answers = explain_all(record, page, BOOK)
    facts = [fact for facts in fact_kinds(record).values() for fact in facts]
    assert list(answers) == [fact.id for fact in facts]
    for fact in facts:
        one = answers[fact.id]
        assert one.same_rules
        assert one.rules[0].id == fact.by
        assert one.rules[0].kind != "unknown"
        assert one.passage.text == page.text[one.passage.start : one.passage.end]
        assert all(page.layer(words.layer)[words.start : words.end] == words.text for words in words_in(one))
        assert blocks_of(one)


def test_every_part_is_told_or_said_to_be_absent() -> None:
    page = page_of(TEXT)
    record = extract(page)
    answers = explain_all(record, page, BOOK)
    common = set(Fact.__struct_fields__) | {"mentions"}
    for facts in fact_kinds(record).values():
        for fact in facts:
            one = answers[fact.id]
            told = {part.name for part in one.parts} | {part.name for part in one.absent}
            fields = {name for name in fact.__struct_fields__ if name not in common}
            spans = {name for name in fields if name.endswith("_span")}
            assert fields - spans <= told <= fields | set(fact.parts)


def test_an_event_is_explained_by_rule_date_and_words_for_its_actuality() -> None:
    meeting = next(one for one in explained(TEXT, "events") if one.evidence.text.endswith("召开"))
    parts = {part.name: part for part in meeting.parts}
    assert (parts["type"].value, parts["type"].origin) == ("meeting", "rule")
    assert [words.text for words in parts["date"].words] == ["3月5日"]
    assert [words.text for words in parts["trigger_span"].words] == ["召开"]
    (date,) = meeting.dates
    assert (date.text, date.anchor, date.anchor_value) == ("3月5日", "published", "2025-03-06T10:00:00+08:00")
    assert [words.text for words in meeting.support] == ["2025-03-06 10:00"]
    assert any("召开" in words.text for words in meeting.rules[0].found)
    assert meeting.rules[0].pattern
    assert meeting.rules[0].example["match"]
    (read,) = [rule for rule in meeting.rules if rule.kind == "frame"]
    assert [words.text for words in read.found] == ["3月5日"]
    coming = next(one for one in explained(TEXT, "events") if "学院" in one.evidence.text)
    assert [(reason.by, reason.words.text) for reason in coming.reasons] == [("event.planned", "将")]


def test_a_field_for_which_no_word_speaks_says_what_was_asked() -> None:
    meeting = explained("县里3月5日召开算力会议。", "events")[0]
    assert meeting.reasons == ()
    (silence,) = meeting.silences
    assert silence.field == "actuality"
    assert "event.planned*" in silence.asked


def test_a_target_is_told_from_a_statistic() -> None:
    (target,), (statistic,) = explained(TEXT, "targets"), explained(TEXT, "statistics")
    assert ("figure.goal", "力争") in [(reason.by, reason.words.text) for reason in target.reasons]
    assert target.dates[0].function == "deadline"
    assert ("figure.state", "目前") in [(reason.by, reason.words.text) for reason in statistic.reasons]
    assert {reason.sets["type"] for reason in statistic.reasons} >= {"goal", "state"}
    assert "30EFLOPS" in "".join(words.text for words in statistic.unused)


def test_names_lead_to_their_row_and_its_source() -> None:
    issue = next(one for one in explained(TEXT, "events") if "印发" in one.evidence.text)
    (actor,) = [words for part in issue.parts if part.name == "actors" for words in part.words]
    assert actor.fact is not None
    assert (actor.fact.kind, actor.fact.name) == ("organisations", "工业和信息化部")
    (row,) = [row for row in issue.rows if row.lexicon == "state_bodies"]
    assert (row.name, row.source) == ("工业和信息化部", "hand")
    assert row.source_note
    body = next(one for one in explained(TEXT, "organisations") if one.evidence.text == "工业和信息化部")
    origins = {part.name: part.origin for part in body.parts}
    assert (origins["canonical"], origins["entity"]) == ("lexicon", "lexicon")
    assert body.rules[0].kind == "lexicon"


def test_a_date_without_a_day_to_count_from_says_why() -> None:
    (event,) = explained("全市算力建设推进会3月5日在岚州召开。", "events")
    (date,) = event.dates
    assert (date.anchor, date.anchor_missing) == ("unknown", "no-date-in-page")


def test_a_part_that_is_the_id_of_another_fact_leads_to_it() -> None:
    page = page_of(TEXT)
    record = extract(page)
    policy, event = record.policies[0], record.events[0]
    pointing = msgspec.structs.replace(policy, notice=event.id)
    changed = msgspec.structs.replace(record, policies=(pointing,))
    one = explain(changed, page, policy.id, BOOK)
    (part,) = [part for part in one.parts if part.name == "notice"]
    assert part.fact is not None
    assert (part.fact.kind, part.fact.id) == ("events", event.id)
    assert event.title in "".join(line.said[0] for block in blocks_of(one) for line in block.lines)


def test_the_place_on_paper_is_told() -> None:
    record = extract(PRINTED)
    with_boxes = [one for one in explain_all(record, PRINTED, BOOK).values() if one.evidence.place]
    assert with_boxes
    words = msgspec.structs.replace(record, page=msgspec.structs.replace(record.page, text=PRINTED.text))
    alone = explain_all(words, page_with_words(words), BOOK)
    assert all(alone[one.id].evidence.place == one.evidence.place for one in with_boxes)


def test_wrapped_and_damaged_words_are_asked_in_their_normal_form() -> None:
    text = "岚州市力争到2027\u200b年算力\u200b规模超过30EFLOPS。"
    (target,) = explained(text, "targets")
    assert "力争" in [reason.words.text for reason in target.reasons]
    assert [words.text for part in target.parts if part.name == "deadline" for words in part.words] == [
        "力争到2027\u200b年"
    ]


def test_other_rules_are_admitted() -> None:
    page = page_of(TEXT)
    other = msgspec.structs.replace(BOOK, version="another")
    record = extract(page)
    assert not next(iter(explain_all(record, page, other).values())).same_rules


def record_with_text() -> Record:
    page = page_of(TEXT)
    record = extract(page)
    return msgspec.structs.replace(record, page=msgspec.structs.replace(record.page, text=page.text))


def test_a_record_with_its_text_needs_no_page() -> None:
    record = record_with_text()
    fact = record.events[0]
    alone = explain(record, page_with_words(record), fact.id, BOOK)
    assert msgspec.structs.replace(alone, page="odd.txt") == explain(record, page_of(TEXT), fact.id, BOOK)


def test_a_text_that_has_changed_is_refused() -> None:
    record = record_with_text()
    with pytest.raises(EvidenceError, match="is not the one that the record was made of"):
        explain(record, page_of(TEXT + "。"), record.events[0].id, BOOK)
    changed = msgspec.structs.replace(record, page=msgspec.structs.replace(record.page, text=TEXT.replace("5", "6")))
    with pytest.raises(EvidenceError, match="text_sha256"):
        explain(changed, page_with_words(changed), record.events[0].id, BOOK)
    bare = msgspec.structs.replace(record, page=msgspec.structs.replace(record.page, text=None))
    with pytest.raises(EvidenceError, match="does not hold the text"):
        page_with_words(bare)


def test_an_id_that_the_record_has_not_is_an_error() -> None:
    record = record_with_text()
    with pytest.raises(RecordError, match="no fact of the id"):
        explain(record, page_with_words(record), "nothing", BOOK)


def test_what_is_asked_again_exists() -> None:
    """``explaining.toml`` names kinds, fields, rules and cues that there are."""
    rules, cues = [rule.id for rule in BOOK.rules], [cue.id for cue in BOOK.all_cues]
    for asked in BOOK.tables["explaining"]["reason"]:
        assert set(asked["kinds"]) <= set(Record.__struct_fields__)
        assert asked["reach"] in ("passage", "clause")
        for pattern in (*asked.get("rules", ()), *asked.get("but", ())):
            assert any(fnmatchcase(rule, pattern) for rule in rules), pattern
        for pattern in asked.get("cues", ()):
            assert any(fnmatchcase(cue, pattern) for cue in cues), pattern
