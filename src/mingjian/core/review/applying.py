"""Reviews applied to a record: what was accepted stands, what was corrected is corrected, what was rejected is gone.

Facts that the rules made are found again by what they say and where their words stand: ids depend on rules and bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from mingjian.core.model.facts import Fact
from mingjian.core.model.record import Record
from mingjian.core.model.review import BY_REVIEW, NOTHING, Review, Reviewed, ReviewState, Standing
from mingjian.core.pipeline.identity import with_wholes
from mingjian.core.review.anchoring import MovedError, locate, moved, moves, stands
from mingjian.core.review.facts import decode_fact, fact_types, facts_of, head_of, says
from mingjian.core.review.verdicts import by_claim, labels_of, standing
from mingjian.errors import ReviewError

_HALF = 0.5  # of the longer of two clauses, which both must share to be the same one told otherwise
_STANDING: Mapping[str, Standing] = {
    "accept": "accepted", "correct": "corrected", "reject": "rejected", "add": "added",
}  # fmt: skip


class _Claim(NamedTuple):
    """What was said last of one claim; the fact as it stood for whoever said something of it, and as it is to stand."""

    review: Review
    numbers: tuple[int, ...]
    stood: tuple[Fact, ...]
    outcome: Fact | None
    lost: str | None
    disputed: bool


class _Found(NamedTuple):
    """The fact of the record that a claim speaks of, by its place among those of its kind."""

    place: int
    same: bool


def apply_reviews(record: Record, text: str, page: str, reviews: Iterable[Review]) -> Reviewed:
    """The record as people are told it, and what became of each claim, in the order of the reviews that decide.

    ``text`` is the text layer and ``page`` the id of the page that the record was made of; ``reviews`` are all that
    speak of its address, in any order. Every value of every fact that comes of it stands on its words in the text. A
    review whose words do not stand there any more is ``returned``, and changes nothing.
    """
    spoken_of = (_claim(held, text, page) for held in by_claim(reviews).values())
    claims = [claim for claim in spoken_of if claim is not None]
    if not claims:
        return Reviewed(record)
    claims.sort(key=lambda claim: claim.review.number)
    changes: dict[str, tuple[Fact, ...]] = {}
    states: list[ReviewState] = []
    for kind in fact_types():
        spoken = [claim for claim in claims if claim.review.kind == kind]
        if spoken:
            facts, told = _applied(facts_of(record, kind), spoken)
            changes[kind] = facts
            states += told
    if "events" in changes:
        changes["events"] = with_wholes(changes["events"])  # type: ignore[arg-type] # the events of the record
    held: dict[str, Any] = {kind: facts for kind, facts in changes.items() if facts != getattr(record, kind)}
    states.sort(key=lambda state: state.review)
    return Reviewed(msgspec.structs.replace(record, **held) if held else record, tuple(states))


def _claim(reviews: Sequence[Review], text: str, page: str) -> _Claim | None:
    """The claim that all these reviews speak of; nothing where all of them were taken back."""
    kept = standing(reviews)
    if not kept:
        return None
    last, numbers, disputed = kept[-1], tuple(one.number for one in kept), len(set(labels_of(reviews).values())) > 1
    outcome, lost = _outcome_of(last, text, page)
    if lost is not None:
        return _Claim(last, numbers, (), None, lost, disputed)
    stood = (_placed(one, one.fact, text, page) for one in reviews)
    return _Claim(last, numbers, tuple(fact for fact in stood if isinstance(fact, Fact)), outcome, None, disputed)


def _outcome_of(last: Review, text: str, page: str) -> tuple[Fact | None, str | None]:
    """The fact that is to stand (none where it was rejected), or why its words are not known to stand here."""
    if last.kind not in fact_types() or last.fact == last.outcome == NOTHING:
        return None, "words-erased"
    wanted = _placed(last, last.fact if last.outcome == NOTHING else last.outcome, text, page)
    if not isinstance(wanted, Fact):
        return None, wanted
    return (None if last.outcome == NOTHING else wanted), None


def _placed(review: Review, raw: msgspec.Raw, text: str, page: str) -> Fact | str | None:
    """A fact of the review where its words stand in this text, or why that is not known; nothing of nothing."""
    if raw == NOTHING:
        return None
    try:
        fact = decode_fact(review.kind, raw)
    except ReviewError:
        return "unreadable"
    if review.page == page and stands(text, review.quoted):
        return fact
    place = locate(text, review.anchor)
    if isinstance(place, str):
        return place
    try:
        return moved(fact, moves(text, review.anchor, place, review.quoted))
    except MovedError:
        return "words-gone"


def _applied(facts: tuple[Fact, ...], claims: Sequence[_Claim]) -> tuple[tuple[Fact, ...], list[ReviewState]]:
    """The facts of one kind with the claims applied, and what became of each."""
    found = _find(facts, claims)
    kept: list[Fact | None] = list(facts)
    new: list[Fact] = []
    states = []
    for claim in claims:
        at = found.get(claim.review.number)
        told, reason = _outcome(facts, claim, at)
        if claim.lost is None:
            if at is not None:
                kept[at.place] = told
            elif told is not None:
                new.append(told)
        states.append(_state(claim, told, reason))
    outcomes = [told for told in (claim.outcome for claim in claims if claim.lost is None) if told is not None]
    return _in_place([fact for fact in kept if fact is not None], new, outcomes), states


def _outcome(facts: Sequence[Fact], claim: _Claim, at: _Found | None) -> tuple[Fact | None, str | None]:
    """The fact that stands for a claim in the record, and why somebody should look again."""
    if claim.lost is not None:
        return None, claim.lost
    held = None if at is None else facts[at.place]
    if claim.outcome is None:
        return (None, None) if at is None or at.same else (held, "changed-since-rejected")
    if (
        at is not None
        and at.same
        and held is not None
        and _is_same(held, claim.outcome)
        and held.parts == claim.outcome.parts
    ):
        return held, None
    changed = claim.review.verb != "add" and (at is None or not at.same)
    return claim.outcome, "rules-changed" if changed else None


def _state(claim: _Claim, told: Fact | None, reason: str | None) -> ReviewState:
    review = claim.review
    returned = claim.lost is not None or reason == "changed-since-rejected"
    return ReviewState(
        claim=review.claim,
        kind=review.kind,
        standing="returned" if returned else _standing_of(review),
        review=review.number,
        reviews=claim.numbers,
        fact=None if told is None else told.id,
        reason=reason or ("reviewers-disagree" if claim.disputed else None),
    )


def _standing_of(review: Review) -> Standing:
    """What the fact is now: of one that somebody corrected and others accepted since, the words are a person's."""
    if review.verb == "accept" and review.answers is not None:
        by_hand = decode_fact(review.kind, review.outcome).by == BY_REVIEW
        return "corrected" if by_hand else "accepted"
    return _STANDING[review.verb]


