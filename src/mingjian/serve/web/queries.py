"""What the address of a list asks, as pairs that can be changed and made an address again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request

from mingjian.core.ledger.asking import Question
from mingjian.errors import QuestionError
from mingjian.serve.filters import asked_question

_SEVERAL = ("region", "issuer", "source", "technology", "industry", "status", "words")
_DAYS = ("since", "until", "as_of", "added_by")
QUESTION = (*_SEVERAL, *_DAYS, "all")
"""The names by which addresses ask the parts of a ``Question``, as those of the interface for programs do."""
LISTED = (*QUESTION, "sort", "column", "offset")
"""The names that the address of a list takes."""
_PLACE = "offset"
_LONGEST = 200
_MOST = 50
_FARTHEST = 1_000_000
_TRUE = frozenset({"1", "true", "on"})


class Query(msgspec.Struct, frozen=True):
    """The path of a page and what its address asks: names of the page with their values, none empty."""

    path: str
    given: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a name."""
        return tuple(value for each, value in self.given if each == name)

    def one(self, name: str) -> str:
        """The first value of a name; empty where it has none."""
        return next(iter(self.all(name)), "")

    def flag(self, name: str) -> bool:
        """Whether a name is given as true."""
        return self.one(name).lower() in _TRUE

    def number(self, name: str, otherwise: int, most: int = _FARTHEST) -> int:
        """A value as a count from 0 up to the most; raises ``QuestionError`` for what is no number."""
        value = self.one(name)
        if not value:
            return otherwise
        if not (value.isascii() and value.isdecimal()):
            raise QuestionError(value, "is no number", f"give {name} as one")
        return min(int(value), most)

    def chosen(self, **changes: str | Iterable[str] | None) -> Query:
        """The same with other values of these names, from its first row on."""
        kept = [(name, value) for name, value in self.given if name not in changes and name != _PLACE]
        put = [(name, value) for name, held in changes.items() for value in _values(held) if value]
        return Query(self.path, (*kept, *put))

    def toggled(self, name: str, value: str) -> Query:
        """The same with one value more, or without it where it is given."""
        held = self.all(name)
        left = tuple(each for each in held if each != value)
        return self.chosen(**{name: left if value in held else (*held, value)})

    def without(self, names: Collection[str]) -> Query:
        """The same without these names."""
        return Query(self.path, tuple(pair for pair in self.given if pair[0] not in names))

    def at(self, path: str, **more: str) -> str:
        """The address of another path that asks the same from the first row on, and more."""
        return Query(path, self.given).chosen(**more).href

    @property
    def href(self) -> str:
        """The address."""
        return f"{self.path}?{urlencode(self.given)}" if self.given else self.path


def query_of(request: Request[Any, Any, Any], names: Collection[str], path: str | None = None) -> Query:
    """What a request asks by these names; others are let go, as values that are empty.

    Raises ``QuestionError`` for more values, or longer ones, than anybody needs.
    """
    pairs = [(name, value.strip()) for name, value in request.query_params.items() if name in names]
    given = tuple(dict.fromkeys(pair for pair in pairs if pair[1]))
    if len(given) > _MOST or any(len(value) > _LONGEST for _, value in given):
        raise QuestionError(request.url.path, "is asked too much at once", f"give {_MOST} values at most, none longer")
    return Query(request.url.path if path is None else path, given)


def question_of(query: Query) -> Question:
    """The question that the address asks."""
    given: dict[str, Any] = {name: list(query.all(name)) for name in _SEVERAL}
    given |= {name: query.one(name) or None for name in _DAYS}
    return asked_question(**given, everything=query.flag("all"))


def _values(held: str | Iterable[str] | None) -> Iterable[str]:
    if held is None:
        return ()
    return (held,) if isinstance(held, str) else held
