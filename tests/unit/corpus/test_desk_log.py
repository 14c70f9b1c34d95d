"""What reviews say is the same however often somebody looked while they were made."""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.core.review.test_agreement import said

from mingjian.core.model.review import Review, Verb
from mingjian.core.review.erring import rules_reviewed
from mingjian.corpus.desk.logged import Log

VERBS: tuple[Verb, ...] = ("accept", "correct", "reject")
Deed: TypeAlias = tuple[int, Verb | None, str, bool]
DEEDS: st.SearchStrategy[list[Deed]] = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from((*VERBS, None)), st.sampled_from(("lin", "wu")), st.booleans()),
    max_size=40,
)


def logged(deeds: list[Deed]) -> list[tuple[list[Review], bool]]:
    """What each deed adds to a log or changes in it, and whether somebody looks then."""
    made: list[Review] = []
    steps = []
    for place, (claim, verb, who, looks) in enumerate(deeds, start=1):
        if verb is not None:
            made.append(msgspec.structs.replace(said(place, f"c{claim}", who, verb), rule=f"r{claim % 2}"))
            steps.append(([made[-1]], looks))
        elif made:
            at = claim % len(made)
            made[at] = msgspec.structs.replace(made[at], undone=("lin", "2026-03-01"))
            steps.append(([made[at]], looks))
    return steps


@given(DEEDS)
def test_a_log_that_is_followed_step_by_step_says_what_one_read_at_once_says(
    deeds: list[Deed],
) -> None:
    steps = logged(deeds)
    often, waiting = Log(), list[Review]()
    last: dict[int, Review] = {}
    for place, (lately, looks) in enumerate(steps, start=1):
        waiting += lately
        last |= {one.number: one for one in lately}
        if looks:
            often.follow(waiting, place)
            waiting = []
    often.follow(waiting, len(steps))
    once = Log()
    once.follow(list(last.values()), len(steps))
    assert often.said == once.said
    told = rules_reviewed(last.values())
    assert dict(once.said.judged) == {
        rule: sum(one.accepted + one.corrected + one.rejected for one in told if one.rule == rule)
        for rule in {one.rule for one in told}
    }
