"""Reprints of a workspace as people ask for them: groups with their chain of copies, and the ties of one page."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.books import Books
from mingjian.core.link.reprints.bodies import compared_spans, compared_title
from mingjian.core.link.reprints.describing import Layer, describe
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.link.reprints.sketches import place_in_time
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.outcome import value_of
from mingjian.core.model.reprints import Description, Relation
from mingjian.core.storing import StoreReader
from mingjian.corpus.grouping import Placed, placed_of
from mingjian.corpus.pages import ListedPage, listed, listed_page
from mingjian.corpus.ties import Ties, kept_sketches
from mingjian.errors import DamageError
from mingjian.store.fingerprints import Postings


class ChainedCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a group: what it was copied from (an id), and what is kept of how and how long after.

    ``description``, where it was asked for: what was done to the text on its way, and where both pages say the same.
    """

    page: ListedPage
    parent: str | None
    placed: Placed
    description: Description | None = None


class ReprintGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Pages that are one text, the first source first, then its copies in order of time."""

    source: ListedPage
    copies: tuple[ChainedCopy, ...]


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """Another page that shares text with the one asked about, what the two are to one another, and where it stands.

    In ``description`` the earlier of the two comes first: it is what was done to its text to make the other's.
    """

    page: ListedPage
    relation: Relation
    description: Description


def list_groups(reader: StoreReader, limit: int, skip: int = 0) -> Iterator[ReprintGroup]:
    """The groups of two pages and more, the largest first."""
    for number, _ in list(reader.groups())[skip : skip + limit]:
        group = group_of(reader, number)
        if group is not None:
            yield group


def group_of(
    reader: StoreReader, number: int, books: Books | None = None, *, described: bool = False
) -> ReprintGroup | None:
    """The group in which the page of this number is; nothing for a page that has no reprints and is none.

    What ``books`` know of its pages need not be read from their records.
    """
    placing = reader.placings((number,)).get(number)
    if placing is None:
        return None
    members = reader.members(placing.group)
    sketches = kept_sketches(reader, (each.number for each in members))
    members = sorted(members, key=lambda each: (each.parent is not None, place_in_time(sketches[each.number])))
    pages = {each.number: _listed(reader, each.number, books) for each in members}
    copies = [
        ChainedCopy(
            page=pages[each.number],
            parent=None if each.parent is None else pages[each.parent].id,
            placed=placed_of(each),
            description=describe_pair(reader, each.parent, each.number) if described and each.parent else None,
        )
        for each in members
    ]
    return ReprintGroup(source=pages[placing.group], copies=tuple(copies))


def _listed(reader: StoreReader, number: int, books: Books | None) -> ListedPage:
    kept = None if books is None else reader.page(number)
    card = None if kept is None or books is None else books.page(kept.id)
    return listed_page(reader, number) if kept is None or card is None else listed(kept, card)


def ties_of(reader: StoreReader, postings: Postings, page: KeptPage, most: int) -> list[Tie]:
    """All that ties the page to others, series and parts too, what shares most first."""
    ties = Ties(reader, postings, reprint_settings())
    found = {relation: number for number, relation in ties.of(page.number)}
    ranked = sorted(found, key=lambda relation: (-max(relation.contained), relation.other(page.id)))[:most]
    return [
        Tie(
            page=listed_page(reader, found[relation]),
            relation=relation,
            description=describe_pair(reader, *ties.in_order(page.number, found[relation])),
        )
        for relation in ranked
    ]


def describe_pair(reader: StoreReader, source: int, copy: int) -> Description:
    """What was done to the text of one page to make that of the other, and where both say the same.

    Of a damaged page nothing can be said.
    """
    try:
        return describe(_layer(reader, source), _layer(reader, copy))
    except DamageError:
        return Description((), ())


def _layer(reader: StoreReader, number: int) -> Layer:
    record, text = reader.record(number), reader.text(number)
    if record is None:
        return Layer(text, ())
    return Layer(
        text, compared_spans(text, record.body, record.boilerplate), compared_title(value_of(record.title) or "")
    )
