"""Facts of pages by their ids, why records hold them, and who tells of a thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.meaning import the_mention
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.explanation import Explanation
from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Outcome
from mingjian.core.model.record import Record
from mingjian.core.model.things import FIELDS, Member, PageCard, Thing
from mingjian.core.pipeline.explaining import explain
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.review.explaining import judged
from mingjian.core.rulebook import Rulebook
from mingjian.core.storing import StoreReader
from mingjian.corpus.desk import Desk
from mingjian.corpus.reprints import ReprintGroup, group_of
from mingjian.errors import AmbiguousError, UnknownError

_KINDS = {
    **{field: kind for kind, field in FIELDS.items()},
    "technologies": "technology",
    "industries": "industry",
    "regions": "region",
}
_SHOWN = 8


class HeldFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact with its kind and the page on which it stands."""

    kind: str
    fact: Fact
    page: str
    doc_id: str
    title: Outcome[str]
    published: Outcome[str]


class ToldBy(msgspec.Struct, frozen=True, kw_only=True):
    """An independent source of a thing: the page that came first, those of its reprints that tell of the thing too.

    ``reprints``: the whole chain of copies, where there are any. ``words`` are how the page tells of the thing.
    """

    page: PageCard
    words: tuple[str, ...]
    also: tuple[str, ...]
    reprints: ReprintGroup | None


def record_of(reader: StoreReader, kept: KeptPage) -> Record:
    """The record of a page; raises ``UnknownError`` where it has none."""
    record = None if kept.erased else reader.told(kept.number)
    if record is None:
        raise UnknownError(kept.id, *_why_none(kept))
    return record


def _why_none(kept: KeptPage) -> tuple[str, str]:
    if kept.erased:
        return "was erased, and its words are gone", "only a backup may still hold them"
    return "has no record", "whoever runs the workspace extracts it again with `mingjian reextract`"


def facts_on(reader: StoreReader, kept: KeptPage) -> Iterator[HeldFact]:
    """The facts of a page, kind by kind; raises ``UnknownError`` where it has no record."""
    record = record_of(reader, kept)
    for field, facts in fact_kinds(record).items():
        for fact in facts:
            yield _held(_KINDS[field], fact, kept, record)


def fact_on(reader: StoreReader, kept: KeptPage, beginning: str) -> HeldFact:
    """The one fact of a page whose id begins so; raises ``UnknownError`` for none, ``AmbiguousError`` for several."""
    begun = beginning.strip().lower()
    found = {held.fact.id: held for held in facts_on(reader, kept) if begun and held.fact.id.startswith(begun)}
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise UnknownError(kept.id, f"has no fact whose id begins with {beginning!r}", "give one that its record holds")
    listed = "; ".join(f"{held.fact.id} ({held.kind})" for held in list(found.values())[:_SHOWN])
    raise AmbiguousError(kept.id, f"{beginning!r} begins {len(found)} ids: {listed}", "give more of the one meant")


def find_fact(reader: StoreReader, books: Books, beginning: str, place: str) -> HeldFact:
    """The fact whose id begins so, of all that ledgers speak of; raises as ``the_mention`` does."""
    ref = the_mention(books, beginning, place)
    return fact_on(reader, page_of_id(reader, ref.page), ref.fact)


def page_of_id(reader: StoreReader, page: str) -> KeptPage:
    """The page of this id; raises ``UnknownError`` where there is none."""
    found = next((kept for kept in reader.find(page, 1) if kept.id == page), None)
    if found is None:
        raise UnknownError(page, "is no page of the workspace", "ask for one that a search shows")
    return found


def explain_fact(reader: StoreReader, desk: Desk, held: HeldFact, book: Rulebook) -> Explanation:
    """Why the record of its page holds the fact, and what people said of it; raises as ``explain`` does."""
    kept = page_of_id(reader, held.page)
    told = explain(record_of(reader, kept), reader.original(kept.number), held.fact.id, book)
    reviewed = desk.facts(kept.id, [held.fact.id]).get(held.fact.id)
    return msgspec.structs.replace(told, reviews=judged(reviewed.reviews)) if reviewed and reviewed.reviews else told


def sources_of(books: Books, reader: StoreReader, thing: Thing, skip: int, most: int) -> list[ToldBy]:
    """The independent sources of a thing, published first first, each with the chain of its reprints."""
    groups: dict[str, list[Member]] = {}
    for member in books.members(thing.id, most=thing.mentions):
        groups.setdefault(member.page.group, []).append(member)
    return [_told_by(books, reader, members) for members in list(groups.values())[skip : skip + most]]


def _told_by(books: Books, reader: StoreReader, members: Sequence[Member]) -> ToldBy:
    first = next((member.page for member in members if member.page.id == member.page.group), members[0].page)
    others = dict.fromkeys(member.page.id for member in members if member.page.id != first.id)
    words = dict.fromkeys(member.fact.evidence.text for member in members if member.page.id == first.id)
    return ToldBy(
        page=first,
        words=tuple(words),
        also=tuple(others),
        reprints=group_of(reader, page_of_id(reader, first.id).number, books),
    )


def _held(kind: str, fact: Fact, kept: KeptPage, record: Record) -> HeldFact:
    return HeldFact(
        kind=kind, fact=fact, page=kept.id, doc_id=kept.doc_id, title=record.title, published=record.published
    )
