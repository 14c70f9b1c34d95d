"""What people ask of ledgers, in their words, and what that means: names become codes, parts of dates days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import cast

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.dating import span_of
from mingjian.core.ledger.ledgers import LEDGERS, Ledger, LedgerName, count_of, rows_of
from mingjian.core.ledger.places import code_of_place
from mingjian.core.model.ledger.cells import Row
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.periods import read_period
from mingjian.core.text.folding import fold
from mingjian.errors import QuestionError

_NEAREST = 3


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of a ledger are wanted: all that is given must hold; of several values of one thing, one.

    ``regions`` are names or codes, ``technologies`` names or ids, ``industries`` names or letters, ``statuses`` slugs
    or what labels call them, days such as 2025-03-05, 2025-03 or 2025. ``as_of``: what was published by that day, read
    as on that day; ``added_by``: what had come into the workspace by then. ``everything``: also rows that no page about
    AI tells of.
    """

    regions: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    added_by: str | None = None
    words: tuple[str, ...] = ()
    everything: bool = False


ANYTHING = Question()


def ledger_called(name: str) -> Ledger:
    """The ledger of this name, in code or as labels (begin to) call it, else ``QuestionError`` with the nearest."""
    labels, words = _labels("names"), fold(name.strip()).lower()
    called = [ledger for ledger, label in labels.items() if label == words]
    called = called or [ledger for ledger, label in labels.items() if words and label.startswith(words)]
    found = LEDGERS.get(cast("LedgerName", called[0] if len(called) == 1 else words))
    if found is None:
        near = called or get_close_matches(words, LEDGERS, n=_NEAREST, cutoff=0.4)
        mend = f"did you mean {', '.join(near)}?" if near else f"give one of {', '.join(LEDGERS)}"
        raise QuestionError(name, "is no ledger", mend)
    return found


def rows_answering(books: Books, name: str, question: Question, today: str, skip: int = 0) -> Iterator[Row]:
    """The rows of the ledger of this name that answer, read as on ``today`` (an ISO day) unless ``as_of`` is asked.

    So many of the first are left out, without building them where that can be.

    Raises ``QuestionError`` for a ledger, place, technology, industry or day that is none.
    """
    ledger = ledger_called(name)
    yield from rows_of(books, ledger, asked_of(ledger, question), day_of(question, today), skip)


def count_answering(books: Books, name: str, question: Question, today: str) -> int | None:
    """How many rows of the ledger answer, where that is known without building them."""
    ledger = ledger_called(name)
    return count_of(books, ledger, asked_of(ledger, question), day_of(question, today))


def worded_question(question: Question) -> str:
    """What was asked, by the names of its parts: what is given and in which words."""
    given = {name: getattr(question, name) for name in question.__struct_fields__}
    return "; ".join(f"{name}: {_listed(value)}" for name, value in given.items() if value)


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def day_of(question: Question, today: str) -> Day:
    """The day on which the rows are read."""
    return Day(today) if question.as_of is None else Day(last_day(question.as_of), known=True)


def asked_of(ledger: Ledger, question: Question) -> Asked:
    """What the books are asked; raises ``QuestionError`` for what they cannot know."""
    since = None if question.since is None else days_of(question.since)[0]
    until = None if question.until is None else last_day(question.until)
    if since is not None and until is not None and until < since:
        raise QuestionError(str(question.until), f"ends before {question.since} begins", "give the earlier day first")
    return Asked(
        kind=ledger.kind,
        regions=_each(code_of_place, question.regions),
        issuers=question.issuers,
        sources=question.sources,
        technologies=_each(_technology, question.technologies),
        industries=tuple(letter for name in question.industries for letter in _letters(name)),
        statuses=tuple(dict.fromkeys(slug for status in question.statuses for slug in _statuses(status))),
        since=since,
        until=until,
        as_of=None if question.as_of is None else last_day(question.as_of),
        added_by=None if question.added_by is None else last_day(question.added_by),
        ai=not question.everything,
        words=question.words,
    )


def _each(meaning: Callable[[str], str], words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(meaning, words)))


def last_day(words: str) -> str:
    """The last day of a year, a month or a day, as ISO; raises ``QuestionError`` for words that are none of these."""
    return days_of(words)[1]


def days_of(words: str) -> tuple[str, str]:
    """The first and last ISO day of a year, a month or a day, as people write them; ``QuestionError`` for others."""
    plain = fold(words.strip())
    first, last = span_of(plain) or read_period(plain) or (None, None)
    if first is None or last is None:
        raise QuestionError(words, "is no day, month or year", "give one such as 2025-03-05, 2025-03 or 2025")
    return first, last


def _technology(words: str) -> str:
    names = _technologies()
    found = names.get(fold(words.strip()))
    if found is None:
        raise _unknown(words, "is no technology of the taxonomy", names)
    return found


def _letters(words: str) -> tuple[str, ...]:
    names = _industries()
    found = names.get(fold(words.strip()))
    if found is None:
        raise _unknown(words, "is no industry", names)
    return found


def _unknown(words: str, problem: str, names: Iterable[str]) -> QuestionError:
    near = get_close_matches(fold(words.strip()), list(names), n=_NEAREST, cutoff=0.4)
    mend = f"did you mean {'、'.join(near)}?" if near else "give a name of the lexicon"
    return QuestionError(words, problem, mend)


def _statuses(words: str) -> tuple[str, ...]:
    """The slugs that labels call so: several ledgers may call theirs alike. What is no label stays as it is."""
    labels = {**bundled_rulebook().tables["labels.zh"]["values"], **_labels("values")}
    return tuple(slug for slug, label in labels.items() if label == fold(words.strip())) or (words,)


def _labels(table: str) -> Mapping[str, str]:
    """A table of labels of ledgers."""
    return cast("Mapping[str, str]", bundled_rulebook().tables["labels.zh"]["ledger"][table])


@lru_cache(maxsize=1)
def _technologies() -> Mapping[str, str]:
    entries = bundled_rulebook().lexicon("technologies").entries
    named = {fold(name): entry.id for entry in reversed(entries) for name in entry.surfaces}
    return {**named, **{entry.id: entry.id for entry in entries}}


@lru_cache(maxsize=1)
def _industries() -> Mapping[str, tuple[str, ...]]:
    """The letters of sections by their own names, by themselves, and by the names of industries in the news."""
    book = bundled_rulebook()
    named = {
        fold(name): tuple(entry.fields["gbt4754"].split(","))
        for entry in reversed(book.lexicon("industries").entries)
        if entry.fields["gbt4754"]
        for name in entry.surfaces
    }
    for entry in book.lexicon("gbt4754").entries:
        if entry.fields["level"] == "section":
            named[fold(entry.id)] = named[fold(entry.name)] = (entry.id,)
    return named
