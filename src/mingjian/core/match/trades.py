"""Industries by the names that news gives them: which are one trade, of one division, of one section."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

Nearness: TypeAlias = Literal["same", "division", "section"]
_LONGEST = 12


class Trade(NamedTuple):
    """An industry of the lexicon: its id, letters of its sections, and its division."""

    id: str
    letters: tuple[str, ...]
    division: str


@lru_cache(maxsize=1)
def _trades() -> tuple[Mapping[str, Trade], Mapping[str, Trade]]:
    """The trades by id, and by each of their names; a letter stands for its section."""
    by_id: dict[str, Trade] = {}
    named: dict[str, Trade] = {}
    for entry in bundled_rulebook().lexicon("industries").entries:
        letters = tuple(filter(None, entry.fields["gbt4754"].split(",")))
        trade = by_id[entry.id] = Trade(entry.id, letters, entry.fields.get("division") or "")
        for name in entry.surfaces:
            named.setdefault(fold(name), trade)
    for entry in bundled_rulebook().lexicon("gbt4754").entries:
        if entry.fields["level"] == "section":
            by_id[entry.id] = Trade(entry.id, (entry.id,), "")
    return by_id, named


def trade_of(value: str) -> Trade:
    """The trade of an id, or the section of a letter."""
    return _trades()[0].get(value, Trade(value, (), ""))


_SHORT = 4  # signs of names that stand within those of firms


@lru_cache(maxsize=256)
def names_of_trade(trade: Trade) -> tuple[str, ...]:
    """The short names of a trade, folded, by which firms are called too; none of one that holds many others."""
    return tuple(name for name, of in _trades()[1].items() if of.id == trade.id and len(name) <= _SHORT)


@lru_cache(maxsize=4096)
def trade_called(words: str) -> Trade | None:
    """The trade whose name these words are, or begin with: 纺织行业."""
    named, folded = _trades()[1], fold(words)
    for length in range(min(_LONGEST, len(folded)), 1, -1):
        if folded[:length] in named:
            return named[folded[:length]]
    return None


def nearness(wanted: Trade, words: str) -> Nearness:
    """How near the trade that words of the same section name is to the one that is wanted."""
    found = trade_called(words)
    if found is None or wanted.id in wanted.letters:
        return "section"
    if found.id == wanted.id:
        return "same"
    return "division" if wanted.division and found.division == wanted.division else "section"


@lru_cache(maxsize=64)
def industry_called(letter: str) -> str:
    """What the standard calls the section of a letter."""
    entries = bundled_rulebook().lexicon("gbt4754").entries
    return next((entry.name for entry in entries if entry.id == letter), letter)


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return {entry.id: entry.name for entry in bundled_rulebook().lexicon("industries").entries}


def trade_name(trade: str) -> str:
    """What the lexicon calls the trade of an id."""
    return _names().get(trade, trade)
