"""One review, made of what somebody says of a fact that stands on a page, and of the words that it stands on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.facts import Fact
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.review import NOTHING, PartChange, Quoted, Review, Reviewed, Verb
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.review.anchoring import anchor_of
from mingjian.core.review.correcting import added, corrected
from mingjian.core.review.facts import claim_of, decode_fact, encode_fact, fact_type, quoted_by, says, with_id
from mingjian.errors import ReviewError

_LONGEST = 2_000  # characters of a reason
_LONGEST_NAME = 200


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says, who that is, why and when."""

    verb: Verb
    who: str
    at: str
    why: str = ""
    changes: tuple[PartChange, ...] = ()


class Looked(msgspec.Struct, frozen=True):
    """The page that a reviewer looks at: its record by the rules and as people are told it, and all that was said."""

    kept: KeptPage
    text: str
    record: Record
    told: Reviewed
    reviews: Sequence[Review]


class Subject(msgspec.Struct, frozen=True):
    """The fact that is spoken of, its claim, the review that it came of, and the rule that made it first."""

    kind: str
    fact: Fact
    claim: str
    answers: int | None
    rule: str


def made_review(looked: Looked, of: str, saying: Saying, original: Page | None) -> Review:
    """The review, without its place in the log.

    ``of`` is the id of a fact, of one that is added its kind; ``original`` the page, where words are to be read.
    Raises ``ReviewError`` where it cannot be kept as it is.
    """
    _must_be_sayable(saying)
    if saying.verb == "add":
        return _adding(looked, of, saying, original)
    subject = subject_of(looked, of)
    outcome: Fact | None = subject.fact
    if saying.verb == "reject":
        outcome = None
    elif saying.verb == "correct" and original is not None:
        fact = corrected(subject.kind, subject.fact, saying.changes, original, looked.told.record)
        if (says(fact), fact.evidence, fact.parts) == (says(subject.fact), subject.fact.evidence, subject.fact.parts):
            raise ReviewError(of, "says so already", "accept the fact, or change it otherwise")
        outcome = with_id(fact, subject.claim)
    return _review(looked, saying, subject, outcome)


def _adding(looked: Looked, kind: str, saying: Saying, original: Page | None) -> Review:
    fact_type(kind)
    if original is None:
        raise ReviewError(looked.kept.id, "its words are gone", "add the page again")
    fact = added(kind, saying.changes, original, looked.told.record)
    claim = claim_of(looked.kept.address, kind, fact)
    fact = with_id(fact, claim)
    said = next((state for state in looked.told.states if state.claim == claim and state.fact is not None), None)
    if said is not None:
        raise ReviewError(kind, "this fact was added before", f"look at review {said.review}")
    review = _review(looked, saying, Subject(kind, fact, claim, None, ""), fact)
    return msgspec.structs.replace(review, fact=NOTHING)


def _review(looked: Looked, saying: Saying, subject: Subject, outcome: Fact | None) -> Review:
    text, stood = looked.text, subject.fact
    quoted: set[Quoted] = set(quoted_by(stood, text))
    if outcome is not None:
        quoted |= set(quoted_by(outcome, text))
    return Review(
        number=0,
        page=looked.kept.id,
        address=looked.kept.address,
        kind=subject.kind,
        claim=subject.claim,
        verb=saying.verb,
        anchor=anchor_of(text, (outcome or stood).evidence.pair),
        who=saying.who.strip(),
        at=saying.at,
        why=saying.why.strip(),
        rule=subject.rule,
        fact=encode_fact(stood),
        outcome=NOTHING if outcome is None else encode_fact(outcome),
        changes=saying.changes,
        quoted=tuple(sorted(quoted)),
        answers=subject.answers,
    )


def subject_of(looked: Looked, fact_id: str) -> Subject:
    """The fact of this id, as people are told it, else as the rules made it: one that was rejected is told no more.

    Raises ``ReviewError`` where there is none.
    """
    found = _told_subject(looked, fact_id) or _made_subject(looked, fact_id)
    if found is not None:
        return found
    problem = "is the id of no fact of this page"
    raise ReviewError(fact_id, problem, "give one that the queue or the desk of the page shows")


