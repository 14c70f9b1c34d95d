"""What a need names and nothing in the workspace answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.match.candidates import Bounds, Candidate
from mingjian.core.match.reasons import Wish
from mingjian.core.model.matching import Aspect, Gap, Reason
from mingjian.core.text.places import Stretches, leftmost_longest

_NEAREST = 3
_TELLING = 0.5  # weight of a word from which on it is worth saying that nothing holds it
_NEAR = ("same", "within", "above", "country", "worded")


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
    """Resources of which no place of the need has any, nor what lies round it: 澜山市 has no compute."""
    for aspect in wish.asked:
        answering = [one for one in looked if _answers(one, aspect)]
        nearest = tuple(one.candidate.thing.id for one in answering[:_NEAREST])
        if not answering:
            yield _gap(wish, aspect)
            continue
        for place in (*wish.regions, *wish.unlisted):
            if not _there(books, wish, bounds, aspect, place, answering):
                yield msgspec.structs.replace(_gap(wish, aspect), region=place.label, nearest=nearest)


def _answers(one: Looked, aspect: Aspect) -> bool:
    return any(reason.kind == "asked" and reason.label == aspect.label for reason in one.reasons)


def _there(
    books: Books, wish: Wish, bounds: Bounds, aspect: Aspect, place: Aspect, answering: Sequence[Looked]
) -> bool:
    """Whether what is asked for is at a place: the books know, of ledgers that list it and of places with a code."""
    near = any(reason.kind == "region" and reason.relation in _NEAR for one in answering for reason in one.reasons)
    if near or not place.value.isdigit():
        return near
    ledgers = [ledger for ledger in wish.settings.asks[aspect.value].ledgers if ledger in bounds.ledgers]
    questions = (msgspec.structs.replace(bounds.asked(LEDGERS[one].kind), regions=(place.value,)) for one in ledgers)
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
