"""Two things side by side, and what people decided of things."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from mingjian.brief.wording import graph_label, title_or_place
from mingjian.core.books import Books
from mingjian.core.ledger.resolving import things_meant
from mingjian.core.model.corpus import Decision
from mingjian.core.model.outcome import value_of
from mingjian.core.model.things import Member, MentionRef, Thing
from mingjian.serve.web.links import href, page_href

_SHOWN = 60
_OFFERED = 12


class ShownMention(msgspec.Struct, frozen=True, kw_only=True):
    """A mention of a thing: the fact that it is, its words, and the page that says so."""

    fact: str
    words: str
    title: str
    source: str
    published: str
    href: str


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A thing with its mentions, published first first; ``count`` of them there are."""

    id: str
    name: str
    kind: str
    count: int
    sources: int
    mentions: tuple[ShownMention, ...]


class Offered(msgspec.Struct, frozen=True):
    """A thing that may be meant by a name of several."""

    label: str
    kind: str
    href: str


class ShownDecision(msgspec.Struct, frozen=True, kw_only=True):
    """A decision: ``merges`` or splits two mentions, named by their facts, by whom, when and why."""

    number: int
    merges: bool
    first: str
    second: str
    href: str
    who: str
    at: str
    why: str
    undone: str


def side_of(books: Books, thing: Thing) -> Side:
    """The thing with its mentions."""
    return Side(
        id=thing.id,
        name=thing.name,
        kind=graph_label(thing.kind),
        count=thing.mentions,
        sources=thing.sources,
        mentions=tuple(map(_mention, books.members(thing.id, most=_SHOWN))),
    )


def _mention(member: Member) -> ShownMention:
    page = member.page
    return ShownMention(
        fact=member.ref.fact,
        words=member.fact.evidence.text,
        title=title_or_place(value_of(page.title), page.doc_id),
        source=value_of(page.source) or value_of(page.publisher) or "",
        published=(value_of(page.published) or "")[:10],
        href=page_href(page.id, (member.ref.pair,)),
    )


def meant_by(books: Books, words: str, name: str, other: str) -> tuple[Thing | None, tuple[Offered, ...]]:
    """The one thing meant, or what may be: ``name`` is the side that is asked for, ``other`` what the other side is."""
    found = things_meant(books, words)
    if len(found) == 1:
        return found[0], ()
    beside = "second" if name == "first" else "first"
    return None, tuple(
        Offered(thing.name, graph_label(thing.kind), href("/review/things", **{name: thing.id, beside: other}))
        for thing in found[:_OFFERED]
    )


def decisions_shown(decisions: Iterable[Decision]) -> tuple[ShownDecision, ...]:
    """What people decided of things, the last first."""
    return tuple(_decision(one) for one in sorted(decisions, key=lambda one: -one.number))


def _decision(one: Decision) -> ShownDecision:
    first, second = (MentionRef.anchored(anchor) for anchor in one.ids)
    return ShownDecision(
        number=one.number,
        merges=one.kind.startswith("merge"),
        first=first.fact,
        second=second.fact,
        href=href("/review/things", first=first.fact, second=second.fact),
        who=one.who,
        at=one.at,
        why=one.why,
        undone=one.undone or "",
    )
