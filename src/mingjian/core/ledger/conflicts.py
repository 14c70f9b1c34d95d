"""Values of one field of one thing that disagree: all are kept, with who says which."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.about import regions_of
from mingjian.core.ledger.bodies import body_called
from mingjian.core.ledger.building import TIMELESS, Day, head_of
from mingjian.core.ledger.disagreeing import (
    Claim,
    Disputed,
    amounts_claimed,
    dates_claimed,
    documents_claimed,
    figures_claimed,
    may_be_misnumbered,
    posts_claimed,
    stages_claimed,
)
from mingjian.core.ledger.origins import origin_of
from mingjian.core.ledger.resolving import members_by
from mingjian.core.ledger.retold import may_be_retold, retold_alone, retold_claimed
from mingjian.core.link.things.answering import answers, in_time, was_added
from mingjian.core.link.things.references import names_in
from mingjian.core.model.ledger.cells import Cell
from mingjian.core.model.ledger.rows import ConflictRow, Side
from mingjian.core.model.things import Member, Thing, ThingKind

Claiming = Callable[[Books, Thing, Sequence[Member], Day], Iterator[Disputed]]
CLAIMING: Mapping[ThingKind, Claiming] = {
    "policy": documents_claimed,
    "target": retold_claimed,
    "statistic": figures_claimed,
    "event": dates_claimed,
    "person": posts_claimed,
    "fund": amounts_claimed,
    "compute": amounts_claimed,
    "dataset": amounts_claimed,
}
"""For each kind of things: what its mentions claim of fields of which only one value can hold."""
_WITH_OTHERS = ("policy", "target")
"""Kinds of which other things make claims too: any other needs two independent sources of its own to disagree."""
_BODIES = ("issuer", "source_body", "manager", "owner", "actors", "affiliation")


def conflict_rows(books: Books, asked: Asked, day: Day) -> Iterator[ConflictRow]:
    """The conflicts of all kinds of things that answer, kind after kind, in the order of their things."""
    kept = not day.known and asked.added_by is None
    for kind in CLAIMING:
        question = msgspec.structs.replace(asked, kind=kind, statuses=(), ai=False, disputed=kept)
        for thing in books.find(question):
            rows = conflicts_of(books, thing, day, asked.added_by)
            yield from (row for row in rows if answers(asked, thing, row.facets))


def conflicts_of(books: Books, thing: Thing, day: Day, added_by: str | None = None) -> Iterator[ConflictRow]:
    """The conflicts of one thing; only pages count that had come into the workspace by a day, where one is given."""
    if thing.sources < 2 and thing.kind not in _WITH_OTHERS:
        return
    told = members_by(books, thing.id, day)
    members = [member for member in told if was_added(member.page, added_by)]
    yield from _conflicts(books, thing, members, day)


def _conflicts(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[ConflictRow]:
    claiming = CLAIMING.get(thing.kind)
    for disputed in claiming(books, thing, members, day) if claiming is not None and members else ():
        row = _row(thing, disputed)
        if row is not None:
            yield row


def may_be_disputed(books: Books, thing: Thing) -> bool:
    """Whether its mentions disagree, as all that are known tell; of others that may tell of it too, whether any could.

    The books keep it, so that nobody walks over all things to find the few of which it is so.
    """
    if thing.kind not in CLAIMING:
        return False
    members = books.members(thing.id)
    if thing.kind == "policy":
        return may_be_misnumbered(members) or any(_row(thing, one) for one in stages_claimed(members))
    if thing.kind == "target":
        return may_be_retold(members) or _row(thing, retold_alone(members)) is not None
    several = len({member.page.group for member in members}) > 1
    return several and any(True for _ in _conflicts(books, thing, members, TIMELESS))


def _row(thing: Thing, disputed: Disputed) -> ConflictRow | None:
    """The row of a field, where two independent sources claim what cannot both hold."""
    sides = _sides(disputed)
    if len(sides) < 2:
        return None
    members = [claim.member for claims in sides for claim in claims]
    head = head_of(
        thing,
        list({member.ref: member for member in members}.values()),
        regions=regions_of(members, "region", "subject", "place", *_BODIES),
        issuers=[
            body_called(member.page, name)
            for member in members
            for field in _BODIES
            for name in names_in(member.fact, field)
        ],
        happened=disputed.happened,
    )
    head["id"] = hashlib.blake2b(disputed.field.encode(), digest_size=8, key=thing.id.encode()).hexdigest()
    firsts = [min((claim.day for claim in claims if claim.day), default=None) for claims in sides]
    latest = max((first for first in firsts if first), default=None)
    return ConflictRow(
        **head,
        about=thing.id,
        kind=thing.kind,
        field=disputed.field,
        sides=tuple(
            _side(claims, first, later=first == latest and firsts.count(first) == 1 and None not in firsts)
            for claims, first in zip(sides, firsts, strict=True)
        ),
    )


def _sides(disputed: Disputed) -> list[list[Claim]]:
    """The claims by value, those alone of which another excludes; reprints of one text claim once.

    Texts that claim the same are compared once, however many they are.
    """
    claims = sorted(disputed.claims, key=lambda claim: in_time(claim.member))
    texts: dict[str, dict[Any, Claim]] = {}
    for claim in claims:
        texts.setdefault(claim.member.page.group, {}).setdefault(claim.key, claim)
    claiming = {frozenset(told): tuple(told.values()) for told in texts.values()}
    standing = _standing(disputed, claiming)
    sides: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.key not in standing[frozenset(texts[claim.member.page.group])]:
            sides.setdefault(claim.cell.value or "", []).append(claim)
    return list(sides.values())


def _standing(disputed: Disputed, claiming: Mapping[frozenset[Any], Sequence[Claim]]) -> dict[frozenset[Any], set[Any]]:
    """By text, what it claims and no other text contradicts; texts of which nothing is left are not compared again."""
    left = {text: tuple(claims) for text, claims in claiming.items()}
    for (one, mine), (other, theirs) in combinations(claiming.items(), 2):
        if left[one] or left[other]:
            left[one] = _uncontradicted(disputed, left[one], mine, theirs)
            left[other] = _uncontradicted(disputed, left[other], theirs, mine)
    return {text: {claim.key for claim in claims} for text, claims in left.items()}


def _uncontradicted(
    disputed: Disputed, left: Sequence[Claim], mine: Sequence[Claim], theirs: Sequence[Claim]
) -> tuple[Claim, ...]:
    """The claims without those that the other text contradicts: neither has what the other claims, beside its own."""
    return tuple(
        one
        for one in left
        if not (
            all(disputed.excludes(one, each) for each in theirs)
            and any(all(disputed.excludes(each, other) for each in mine) for other in theirs)
        )
    )


def _side(claims: Sequence[Claim], first: str | None, *, later: bool) -> Side:
    groups = {claim.member.page.group: claim for claim in reversed(claims)}
    cites = (cite for claim in claims for cite in claim.cell.cites)
    return Side(
        value=Cell(claims[0].cell.value, tuple(dict.fromkeys(cites)), basis=claims[0].cell.basis),
        sources=tuple(
            dict.fromkeys(
                origin_of(claim.member.page).value or claim.member.page.address for claim in reversed(groups.values())
            )
        ),
        published=first,
        nearer=any(claim.nearer for claim in claims),
        later=later,
    )
