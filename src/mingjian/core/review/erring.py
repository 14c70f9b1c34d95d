"""Which rules err, as far as people judged what they made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from mingjian.core.model.review import Review, RuleReviews, Verb
from mingjian.core.review.verdicts import by_claim, labels_of

_EXAMPLES = 5


class _Tally(msgspec.Struct):
    """What was said of what one rule made: how often, which parts were changed, and where it erred."""

    said: Counter[str] = msgspec.field(default_factory=Counter)
    parts: Counter[str] = msgspec.field(default_factory=Counter)
    examples: list[int] = msgspec.field(default_factory=list)


class Judged(NamedTuple):
    """The last word on a claim: the rule that made it, the kind of the fact, and what is said of it."""

    rule: str
    kind: str
    label: Verb


def rules_reviewed(reviews: Iterable[Review]) -> Sequence[RuleReviews]:
    """What people said of each rule, the one that erred most often first; of one claim the last word counts.

    Facts that people added stand under no rule (an empty id): they were missed by all of their kind.
    """
    tallies: dict[tuple[str, str], _Tally] = {}
    for held in by_claim(reviews).values():
        judged = judged_of(held)
        if judged is not None:
            _count(tallies, held, judged)
    told = [_told(rule, kind, tally) for (rule, kind), tally in tallies.items()]
    return sorted(told, key=lambda one: (-_erred(one), -(one.errs or 0.0), one.kind, one.rule))


def judged_of(held: Iterable[Review]) -> Judged | None:
    """How one claim is judged by all its reviews; nothing where all were taken back."""
    held = sorted(held, key=lambda one: one.number)
    last = next((one for one in reversed(held) if one.undone is None), None)
    if last is None:
        return None
    rule = held[0].rule  # of the fact as the rules made it, whoever came later
    return Judged(rule, last.kind, labels_of(held)[last.who])


def _count(tallies: dict[tuple[str, str], _Tally], held: Sequence[Review], judged: Judged) -> None:
    tally = tallies.setdefault((judged.rule, judged.kind), _Tally())
    label = judged.label
    tally.said[label] += 1
    if label in ("correct", "reject", "add"):
        changed = next((one for one in reversed(held) if one.verb == label), None)
        changed = changed or next(one for one in reversed(held) if one.undone is None)
        tally.parts.update(change.part for change in changed.changes)
        tally.examples.append(changed.number)


def _told(rule: str, kind: str, tally: _Tally) -> RuleReviews:
    said = tally.said
    judged = said["accept"] + said["correct"] + said["reject"]
    return RuleReviews(
        rule=rule,
        kind=kind,
        accepted=said["accept"],
        corrected=said["correct"],
        rejected=said["reject"],
        missed=said["add"],
        errs=(said["correct"] + said["reject"]) / judged if judged else None,
        parts=dict(sorted(tally.parts.items(), key=lambda one: (-one[1], one[0]))),
        examples=tuple(sorted(tally.examples)[-_EXAMPLES:]),
    )


def _erred(one: RuleReviews) -> int:
    return one.corrected + one.rejected + one.missed
