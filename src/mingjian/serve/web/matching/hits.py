"""What answers a need, as pages show it: each hit with what it shares, and the words of both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mingjian.brief.ledgers.matched_lines import gap_lines
from mingjian.brief.wording import ledger_label, ledger_value_label, phrase
from mingjian.core.books import Books
from mingjian.core.model.matching import Hit, Matching, Need, Reason
from mingjian.core.model.needs import NEED_STATES, NeedEntry, NeedLook
from mingjian.core.model.outcome import value_of
from mingjian.serve.web.links import thing_href
from mingjian.serve.web.listings import cited
from mingjian.serve.web.parts import Badge, Cited, Tone

_CITES = 2
_ALSO = 6
_TONES: dict[str, Tone] = {"asked": "info", "agreed": "info", "running": "good", "closed": "plain", "open": "plain"}


class Piece(msgspec.Struct, frozen=True):
    """A run of the need's text; ``label`` says what it was read as, empty where it says nothing that is matched."""

    text: str
    label: str


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What a hit shares with the need: of which kind, how near, the words of the need, and those of pages."""

    kind: str
    label: str
    near: str
    points: str
    against: bool
    need: tuple[str, ...]
    cites: tuple[Cited, ...]
    more: int


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was last said of a hit or a need: its state, whom to turn to, a note, by whom and when."""

    state: str
    badge: Badge
    contact: str
    note: str
    who: str
    at: str


class ShownHit(msgspec.Struct, frozen=True, kw_only=True):
    """A hit: its rank and points, what it is and where its page is, why it is there, and why it may be over.

    ``faint`` are those that are over, or only alike.
    """

    rank: int
    points: str
    thing: str
    ledger: str
    name: str
    href: str
    bodies: tuple[str, ...]
    shares: tuple[Shared, ...]
    over: str
    over_cites: tuple[Cited, ...]
    also: tuple[tuple[str, str], ...]
    faint: bool
    new: bool = False
    told: Told | None = None


class ShownPassage(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence of a page, which is no fact: where it stands, and what it shares with the need."""

    id: str
    points: str
    words: Cited
    title: str
    source: str
    published: str
    shares: tuple[Shared, ...]
    new: bool


def passages_of(books: Books, matching: Matching, look: NeedLook | None = None) -> tuple[ShownPassage, ...]:
    """The passages, the best first; of a kept need with which are new."""
    new = () if look is None else look.new_passages
    return tuple(
        ShownPassage(
            id=one.id,
            points=f"{one.score:.1f}",
            words=cited(one.words, books.page),
            title=value_of(one.title) or "",
            source=value_of(one.source) or "",
            published=value_of(one.published) or "",
            shares=tuple(_shared(books, reason) for reason in one.reasons),
            new=one.id in new,
        )
        for one in matching.passages
    )


def pieces_of(need: Need) -> tuple[Piece, ...]:
    """The need's text, with what each of its words was read as."""
    return tuple(_pieces(need))


def _pieces(need: Need) -> Iterator[Piece]:
    every = ((place, aspect) for aspect in need.aspects for place in aspect.places)
    told = sorted(every, key=lambda one: (one[0][0], one[1].kind == "word", -one[0][1]))
    at = 0
    for (start, end), aspect in told:
        if start < at:
            continue
        if start > at:
            yield Piece(need.text[at:start], "")
        kind = phrase(f"match_{'text' if aspect.kind == 'word' else aspect.kind}")
        label = kind if need.text[start:end] == aspect.label else f"{kind} {aspect.label}"
        yield Piece(need.text[start:end], label)
        at = end
    if at < len(need.text):
        yield Piece(need.text[at:], "")


def beside_of(need: Need) -> tuple[str, ...]:
    """What was given beside the words, such as a place that they do not name."""
    return tuple(dict.fromkeys(aspect.label for aspect in need.aspects if not aspect.places))


def hits_of(books: Books, matching: Matching, look: NeedLook | None = None) -> tuple[ShownHit, ...]:
    """The hits, the best first; of a kept need with which are new, and what was said of each."""
    new = frozenset(() if look is None else look.new)
    states = {} if look is None else look.states
    return tuple(
        _hit(books, rank, hit, hit.thing in new, states.get(hit.thing)) for rank, hit in enumerate(matching.hits, 1)
    )


def _hit(books: Books, rank: int, hit: Hit, new: bool, entry: NeedEntry | None) -> ShownHit:
    return ShownHit(
        rank=rank,
        points=f"{hit.score:.1f}",
        thing=hit.thing,
        ledger=ledger_label(hit.ledger),
        name=hit.name,
        href=thing_href(hit.ledger, hit.thing),
        bodies=hit.row.facets.issuers,
        shares=tuple(_shared(books, reason) for reason in hit.reasons),
        over=ledger_value_label(hit.over) if hit.over else "",
        over_cites=tuple(cited(cite, books.page) for cite in hit.over_cites[:1]),
        also=tuple((one.name, thing_href(one.ledger, one.thing)) for one in hit.also[:_ALSO]),
        faint=hit.weak or hit.over is not None,
        new=new,
        told=None if entry is None else told_of(entry),
    )


def _shared(books: Books, reason: Reason) -> Shared:
    kind = "text" if reason.kind == "word" else reason.kind
    return Shared(
        kind=phrase(f"match_{kind}"),
        label=ledger_value_label(reason.label) if reason.kind == "status" else reason.label,
        near=ledger_value_label(f"match-{reason.relation}"),
        points=f"{reason.points:+.1f}",
        against=reason.points < 0,
        need=tuple(dict.fromkeys(span.text for span in reason.need)),
        cites=tuple(cited(cite, books.page) for cite in reason.cites[:_CITES]),
        more=max(0, len(reason.cites) - _CITES),
    )


def gaps_of(matching: Matching) -> tuple[str, ...]:
    """What of the need nothing answers, in words."""
    return tuple(gap_lines(matching))


def told_of(entry: NeedEntry) -> Told:
    """What an entry of the log says."""
    return Told(
        state=entry.state,
        badge=state_badge(entry.state),
        contact=entry.contact,
        note=entry.note,
        who=entry.who,
        at=entry.at,
    )


def state_badge(state: str) -> Badge:
    """How far a need or a hit has come."""
    return Badge(phrase(f"need_{state}"), _TONES[state])


def states_offered() -> tuple[tuple[str, str], ...]:
    """The states that can be said, with what people call them."""
    return tuple((state, phrase(f"need_{state}")) for state in NEED_STATES)


def log_of(entries: Iterable[NeedEntry], names: dict[str, str]) -> tuple[tuple[str, Told], ...]:
    """The log, the last first: of which hit (empty: of the need), and what was said."""
    every = sorted(entries, key=lambda one: -one.number)
    return tuple((names.get(entry.hit, entry.hit[:12]) if entry.hit else "", told_of(entry)) for entry in every)
