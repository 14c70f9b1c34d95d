"""The numbers of ``rules/corpus/matching.toml`` as typed values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import msgspec

from mingjian.core.ledger.ledgers import LedgerName
from mingjian.core.rulebook import Rulebook, bundled_rulebook


class Depth(msgspec.Struct, frozen=True):
    """How many things are looked at: of one question, of one ledger, of search, closely of a ledger and of all.

    ``mentions`` are those of each; of the best ``around`` things the sentences around the first ``read`` are read, too.
    """

    question: int
    ledger: int
    search: int
    closely: int
    all: int
    mentions: int
    around: int
    read: int


class Points(msgspec.Struct, frozen=True):
    """What a reason adds to a score where it holds in full; the shares are of these."""

    least: float
    technology: float
    umbrella: float
    near_technology: float
    industry: float
    division: float
    section: float
    scenario: float
    asked: float
    words: float
    half: float
    around: float
    quantity: float
    generic: float
    broad: float
    trade_word: float
    title: float
    page: float
    alike: float


class Strength(msgspec.Struct, frozen=True):
    """When a hit is more than faintly alike.

    ``kinds`` are how many kinds of things it must share with the need, of the need's own if these are fewer, or
    ``words`` points of plain words alone; words count as a kind from ``kind`` points on, and where the need is told in
    plain words only, ``alone`` are enough.
    """

    kinds: int
    words: float
    kind: float
    alone: float


class Rarity(msgspec.Struct, frozen=True):
    """Between which bits of rarity a word tells nothing and all that a word can."""

    least: float
    most: float


class Ask(msgspec.Struct, frozen=True):
    """What is asked for: ledgers that list it, those of which a row does where its words say so, and their share.

    ``enough``: whether a row that shares nothing else with the need, or only its place, is worth a look.
    """

    ledgers: tuple[LedgerName, ...] = ()
    worded: tuple[LedgerName, ...] = ()
    share: float = 1.0
    enough: Literal["alone", "placed", "never"] = "never"


class Whole(msgspec.Struct, frozen=True):
    """A place that holds several: what it is called, and the codes of what it holds."""

    names: tuple[str, ...]
    codes: tuple[str, ...]


class PassageExample(msgspec.Struct, frozen=True):
    """A need, and a sentence that is a passage for it, or is none."""

    need: str
    text: str


class PassageSettings(msgspec.Struct, frozen=True):
    """How many pages are read for passages, and sentences of each closely; what one must share; how many are told.

    ``least`` are its points in all, ``words`` those of its words alone where these say what is done.
    """

    pages: int
    closely: int
    least: float
    words: float
    most: int
    example: tuple[PassageExample, ...] = ()
    counter_example: tuple[PassageExample, ...] = ()


class MatchingSettings(msgspec.Struct, frozen=True):
    """All of them; ``region`` are points by ledger and relation, ``over`` statuses by ledger.

    Of the ledgers in ``any_page`` things count whose pages are not about AI; scenarios of a stage or
    status in ``wanted`` are needs themselves.
    """

    ledgers: tuple[LedgerName, ...]
    any_page: frozenset[LedgerName]
    wanted: frozenset[str]
    depth: Depth
    points: Points
    strength: Strength
    rarity: Rarity
    passages: PassageSettings
    empty: frozenset[str]
    asks: Mapping[str, Ask]
    region: Mapping[str, Mapping[str, float]]
    over: Mapping[str, tuple[str, ...]]
    folds: tuple[tuple[str, ...], ...]
    umbrella: frozenset[LedgerName]
    broad: frozenset[str]
    wide: frozenset[str]
    wide_trades: frozenset[str]
    plain: frozenset[str]
    wholes: tuple[Whole, ...]
    unwanted: Mapping[str, float]
    trades: Mapping[str, tuple[str, ...]]
    coming: Mapping[str, float]
    near: tuple[tuple[str, ...], ...]
    alike: tuple[tuple[str, ...], ...]
    neighbours: Mapping[str, tuple[str, ...]]

    def held_by(self, name: str) -> tuple[str, ...]:
        """The codes of the places that a place of this name holds; none where it is one of its own."""
        return next((whole.codes for whole in self.wholes if name in whole.names), ())

    def region_points(self, ledger: str, relation: str) -> float:
        """What the place of a row of a ledger adds, by how it stands to that of the need."""
        return self.region.get(ledger, self.region["other"])[relation]


def matching_settings(book: Rulebook | None = None) -> MatchingSettings:
    """The settings of a rule book."""
    return _settings(book or bundled_rulebook())


@lru_cache(maxsize=4)
def _settings(book: Rulebook) -> MatchingSettings:
    return msgspec.convert(book.tables["corpus/matching"], MatchingSettings)