def _find(facts: Sequence[Fact], claims: Sequence[_Claim]) -> Mapping[int, _Found]:
    """The fact of each claim, by the number of its review: of several claims of one fact the last has it.

    Facts that say the same over the same words come first; what is left over may be what other rules made of them.
    """
    found: dict[int, _Found] = {}
    taken: set[int] = set()
    sound = [claim for claim in reversed(claims) if claim.lost is None]
    for claim in sound:
        _take(found, taken, claim, _first_same(facts, claim.stood, taken))
    for claim in sound:
        if claim.review.number not in found and claim.outcome is not None:
            _take(found, taken, claim, _first_same(facts, (claim.outcome,), taken))
    for claim in sound:
        if claim.review.number not in found:
            _take(found, taken, claim, _told_otherwise(facts, claim.stood, taken), same=False)
    return found


def _take(found: dict[int, _Found], taken: set[int], claim: _Claim, at: int | None, *, same: bool = True) -> None:
    if at is not None:
        taken.add(at)
        found[claim.review.number] = _Found(at, same)


def _first_same(facts: Sequence[Fact], wanted: Sequence[Fact], taken: set[int]) -> int | None:
    found = (at for at, fact in enumerate(facts) if at not in taken and any(_is_same(fact, one) for one in wanted))
    return next(found, None)


def _is_same(one: Fact, other: Fact) -> bool:
    """Whether both say the same over the same words."""
    return one.evidence.pair == other.evidence.pair and says(one) == says(other)


def _told_otherwise(facts: Sequence[Fact], stood: Sequence[Fact], taken: set[int]) -> int | None:
    """The only fact that the rules make now of the words of one that stood; nothing where several may be it."""
    left = [(at, fact) for at, fact in enumerate(facts) if at not in taken]
    for one in stood:
        near = [(at, fact) for at, fact in left if _share(fact, one) >= _HALF]
        heads = [at for at, fact in near if _overlap(head_of(fact), head_of(one))]
        if len(heads) == 1:
            return heads[0]
    return None


def _share(one: Fact, other: Fact) -> float:
    longer = max(one.evidence.end - one.evidence.start, other.evidence.end - other.evidence.start)
    return _overlap(one.evidence.pair, other.evidence.pair) / longer


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _in_place(facts: list[Fact], new: Sequence[Fact], told: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts with new ones where their words stand among them; what people said once stands once."""
    for fact in sorted(new, key=lambda fact: (fact.evidence.pair, fact.id)):
        at = next((at for at, other in enumerate(facts) if other.evidence.start > fact.evidence.start), len(facts))
        facts.insert(at, fact)
    once = {(fact.evidence.pair, says(fact)): False for fact in told}
    kept: list[Fact] = []
    for fact in facts:
        key = (fact.evidence.pair, says(fact)) if once else None
        if key is None or not once.get(key, False):
            kept.append(fact)
        if key in once:
            once[key] = True
    return tuple(kept)
