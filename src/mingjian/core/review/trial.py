"""Rules held against what people said: what they make of the pages now, claim by claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.model.facts import Fact
from mingjian.core.model.record import Record
from mingjian.core.model.review import Verb
from mingjian.core.review.facts import decode_fact, facts_of, says
from mingjian.core.review.labelled.samples import Judgement


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, and whether the rules have it now as people do.

    ``rule`` made what was judged (empty: it was missed). ``right``: what is true is made now, what was rejected is
    not. ``words`` are those of the fact, ``wanted`` and ``got`` what people and rules say where they differ.
    """

    page: str
    rule: str
    kind: str
    verdict: Verb
    review: int
    right: bool
    words: str
    wanted: str = ""
    got: str = ""


def hold_against(record: Record, page: str, judgements: Iterable[Judgement]) -> Iterator[Held]:
    """What the rules that made the record have of each claim of its page."""
    for one in judgements:
        raw = one.was if one.verdict == "reject" else one.fact
        fact = decode_fact(one.kind, raw)
        near = [each for each in facts_of(record, one.kind) if _shares(each, fact)]
        made = any(each.evidence.pair == fact.evidence.pair and says(each) == says(fact) for each in near)
        right = made != (one.verdict == "reject")
        best = min(near, key=lambda each: (len(_differences(fact, each)), each.id), default=None)
        told = {} if right or best is None else _differences(fact, best)
        yield Held(
            page=page,
            rule=one.rule,
            kind=one.kind,
            verdict=one.verdict,
            review=one.review,
            right=right,
            words=fact.evidence.text,
            wanted="、".join(f"{name}={was}" for name, (was, _) in told.items()),
            got="、".join(f"{name}={now}" for name, (_, now) in told.items()),
        )


def _shares(one: Fact, other: Fact) -> bool:
    return one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end


def _differences(wanted: Fact, got: Fact) -> dict[str, tuple[object, object]]:
    """The parts in which two facts differ, with what each says."""
    one, other = dict(says(wanted)), dict(says(got))
    found: dict[str, tuple[object, object]] = {
        name: (said, other[name]) for name, said in one.items() if said != other[name]
    }
    if wanted.evidence.pair != got.evidence.pair:
        found["evidence"] = (wanted.evidence.text, got.evidence.text)
    return found
