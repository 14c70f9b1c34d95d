"""Agreement of two reviewers, and rules that err."""

from __future__ import annotations

import pytest

from mingjian.core.model.review import Review, TextAnchor, Verb
from mingjian.core.review.agreement import agreements
from mingjian.core.review.erring import rules_reviewed
from mingjian.core.review.verdicts import labels_of


def said(number: int, claim: str, who: str, verb: Verb, *, answers: int | None = None, undone: str | None = None,
         kind: str = "targets", rule: str = "figure.target") -> Review:  # fmt: skip
    return Review(
        number=number, page="p", address="a", kind=kind, claim=claim, verb=verb, anchor=TextAnchor(0, 1, "字"),
        who=who, at="2026-03-13", answers=answers, undone=undone, rule=rule,
    )  # fmt: skip


def judged(*pairs: tuple[Verb, Verb]) -> list[Review]:
    reviews = []
    for at, (one, other) in enumerate(pairs):
        reviews += [said(2 * at + 1, str(at), "甲", one), said(2 * at + 2, str(at), "乙", other)]
    return reviews


def test_kappa_is_that_of_the_book() -> None:
    # 20 and 15 alike, 5 and 10 not: observed 0.7, expected 0.5 (Cohen's example), kappa 0.4
    counts: dict[tuple[Verb, Verb], int] = {
        ("accept", "accept"): 20, ("accept", "reject"): 5, ("reject", "accept"): 10, ("reject", "reject"): 15,
    }  # fmt: skip
    pairs = [pair for pair, count in counts.items() for _ in range(count)]
    (overall, of_kind) = agreements(judged(*pairs))
    assert (overall.n, overall.agreed, overall.kind, of_kind.kind) == (50, 35, None, "targets")
    assert overall.observed == pytest.approx(0.7) and overall.expected == pytest.approx(0.5)
    assert overall.kappa == pytest.approx(0.4)
    assert (overall.one, overall.other) == ("乙", "甲")
    assert overall.table == {"accept": {"accept": 20, "reject": 10}, "reject": {"accept": 5, "reject": 15}}


def test_where_chance_agrees_wholly_kappa_is_not_defined() -> None:
    overall = next(iter(agreements(judged(("accept", "accept"), ("accept", "accept")))))
    assert (overall.kappa, overall.why, overall.observed) == (None, "one-label", 1.0)


def test_two_who_judged_nothing_in_common_are_left_out() -> None:
    assert list(agreements([said(1, "x", "甲", "accept"), said(2, "y", "乙", "accept")])) == []
    assert list(agreements([])) == []


def test_who_accepts_a_correction_agrees_with_it() -> None:
    reviews = [said(1, "x", "甲", "correct"), said(2, "x", "乙", "accept", answers=1)]
    assert labels_of(reviews) == {"乙": "correct", "甲": "correct"}
    assert labels_of([*reviews, said(3, "x", "乙", "reject", answers=2)]) == {"乙": "reject", "甲": "correct"}


def test_the_last_word_of_each_counts_and_what_was_taken_back_does_not() -> None:
    reviews = [
        said(1, "x", "甲", "accept"),
        said(2, "x", "甲", "reject", undone="甲 2026"),
        said(3, "x", "乙", "reject"),
    ]
    assert labels_of(reviews) == {"乙": "reject", "甲": "accept"}


def test_rules_that_err_come_first() -> None:
    reviews = [
        said(1, "x", "甲", "accept", rule="good"), said(2, "y", "甲", "reject", rule="bad"),
        said(3, "z", "甲", "correct", rule="bad"), said(4, "m", "甲", "add", rule=""),
        said(5, "u", "甲", "reject", rule="good", undone="甲 2026"),
    ]  # fmt: skip
    bad, missed, good = rules_reviewed(reviews)
    assert (bad.rule, bad.rejected, bad.corrected, bad.errs, bad.examples) == ("bad", 1, 1, 1.0, (2, 3))
    assert (missed.rule, missed.missed, missed.errs) == ("", 1, None)
    assert (good.rule, good.accepted, good.errs) == ("good", 1, 0.0)