def known_subject(looked: Looked, fact_id: str) -> Subject | None:
    """What the fact of this id is now: as people corrected it, else as it stood before; nothing of none."""
    found = _told_subject(looked, fact_id)
    if found is not None:
        return found
    became = what_it_became(looked, fact_id)
    if became is not None:
        return subject_of(looked, became)
    return _made_subject(looked, fact_id) or _spoken_subject(looked, fact_id)


def what_it_became(looked: Looked, fact_id: str) -> str | None:
    """The id of what people made of the fact of this id; nothing where it is told as it was, or there is none."""
    if _told_subject(looked, fact_id) is not None:
        return None
    for review in reversed(looked.reviews):
        state = next((each for each in looked.told.states if each.claim == review.claim), None)
        if state is not None and state.fact is not None and fact_id in _ids_of(review):
            return state.fact
    return None


def _told_subject(looked: Looked, fact_id: str) -> Subject | None:
    """The fact of this id as people are told it."""
    for kind, fact in _facts(looked.told.record):
        if fact.id == fact_id:
            state = looked.told.of(fact_id)
            if state is None or state.standing == "returned":
                return Subject(kind, fact, claim_of(looked.kept.address, kind, fact), None, fact.by)
            return Subject(kind, fact, state.claim, state.review, _rule_of(looked, state.claim, fact))
    return None


def _made_subject(looked: Looked, fact_id: str) -> Subject | None:
    """The fact of this id as the rules made it."""
    for kind, fact in _facts(looked.record):
        if fact.id == fact_id:
            claim = claim_of(looked.kept.address, kind, fact)
            return Subject(kind, fact, claim, None, fact.by)
    return None


def _spoken_subject(looked: Looked, fact_id: str) -> Subject | None:
    """The fact of this id as it stood when it was spoken of last."""
    for review in reversed(looked.reviews):
        stood = _stood(review) if fact_id in _ids_of(review) else None
        if stood is not None:
            return Subject(review.kind, stood, review.claim, None, review.rule)
    return None


def _ids_of(review: Review) -> set[str]:
    return {msgspec.json.decode(bytes(raw))["id"] for raw in (review.fact, review.outcome) if raw != NOTHING}


def _stood(review: Review) -> Fact | None:
    """The fact of which a review speaks; nothing where its words went, or another program kept it."""
    raw = review.fact if review.fact != NOTHING else review.outcome
    try:
        return None if raw == NOTHING else decode_fact(review.kind, raw)
    except ReviewError:
        return None


def _rule_of(looked: Looked, claim: str, fact: Fact) -> str:
    """The rule that made what was reviewed first, empty of a fact that somebody added."""
    return next((review.rule for review in looked.reviews if review.claim == claim), fact.by)


def _facts(record: Record) -> Iterator[tuple[str, Fact]]:
    for kind, facts in fact_kinds(record).items():
        yield from ((kind, fact) for fact in facts)


def _must_be_sayable(saying: Saying) -> None:
    if saying.verb not in ("accept", "correct", "reject", "add"):
        raise ReviewError(saying.verb, "cannot be said of a fact", "give accept, correct, reject or add")
    if not saying.who.strip() or len(saying.who) > _LONGEST_NAME:
        raise ReviewError("who", "is empty or too long", f"say who you are, in at most {_LONGEST_NAME} characters")
    if len(saying.why) > _LONGEST:
        raise ReviewError("why", "is too long", f"say it in at most {_LONGEST} characters")
    if saying.verb == "reject" and not saying.why.strip():
        raise ReviewError("why", "a fact is rejected for a reason", "say why", "no-reason")
    if saying.changes and saying.verb in ("accept", "reject"):
        raise ReviewError(saying.verb, "changes nothing", "correct the fact to change it")
