"""What policy documents build on, and what builds on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.books import Books
from mingjian.core.ledger.building import Day, cite_part
from mingjian.core.ledger.citing import together
from mingjian.core.ledger.resolving import members_by, referring, resolve
from mingjian.core.model.facts import Policy, Relation
from mingjian.core.model.ledger.cells import Cell, Cite
from mingjian.core.model.ledger.lineage import Kin, Lineage
from mingjian.core.model.ledger.rows import Related
from mingjian.core.model.things import Member, Thing, ThingKind

_KINDS: tuple[ThingKind, ...] = ("policy", "programme")
DEPTH = 6
REPEALS = "repeals"


def lineage_of(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> tuple[Related, ...]:
    """What the document says of others, then what others say of it, each once with the words of all that tell it."""
    return _merged([*_forward(books, thing, members), *_backward(books, thing, members, day)])


def _forward(books: Books, thing: Thing, members: Sequence[Member]) -> Iterator[Related]:
    for member in members:
        fact: Policy = member.as_fact(Policy)
        for one in fact.relations:
            meant = resolve(books, _KINDS, one.policy or one.target, member.page.id)
            if meant is None or meant.id != thing.id:
                cell = Cell(one.policy or one.target, _words(member, one))
                yield Related(relation=one.type, cell=cell, thing=None if meant is None else meant.id)


def _backward(books: Books, thing: Thing, members: Sequence[Member], day: Day) -> Iterator[Related]:
    for other in referring(books, thing, members, ("policy",)):
        if other.id == thing.id:
            continue
        for member in members_by(books, other.id, day):
            fact: Policy = member.as_fact(Policy)
            for one in fact.relations:
                meant = resolve(books, _KINDS, one.policy or one.target, member.page.id)
                if meant is not None and meant.id == thing.id:
                    cell = Cell(fact.title, _words(member, one))
                    yield Related(relation=one.type, cell=cell, thing=other.id, backward=True)


def may_be_repealed(books: Books, thing: Thing, members: Sequence[Member]) -> bool:
    """Whether a document that may mean this one by its name repeals any."""
    others = (other for other in referring(books, thing, members, ("policy",)) if other.id != thing.id)
    told = (member for other in others for member in books.members(other.id))
    return any(one.type == REPEALS for member in told for one in member.as_fact(Policy).relations)


def _words(member: Member, relation: Relation) -> tuple[Cite, ...]:
    """The words for the other document, where their place is sure, and the document's own."""
    for start, end in member.fact.parts.get("relations", ()):
        if end - start == len(relation.target) and _is_only(member, relation):
            return (Cite(member.page.id, start, end, relation.target), *cite_part(member, "title"))
    return cite_part(member, "title")


def _is_only(member: Member, relation: Relation) -> bool:
    """Whether no other relation of the fact has a name as long: places and relations stand in no agreed order."""
    fact: Policy = member.as_fact(Policy)
    return all(one.target == relation.target or len(one.target) != len(relation.target) for one in fact.relations)


def _merged(every: Sequence[Related]) -> tuple[Related, ...]:
    found: dict[tuple[str, bool, str], list[Related]] = {}
    for one in every:
        found.setdefault((one.relation, one.backward, one.thing or one.cell.value or ""), []).append(one)
    return tuple(
        Related(
            relation=told[0].relation,
            cell=Cell(told[0].cell.value, together([one.cell for one in told])),
            thing=told[0].thing,
            backward=told[0].backward,
        )
        for told in found.values()
    )


def lineage_tree(books: Books, thing: Thing, day: Day, depth: int = DEPTH) -> Lineage:
    """The tree of a document, so many steps up and down; whatever came already stands there once more without kin."""
    return Lineage(
        thing=thing.id,
        name=thing.name,
        ancestors=_kin(books, thing, day, depth, {thing.id}, backward=False),
        descendants=_kin(books, thing, day, depth, {thing.id}, backward=True),
    )


def _kin(books: Books, thing: Thing, day: Day, depth: int, seen: set[str], *, backward: bool) -> tuple[Kin, ...]:
    members = members_by(books, thing.id, day)
    if depth == 0 or thing.kind != "policy":
        return ()
    found = []
    for one in lineage_of(books, thing, members, day):
        if one.backward != backward:
            continue
        other = None if one.thing is None else books.thing(one.thing)
        again = other is not None and other.id in seen
        further: tuple[Kin, ...] = ()
        if other is not None and not again:
            seen.add(other.id)
            further = _kin(books, other, day, depth - 1, seen, backward=backward)
        name = one.cell.value or "" if other is None else other.name
        found.append(Kin(relation=one.relation, name=name, cell=one.cell, thing=one.thing, kin=further, again=again))
    return tuple(found)
