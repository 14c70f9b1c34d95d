"""Reviews found again where other rules read the same words, and what decides where several speak."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import msgspec
import pytest
from tests.laws.pages import page_of
from tests.laws.test_reviews import ADDRESS, PAGE, kept, say, story

from mingjian.core.model.facts import Fact, Statistic
from mingjian.core.model.record import Record
from mingjian.core.model.review import NOTHING, PartChange, Review, Reviewed, TextAnchor
from mingjian.core.pipeline.extract import extract
from mingjian.core.review.anchoring import anchor_of, locate
from mingjian.core.review.applying import apply_reviews
from mingjian.core.review.facts import claim_of
from mingjian.corpus.desk.saying import Looked, Saying, made_review

WORDS = "首批名额为420家"


def statistic(record: Record) -> Statistic:
    return next(fact for fact in record.statistics if fact.evidence.text == WORDS)


def read_otherwise(**changes: object) -> Record:
    """The record as other rules make it: the statistic says something else, under another id."""
    _, record = story()
    other = msgspec.structs.replace(statistic(record), id="0" * 16, by="figure.other", **changes)
    facts = tuple(other if fact.evidence.text == WORDS else fact for fact in record.statistics)
    return msgspec.structs.replace(record, id="1" * 32, statistics=facts)


def told(record: Record, *reviews: Review) -> tuple[Sequence[Fact], Sequence[tuple[str, str | None]]]:
    """The statistics over the words, and what became of each claim."""
    page, _ = story()
    found = apply_reviews(record, page.text, PAGE, reviews)
    states = [(state.standing, state.reason) for state in found.states]
    return [fact for fact in found.record.statistics if fact.evidence.text == WORDS], states


def test_what_says_the_same_is_the_same_whatever_its_rule_and_id() -> None:
    fact = statistic(story()[1])
    assert told(read_otherwise(), say("reject", fact.id, 1)) == ([], [("rejected", None)])
    (held,), states = told(read_otherwise(), say("accept", fact.id, 1))
    assert (held.by, states) == ("figure.other", [("accepted", None)])


def test_another_value_of_rejected_words_comes_back() -> None:
    fact = statistic(story()[1])
    other = read_otherwise(value=Decimal(42))
    (held,), states = told(other, say("reject", fact.id, 1))
    assert (held, states) == (statistic(other), [("returned", "changed-since-rejected")])


@pytest.mark.parametrize("verb", ["accept", "correct"])
def test_what_people_said_wins_over_other_rules(verb: str) -> None:
    fact = statistic(story()[1])
    changes = (PartChange("subject", (fact.evidence.pair,)),) if verb == "correct" else ()
    review = say("correct" if changes else "accept", fact.id, 1, changes)
    (held,), states = told(read_otherwise(value=Decimal(42)), review)
    assert isinstance(held, Statistic) and held.value == Decimal(420)
    assert states == [("corrected" if changes else "accepted", "rules-changed")]


def test_it_stands_where_the_rules_are_silent() -> None:
    _, record = story()
    fact = statistic(record)
    silent = msgspec.structs.replace(record, statistics=tuple(one for one in record.statistics if one is not fact))
    assert told(silent, say("accept", fact.id, 1)) == ([fact], [("accepted", "rules-changed")])
    assert told(silent, say("reject", fact.id, 1)) == ([], [("rejected", None)])
    page, _ = story()
    again = apply_reviews(silent, page.text, PAGE, [say("accept", fact.id, 1)]).record
    assert [one.evidence.start for one in again.statistics] == sorted(one.evidence.start for one in again.statistics)


def test_where_two_facts_may_be_meant_neither_is_touched() -> None:
    _, record = story()
    fact = statistic(record)
    twins = tuple(msgspec.structs.replace(fact, id=f"{at:016d}", value=Decimal(at)) for at in (1, 2))
    rest = tuple(one for one in record.statistics if one is not fact)
    facts, states = told(msgspec.structs.replace(record, statistics=(*twins, *rest)), say("reject", fact.id, 1))
    assert (facts, states) == (list(twins), [("rejected", None)])


def test_the_last_word_decides_and_undoing_it_gives_the_one_before() -> None:
    _, record = story()
    fact = statistic(record)
    first = say("correct", fact.id, 1, (PartChange("subject", (fact.evidence.pair,)),))
    (corrected,), _ = told(record, first)
    second = msgspec.structs.replace(say("reject", corrected.id, 2, reviews=[first]), who="乙")
    assert (second.claim, second.answers) == (first.claim, 1)
    assert told(record, first, second) == ([], [("rejected", "reviewers-disagree")])
    taken_back = msgspec.structs.replace(second, undone="乙 2026-03-14")
    assert told(record, first, taken_back) == ([corrected], [("corrected", None)])
    third = msgspec.structs.replace(say("accept", corrected.id, 3, reviews=[first]), who="乙")
    assert told(record, first, third) == ([corrected], [("corrected", None)])


def test_what_cannot_be_read_comes_back() -> None:
    _, record = story()
    fact = statistic(record)
    review = say("accept", fact.id, 1)
    for damage, reason in (
        ({"outcome": msgspec.Raw(b'{"of":"another version"}')}, "unreadable"),
        ({"outcome": NOTHING, "fact": NOTHING}, "words-erased"),
        ({"kind": "nothing"}, "words-erased"),
    ):
        broken = msgspec.structs.replace(review, **damage)
        if damage.get("kind") is None:
            assert told(record, broken) == ([fact], [("returned", reason)])
        page, _ = story()
        assert apply_reviews(record, page.text, PAGE, [broken]).record == record


MEETING = (
    "岚州市举行人工智能大会\n来源：岚州日报  2026-03-12 09:00\n"
    "3月11日，岚州市人工智能产业大会在岚州举行。会上，岚州大学与6家企业签署合作协议。\n"
)


def test_parts_of_events_find_the_event_that_was_corrected() -> None:
    page = page_of(MEETING)
    record = extract(page)
    whole, part = record.events
    assert part.sub_event_of == whole.id
    at = MEETING.index("人工智能产业大会")
    changes = (PartChange("object", ((at, at + 8),)),)
    looked = Looked(kept(page), page.text, record, Reviewed(record), ())
    review = made_review(looked, whole.id, Saying(verb="correct", who="甲", at="", changes=changes), page)
    told = apply_reviews(record, page.text, PAGE, [review]).record
    assert (told.events[0].object, told.events[0].by) == ("人工智能产业大会", "review")
    assert told.events[1].sub_event_of == told.events[0].id != whole.id


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("前文甲乙丙后文", (2, 5)),
        ("没有", "words-gone"),
        ("甲乙丙，甲乙丙", "words-ambiguous"),
        ("甲乙丙，前文甲乙丙后文", (6, 9)),
        ("甲乙丙，前文甲乙丙另文", (6, 9)),
        ("前文甲乙丙后文，前文甲乙丙后文", "words-ambiguous"),
        ("𠮷𠮷前文甲乙丙后文", (4, 7)),
    ],
)
def test_words_are_found_where_they_stand_alone(text: str, found: object) -> None:
    assert locate(text, anchor_of("前文甲乙丙后文", (2, 5))) == found
    assert locate(text, TextAnchor(0, 0, "")) == "words-gone"


def test_claims_are_told_apart_by_what_they_say() -> None:
    fact = statistic(story()[1])
    claim = claim_of(ADDRESS, "statistics", fact)
    assert claim == claim_of(ADDRESS, "statistics", msgspec.structs.replace(fact, id="x", by="y"))
    for other in (
        claim_of("elsewhere", "statistics", fact),
        claim_of(ADDRESS, "targets", fact),
        claim_of(ADDRESS, "statistics", msgspec.structs.replace(fact, value=Decimal(1))),
    ):
        assert claim != other
