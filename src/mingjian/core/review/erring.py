"""Which rules err, as far as people judged what they made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from mingjian.core.model.review import Review, RuleReviews
from mingjian.core.review.verdicts import by_claim, labels_of

_EXAMPLES = 5


class _Tally(msgspec.Struct):
    """What was said of what one rule made: how often, which parts were changed, and where it erred."""

    said: Counter[str] = msgspec.field(default_factory=Counter)
    parts: Counter[str] = msgspec.field(default_factory=Counter)
    examples: list[int] = msgspec.field(default_factory=list)


def rules_reviewed(reviews: Iterable[Review]) -> Sequence[RuleReviews]:
    """What people said of each rule, the one that erred most often first; of one claim the last word counts.

    Facts that people added stand under no rule (an empty id): they were missed by all of their kind.
    """
    tallies: dict[tuple[str, str], _Tally] = {}
    for held in by_claim(reviews).values():
        standing = [one for one in held if one.undone is None]
        if standing:
            _count(tallies, held, standing[-1])
    told = [_told(rule, kind, tally) for (rule, kind), tally in tallies.items()]
    return sorted(told, key=lambda one: (-_erred(one), -(one.errs or 0.0), one.kind, one.rule))


def _count(tallies: dict[tuple[str, str], _Tally], held: Sequence[Review], last: Review) -> None:
    rule = held[0].rule  # of the fact as the rules made it, whoever came later
    tally = tallies.setdefault((rule, last.kind), _Tally())
    label = labels_of(held)[last.who]
    tally.said[label] += 1
    if label in ("correct", "reject", "add"):
        changed = next((one for one in reversed(held) if one.verb == label), last)
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
