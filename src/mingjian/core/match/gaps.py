"""What a need names and nothing in the workspace answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from mingjian.core.books import Books
from mingjian.core.match.candidates import Bounds, Candidate
from mingjian.core.match.reasons import Wish
from mingjian.core.model.matching import Aspect, Gap, Reason
from mingjian.core.text.places import Stretches, leftmost_longest

_NEAREST = 3
_TELLING = 0.5  # weight of a word from which on it is worth saying that nothing holds it
_STANDS = ("same", "within")
_HOLDS = ("same", "within", "above", "country")


class Looked(Protocol):
    """A candidate that was looked at."""

    @property
    def candidate(self) -> Candidate:
        """The candidate."""
        ...

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Its reasons."""
        ...


def find_gaps(books: Books, wish: Wish, bounds: Bounds, looked: Sequence[Looked]) -> tuple[Gap, ...]:
    """What is asked for and not there, at all or where it is needed; and what no hit shares with the need."""
    return (*_asked(books, wish, bounds, looked), *_shared(wish, looked))


def _asked(books: Books, wish: Wish, bounds: Bounds, looked: Sequence[Looked]) -> Iterator[Gap]:
    """Resources that are nowhere, or not where they are needed: 澜山市 has no compute."""
    for aspect in wish.asked:
        answering = [one for one in looked if _answers(wish, one, aspect)]
        nearest = tuple(one.candidate.thing.id for one in answering[:_NEAREST])
        if not answering:
            yield _gap(wish, aspect)
            continue
        for place in (*wish.regions, *wish.unlisted):
            if not _there(wish, aspect, answering) and not _listed_there(books, wish, bounds, (aspect, place)):
                yield msgspec.structs.replace(_gap(wish, aspect), region=place.label, nearest=nearest)


def _answers(wish: Wish, one: Looked, aspect: Aspect) -> bool:
    """Whether it is what is asked for: where ledgers list that, no row of others is, whatever its words say."""
    listed = bool(wish.settings.asks[aspect.value].ledgers)
    reasons = (reason for reason in one.reasons if reason.kind == "asked" and reason.value == aspect.value)
    return any(reason.relation == "same" or not listed for reason in reasons)


def _there(wish: Wish, aspect: Aspect, answering: Sequence[Looked]) -> bool:
    """Whether any stands where it is needed; what bodies set holds for all that lies in their place."""
    near = _HOLDS if wish.settings.asks[aspect.value].enough == "placed" else _STANDS
    return any(reason.kind == "region" and reason.relation in near for one in answering for reason in one.reasons)


def _listed_there(books: Books, wish: Wish, bounds: Bounds, asked: tuple[Aspect, Aspect]) -> bool:
    """Whether the books list any at a place, beyond what was looked at."""
    aspect, place = asked
    if not place.value.isdigit():
        return False
    ledgers = [ledger for ledger in wish.settings.asks[aspect.value].ledgers if ledger in bounds.ledgers]
    questions = (msgspec.structs.replace(bounds.asked(one), regions=(place.value,)) for one in ledgers)
    return any(books.find(question)[:1] for question in questions)


def _shared(wish: Wish, looked: Sequence[Looked]) -> Iterator[Gap]:
    """Technologies, industries, scenarios and words that nothing has in common with the need."""
    found = {(reason.kind, span.start) for one in looked for reason in one.reasons for span in reason.need}
    for aspect in (*wish.technologies, *(one for one, _ in wish.industries), *(one for one, _ in wish.scenarios)):
        if not any((aspect.kind, start) in found for start, _ in aspect.places):
            yield _gap(wish, aspect)
    known = Stretches(leftmost_longest(pair for one in wish.need.aspects if one.kind != "word" for pair in one.places))
    for aspect, _ in wish.words:
        is_told = any(("text", start) in found for start, _ in aspect.places)
        is_known = any(known.touching(*pair) for pair in aspect.places)
        if not is_told and not is_known and aspect.weight >= _TELLING:
            yield _gap(wish, aspect)


def _gap(wish: Wish, aspect: Aspect) -> Gap:
    return Gap(kind=aspect.kind, value=aspect.value, label=aspect.label, words=wish.spans(aspect.places))
