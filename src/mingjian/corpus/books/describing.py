"""All that is known of one thing: its mentions, why they are one, when it happened."""

from __future__ import annotations

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import row_of_thing
from mingjian.core.link.things.settings import thing_settings
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.outcome import Outcome
from mingjian.core.model.things import Member, MentionRef, Thing, ThingDate


class ToldMention(msgspec.Struct, frozen=True, kw_only=True):
    """A mention with the words that it stands on, and the page that says so."""

    ref: MentionRef
    words: str
    address: str
    title: Outcome[str]
    source: Outcome[str]
    publisher: Outcome[str]
    published: Outcome[str]


class ToldLink(msgspec.Struct, frozen=True, kw_only=True):
    """Why two mentions are one thing: the reason by its name and in words, and what it rests on."""

    first: MentionRef
    second: MentionRef
    reason: str
    says: str
    on: tuple[str, ...]


class ThingStory(msgspec.Struct, frozen=True, kw_only=True):
    """A thing with some of its mentions, published first first, some of what makes them one, and its date.

    ``row`` is what the ledger of this name says of it on the ISO ``day``: each value, its words and how it was found.
    """

    thing: Thing
    day: str
    ledger: str | None
    row: Row | None
    date: ThingDate | None
    mentions: tuple[ToldMention, ...]
    links: tuple[ToldLink, ...]


def told_mention(member: Member) -> ToldMention:
    """The mention with its words."""
    return ToldMention(
        ref=member.ref,
        words=member.fact.evidence.text,
        address=member.page.address,
        title=member.page.title,
        source=member.page.source,
        publisher=member.page.publisher,
        published=member.page.published,
    )


def tell_thing(books: Books, thing: Thing, day: str, most: int = 1_000) -> ThingStory:
    """All that the books know of a thing on an ISO day, with so many of its mentions and links."""
    reasons = thing_settings().reason
    mentions = map(told_mention, books.members(thing.id, most=most))
    links = [
        ToldLink(
            first=link.first,
            second=link.second,
            reason=(slug := link.verdict.reason),
            says=reasons[slug].text if slug in reasons else slug,
            on=link.verdict.on,
        )
        for link in books.links(thing.id)[:most]
    ]
    listed = row_of_thing(books, thing, Day(day))
    return ThingStory(
        thing=thing,
        day=day,
        ledger=None if listed is None else listed[0].name,
        row=None if listed is None else listed[1],
        date=books.date_of(thing.id),
        mentions=tuple(mentions),
        links=tuple(links),
    )
