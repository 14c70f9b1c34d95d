"""Facts as reviewers have them: read from the words that they select, or refused with a reason."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import msgspec
import pytest

from mingjian.core.model.facts import Normalized, Target, TimeBound
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.review import NOTHING, PartChange
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import spans_of
from mingjian.core.review.correcting import added, corrected
from mingjian.core.review.facts import fact_types, facts_of
from mingjian.core.review.parts import typed_changes
from mingjian.errors import ReviewError
from mingjian.read.plain import text_page

TEXT = (
    "岚州市发布人工智能行动方案\n来源：岚州日报  2025-03-05 09:00\n"
    "🙂岚州市3月5日印发《岚州市人工智能行动方案》。到2027年，岚州市人工智能产业规模达到300亿元，比原计划多出80亿元。"
    "明年底前建成𠮷野智算中心，算力规模不低于20EFLOPS。\n"
)


@lru_cache(maxsize=1)
def read() -> tuple[Page, Record, Target]:
    page = text_page("r.txt", TEXT.encode())
    record = extract(page)
    return page, record, next(target for target in record.targets if "300亿元" in target.evidence.text)


def words(part: str, *told: str, value: str | None = None) -> PartChange:
    spans = tuple((TEXT.index(one), TEXT.index(one) + len(one)) for one in told)
    return PartChange(part, spans, NOTHING if value is None else msgspec.Raw(value.encode()))


def corrected_target(*changes: PartChange) -> Target:
    page, record, target = read()
    fact = corrected("targets", target, changes, page, record)
    assert isinstance(fact, Target)
    for _, span in spans_of(fact):
        assert span.of(page.text) == span.text
    return fact


def test_a_number_is_read_from_its_words() -> None:
    fact = corrected_target(words("value", "不低于20EFLOPS"))
    assert (fact.value, fact.unit, fact.comparator) == (Decimal(20), "EFLOPS", ">=")
    assert fact.normalized == Normalized(Decimal(20) * 10**18, None, "FLOPS")
    assert fact.value_span is not None and fact.value_span.text == "不低于20EFLOPS"
    assert (fact.by, fact.metric) == ("review", read()[2].metric)
    assert "不低于20EFLOPS" not in fact.evidence.text  # which it cites itself


def with_comparator(comparator: str) -> Target:
    return msgspec.structs.replace(read()[2], comparator=comparator)


@pytest.mark.parametrize(
    ("before", "chosen", "after"),
    [
        (">", "80亿元", ">"),
        ("=", "80亿元", "="),
        (">", "不低于20EFLOPS", ">="),
        ("range", "80亿元", "="),
    ],
)
def test_a_number_is_meant_as_before_unless_the_words_say_otherwise(before: str, chosen: str, after: str) -> None:
    page, record, _ = read()
    spoken = corrected("targets", with_comparator(before), [words("value", chosen)], page, record)
    assert spoken.comparator == after  # type: ignore[attr-defined]
    typed = typed_changes("targets", "value", chosen, words("value", chosen).spans, None)
    assert corrected("targets", with_comparator(before), typed, page, record).comparator == after  # type: ignore[attr-defined]


def test_what_is_given_of_a_number_beside_its_words_counts() -> None:
    fact = corrected_target(words("value", "80亿元"), words("comparator", value='"<="'))
    assert (fact.value, fact.comparator) == (Decimal(80), "<=")


def test_an_added_number_is_meant_as_it_stands_where_no_word_says_how() -> None:
    page, record, _ = read()
    changes = [words("evidence", "人工智能产业规模达到300亿元"), words("value", "300亿元"), words("metric", "产业规模")]
    assert added("targets", changes, page, record).comparator == "="  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "part", "code", "other"),
    [
        ("events", "type", "agreement_sign", "agreement"),
        ("events", "role", "investor", "Investor"),
        ("events", "actuality", "planned", "maybe"),
        ("company_actions", "kind", "sign", "signs"),
    ],
)
def test_codes_are_those_that_there_are(kind: str, part: str, code: str, other: str) -> None:
    page, record, _ = read()
    fact = facts_of(record, kind)[0] if kind == "events" else added(kind, action(), page, record)
    fixed = corrected(kind, fact, [words(part, value=f'"{code}"')], page, record)
    assert getattr(fixed, part) == code
    for wrong in (words(part, value=f'"{other}"'), words(part, "岚州市")):
        with pytest.raises(ReviewError) as refused:
            corrected(kind, fact, [wrong], page, record)
        assert code in refused.value.mend.removeprefix("give one of ").split(", ")


def action() -> list[PartChange]:
    return [words("evidence", "建成𠮷野智算中心"), words("company", "岚州市"), words("action", "建成")]


def test_a_day_is_read_from_its_words_and_cites_what_it_counts_from() -> None:
    fact = corrected_target(words("deadline", "明年底前"))
    assert isinstance(fact.deadline, TimeBound) and fact.deadline.end == "2026-12-31"
    assert fact.parts["deadline"] == ((TEXT.index("明年底前"), TEXT.index("明年底前") + 4),)
    published = read()[1].published
    assert any(span.text in published.evidence.text for span in fact.support)  # type: ignore[attr-defined]


def test_other_parts_are_the_words_themselves() -> None:
    fact = corrected_target(words("metric", "算力规模"), words("subject", "𠮷野智算中心"))
    assert (fact.metric, fact.subject) == ("算力规模", "𠮷野智算中心")


def test_the_clause_can_be_another() -> None:
    fact = corrected_target(words("evidence", "岚州市人工智能产业规模达到300亿元，比原计划多出80亿元"))
    assert fact.evidence.text.endswith("多出80亿元") and fact.evidence.also == ()


def test_what_words_do_not_tell_is_given() -> None:
    assert corrected_target(words("comparator", value='">="')).comparator == ">="
    fact = corrected_target(
        words("deadline", "到2027年", value='{"text":"到2027年","end":"2027-06-30","basis":"review"}')
    )
    assert fact.deadline == TimeBound("到2027年", "2027-06-30", "review")


def test_a_part_is_taken_away_with_what_goes_with_it() -> None:
    fact = corrected_target(words("value"), words("deadline"))
    assert (fact.value, fact.unit, fact.normalized, fact.value_span, fact.comparator) == (None,) * 5
    assert fact.deadline is None and "deadline" not in fact.parts


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (words("value", "岚州市"), "hold no number"),
        (words("value", "300亿元，比原计划多出80亿元"), "hold several numbers"),
        (words("deadline", "岚州市"), "hold no time"),
        (words("comparator", "达到"), "is not read from words"),
        (words("comparator", value='"many"'), "cannot be"),
        (words("subject", value='"泊川公司"'), "no words of the page were selected"),
        (words("deadline", "到2027年", value='{"text":"到2027年","end":"2027年","basis":"review"}'), "is no day"),
        (words("evidence"), "a fact cannot be without it"),
        (words("parts", "岚州市"), "is no part that can be changed"),
        (words("id", value='"x"'), "is no part that can be changed"),
        (PartChange("metric", ((-1, 3),)), "nothing stands between"),
        (PartChange("metric", ((3, 3),)), "nothing stands between"),
        (PartChange("metric", ((0, len(TEXT) + 1),)), "nothing stands between"),
        (PartChange("metric", ((len(TEXT) - 1, len(TEXT)),)), "only white space"),
        (words("metric", value='""'), "the value is empty"),
        (words("metric", value='"' + "长" * 2000 + '"'), "the value is too long"),
        (words("metric", value="{"), "cannot be"),
    ],
)
def test_what_cannot_be_kept_is_refused(change: PartChange, problem: str) -> None:
    page, record, target = read()
    with pytest.raises(ReviewError, match=problem):
        corrected("targets", target, [change], page, record)


def test_a_whole_page_is_no_word_of_a_fact() -> None:
    page = text_page("long.txt", (TEXT + "甲" * 6_000).encode())
    _, record, target = read()
    for part in ("value", "evidence"):
        with pytest.raises(ReviewError, match="6000 characters are selected"):
            corrected("targets", target, [PartChange(part, ((len(TEXT), len(TEXT) + 6_000),))], page, record)


def test_nothing_changed_is_no_correction() -> None:
    page, record, target = read()
    with pytest.raises(ReviewError, match="nothing is changed"):
        corrected("targets", target, [], page, record)


def test_a_missed_fact_is_added() -> None:
    page, record, _ = read()
    changes = [words("name", "𠮷野智算中心"), words("capacity", "20EFLOPS"), words("evidence", "建成𠮷野智算中心")]
    fact = added("compute", changes, page, record)
    assert (fact.by, fact.evidence.text) == ("review", "建成𠮷野智算中心")
    assert fact.name == "𠮷野智算中心"  # type: ignore[attr-defined]
    assert fact.capacity == Normalized(Decimal(20) * 10**18, None, "FLOPS")  # type: ignore[attr-defined]
    with pytest.raises(ReviewError, match="needs name"):
        added("compute", [words("evidence", "建成𠮷野智算中心")], page, record)
    with pytest.raises(ReviewError, match="no words were selected"):
        added("compute", [words("name", "𠮷野智算中心")], page, record)
    with pytest.raises(ReviewError, match="is no kind of facts"):
        added("body", [words("evidence", "建成𠮷野智算中心")], page, record)


def test_every_kind_of_fact_is_known() -> None:
    assert {"targets", "funds", "quotes", "regions", "events"} <= set(fact_types())
    assert not {"authors", "body", "summary", "keywords"} & set(fact_types())
