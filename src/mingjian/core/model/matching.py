"""A need, what of a workspace answers it, and why."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.ledger.cells import Cite, Row
from mingjian.core.model.outcome import Outcome
from mingjian.core.model.span import Pair, Span

AspectKind: TypeAlias = Literal["technology", "industry", "scenario", "region", "asked", "quantity", "word"]
"""What a need names: something of a taxonomy, a place, a resource that is asked for, an amount, or any other word."""
ReasonKind: TypeAlias = Literal[AspectKind, "text", "status"]


class Aspect(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a need names: where, and what it means.

    ``value`` is the id of a technology, industry (of ``industries.tsv``) or scenario, the code of a place (its name
    where the lexicons have no code), the slug of what is asked for, a unit, or the word itself; ``label`` what people
    call it. ``places`` are where the text of the need says so: none, where somebody gave it beside the text.
    ``weight`` (0 to 1) is how much it tells; ``amount`` the number of a quantity in base units, as digits.
    ``unwanted``: the need says that it is to be without this.
    """

    kind: AspectKind
    value: str
    label: str
    places: tuple[Pair, ...] = ()
    weight: float = 1.0
    amount: str | None = None
    unwanted: bool = False


class Need(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for: ``text`` as typed, or the words of a ``thing``, a line for each of its ``cites``."""

    text: str
    aspects: tuple[Aspect, ...]
    thing: str | None = None
    cites: tuple[Cite, ...] = ()


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """What a need and a hit share: ``value`` and ``label`` as the hit has it, with the words of both sides.

    ``relation`` says how near it is to what the need names (``same``, ``near``, ``division``, ``section``, ``within``,
    ``above``, ``country``, ``beside``, ``neighbour``, ``elsewhere``, ``title``, ``page``, ``enough``, ``less``,
    ``unwanted``).
    ``points`` are what it adds to the score; below zero, it speaks against the hit. ``need`` are words of the need's
    text, ``cites`` words of pages that tell of the hit.
    """

    kind: ReasonKind
    relation: str
    value: str
    label: str
    points: float
    need: tuple[Span, ...]
    cites: tuple[Cite, ...]


class Also(msgspec.Struct, frozen=True, kw_only=True):
    """Another hit that is folded into one, since the same body stands behind both."""

    ledger: str
    thing: str
    name: str
    score: float


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a ledger that answers a need: ``score`` is the sum of the points of its reasons.

    ``over`` says why it no longer helps (``repealed``, ``superseded``, ``past``, ``cancelled`` …), with the words for
    it in ``over_cites``: such hits stand last, whatever their score. ``weak`` are those that share little of what the
    need names; they stand behind the others.
    """

    ledger: str
    thing: str
    name: str
    score: float
    reasons: tuple[Reason, ...]
    row: Row
    over: str | None = None
    over_cites: tuple[Cite, ...] = ()
    also: tuple[Also, ...] = ()
    weak: bool = False


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """What a need names and nothing answers: ``region`` is where nothing does, ``None`` for the whole workspace.

    ``nearest`` are ids of hits that come nearest to it.
    """

    kind: AspectKind
    value: str
    label: str
    words: tuple[Span, ...]
    region: str | None = None
    nearest: tuple[str, ...] = ()


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that speaks of what a need names and of which no hit is made: words of a page, and no fact.

    ``id`` is made of the words: the same sentence on another page is the same passage. ``words`` are the sentence,
    ``title``, ``source`` and ``published`` those of its page. ``score`` and ``reasons`` are as those of hits.
    """

    id: str
    words: Cite
    title: Outcome[str]
    source: Outcome[str]
    published: Outcome[str]
    score: float
    reasons: tuple[Reason, ...]


class Matching(msgspec.Struct, frozen=True, kw_only=True):
    """What answers a need on an ISO day: hits, the best first, passages that speak of it, and gaps.

    ``behind``: steps that indexes are behind.
    """

    need: Need
    day: str
    hits: tuple[Hit, ...]
    gaps: tuple[Gap, ...]
    passages: tuple[Passage, ...] = ()
    behind: int = 0
