"""People and the posts that pages give them, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.books import Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.agreeing import Said, cell_of, saying
from mingjian.core.ledger.bodies import body_called
from mingjian.core.ledger.building import Day, head_of
from mingjian.core.model.facts import Person, Post
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import HeldPost, PersonRow
from mingjian.core.model.span import Span
from mingjian.core.model.things import Member, Thing

_LAST = "9999"


class _Told(msgspec.Struct, frozen=True):
    """A post that a page gives the person; posts of the same body, title and status are one."""

    member: Member
    post: Post
    affiliation: str | None

    @property
    def key(self) -> tuple[str | None, ...]:
        return (self.affiliation, self.post.title, self.post.status)


def person_row(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> PersonRow:
    """The row of a person: titles that disagree stand one after the other, each with the pages that give it."""
    del books, day
    told: dict[tuple[str | None, ...], list[_Told]] = {}
    for one in _posts(members):
        told.setdefault(one.key, []).append(one)
    posts = sorted((_held(every) for every in told.values()), key=lambda post: post.first_seen or _LAST)
    return PersonRow(
        **head_of(
            thing,
            members,
            regions=regions_of(members, "affiliation"),
            issuers=[post.affiliation.value for post in posts],
        ),
        posts=tuple(posts),
    )


def _posts(members: Sequence[Member]) -> Iterator[_Told]:
    for member in members:
        for post in member.as_fact(Person).posts:
            body = post.affiliation
            yield _Told(member, post, body_called(member.page, body) if body else None)


def _held(every: Sequence[_Told]) -> HeldPost:
    """One post as all pages that give it do: seen from the first of them to the last."""
    pages = [one.member.page for one in every]
    seen = [page.published_on for page in pages if page.published_on]
    return HeldPost(
        affiliation=_cell([(one, one.affiliation, one.post.affiliation_span) for one in every], "affiliation-untold"),
        title=_cell([(one, one.post.title, one.post.title_span) for one in every], "title-untold"),
        status=_cell([(one, one.post.status, one.post.status_span) for one in every], "not-told"),
        first_seen=min(seen, default=None),
        last_seen=max(seen, default=None),
    )


def _cell(told: Sequence[tuple[_Told, str | None, Span | None]], missing: str) -> Cell[str]:
    every: list[Said[str]] = [saying(one.member, value, span) for one, value, span in told if value]
    return cell_of(every, every[0].value) if every else Cell(missing=missing)
