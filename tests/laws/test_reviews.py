"""The laws of reviews: applied in any order, twice, taken back, on another version: every value stands on its words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.pages import page_of
from tests.unit.corpus.pages import OTHER, STORY, text_of

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.facts import Fact
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.review import PartChange, Review, Reviewed, Verb
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.pipeline.verify import spans_of
from mingjian.core.review.applying import apply_reviews
from mingjian.core.review.facts import pairs_of
from mingjian.corpus.desk.saying import Looked, Saying, made_review
from mingjian.errors import ReviewError

PAGE, ADDRESS = "a" * 32, "https://review.example/1"
TEXT = text_of(STORY) + "\n" + text_of(OTHER)


@lru_cache(maxsize=1)
def story() -> tuple[Page, Record]:
    page = page_of(TEXT)
    return page, extract(page)


def all_facts(record: Record) -> list[tuple[str, Fact]]:
    return [(kind, fact) for kind, facts in fact_kinds(record).items() for fact in facts]


def kept(page: Page) -> KeptPage:
    return KeptPage(
        number=1, id=PAGE, address=ADDRESS, doc_id=page.doc_id, url=None, path=None, media_type=page.media_type,
        sha256=page.sha256, text_sha256=page.text_sha256, n_bytes=0, n_chars=len(page.text), version=1, previous=None,
        retrieved_at=None, added_at="2026-03-12", run=1,
    )  # fmt: skip


def say(
    verb: Verb, fact: str, number: int, changes: tuple[PartChange, ...] = (), reviews: Sequence[Review] = ()
) -> Review:
    """A review of a fact as it is told after those reviews."""
    page, record = story()
    told = apply_reviews(record, page.text, PAGE, reviews)
    saying = Saying(verb=verb, who="甲", at="2026-03-13", why="样例", changes=changes)
    review = made_review(Looked(kept(page), page.text, record, told, reviews), fact, saying, page)
    return msgspec.structs.replace(review, number=number)


def assert_stands(reviewed: Reviewed, text: str) -> None:
    """No span, no fact: whatever people said."""
    for kind, fact in all_facts(reviewed.record):
        for path, span in spans_of(fact):
            assert span.layer != "text" or span.of(text) == span.text, (kind, path)
        for start, end in pairs_of(fact):
            assert 0 <= start < end <= len(text)
    ids = [fact.id for _, fact in all_facts(reviewed.record)]
    assert len(ids) == len(set(ids))


def clear_changes(fact: Fact) -> list[tuple[PartChange, ...]]:
    """Changes that words of this fact tell: its first part to the words of the evidence, and no deadline."""
    changes: list[tuple[PartChange, ...]] = []
    for part, pairs in fact.parts.items():
        if isinstance(getattr(fact, part, None), str):
            changes.append((PartChange(part, (fact.evidence.pair,)),))
        changes.append((PartChange("evidence", (fact.evidence.pair,)), PartChange(part, pairs)))
    return changes


@st.composite
def some_reviews(draw: st.DrawFn) -> list[Review]:
    """Reviews of different facts of the story, numbered in the order in which they were drawn."""
    _, record = story()
    chosen = draw(st.lists(st.sampled_from(all_facts(record)), max_size=8, unique_by=lambda one: one[1].id))
    reviews: list[Review] = []
    for _, fact in chosen:
        verb: Verb = draw(st.sampled_from(("accept", "reject", "correct")))
        changes = clear_changes(fact)
        try:
            if verb == "correct" and changes:
                told = draw(st.sampled_from(changes))
                reviews.append(say(verb, fact.id, len(reviews) + 1, told))
            elif verb != "correct":
                reviews.append(say(verb, fact.id, len(reviews) + 1))
        except ReviewError:  # words that tell no such part: nothing was kept
            continue
    return reviews


@given(some_reviews(), st.randoms(use_true_random=False))
def test_order_does_not_matter(reviews: list[Review], chance: Random) -> None:
    page, record = story()
    before = apply_reviews(record, page.text, PAGE, reviews)
    shuffled = list(reviews)
    chance.shuffle(shuffled)
    assert apply_reviews(record, page.text, PAGE, shuffled) == before
    renumbered = [msgspec.structs.replace(one, number=at) for at, one in enumerate(shuffled, start=1)]
    assert apply_reviews(record, page.text, PAGE, renumbered).record == before.record


@given(some_reviews())
def test_twice_is_once_and_everything_stands(reviews: list[Review]) -> None:
    page, record = story()
    once = apply_reviews(record, page.text, PAGE, reviews)
    assert_stands(once, page.text)
    assert apply_reviews(once.record, page.text, PAGE, reviews).record == once.record
    assert len(once.states) == len(reviews)
    gone = {review.claim for review in reviews if review.verb == "reject"}
    assert {state.claim for state in once.states if state.standing == "rejected"} == gone


@given(some_reviews())
def test_undoing_restores(reviews: list[Review]) -> None:
    page, record = story()
    undone = [msgspec.structs.replace(one, undone="甲 2026-03-14") for one in reviews]
    assert apply_reviews(record, page.text, PAGE, undone) == Reviewed(record)
    if reviews:
        without = apply_reviews(record, page.text, PAGE, reviews[:-1])
        assert apply_reviews(record, page.text, PAGE, [*reviews[:-1], undone[-1]]) == without


@given(some_reviews(), st.sampled_from(("", "编者按：样例。\n", "𠮷野🙂\n\n")), st.sampled_from(("", "\n（完）")))
def test_another_version_keeps_what_still_stands(reviews: list[Review], before: str, behind: str) -> None:
    page = page_of(before + TEXT + behind)
    told = apply_reviews(extract(page), page.text, "b" * 32, reviews)
    assert_stands(told, page.text)
    for state, review in zip(told.states, reviews, strict=True):
        assert state.review == review.number
        assert state.standing != "returned" or state.reason is not None


@pytest.mark.parametrize("part", ["150万元", "420家"])
def test_words_that_are_gone_come_back(part: str) -> None:
    _, record = story()
    spoken = [fact for _, fact in all_facts(record) if part in fact.evidence.text]
    assert spoken
    review = say("accept", spoken[0].id, 1)
    changed = page_of(TEXT.replace(part, "若干"))
    told = apply_reviews(extract(changed), changed.text, "b" * 32, [review])
    assert [(state.standing, state.reason, state.fact) for state in told.states] == [("returned", "words-gone", None)]
    assert told.record == extract(changed)


def test_record_of_nobody_is_the_same_object() -> None:
    page, record = story()
    assert apply_reviews(record, page.text, PAGE, []).record is record
