"""What a fact names beside the thing that it tells of: the edges of the graph, before anybody knows where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from mingjian.core.link.things.kinds import slots_of_name
from mingjian.core.model.facts import Event, Fact, Person, Policy, Target
from mingjian.core.model.things import PageCard, ThingKind

NamedKind: TypeAlias = ThingKind | Literal["region"]

_ORGANISATION: tuple[NamedKind, ...] = ("organisation",)
_ABOUT: tuple[NamedKind, ...] = ("policy", "programme", "system", "fund", "report", "dataset", "compute")
_NAMING: dict[ThingKind, tuple[tuple[str, str, tuple[NamedKind, ...]], ...]] = {
    "event": (
        ("actors", "actor", _ORGANISATION),
        ("recipients", "recipient", _ORGANISATION),
        ("object", "about", _ABOUT),
        ("place", "place", ("region",)),
    ),
    "policy": (("issuer", "issuer", _ORGANISATION),),
    "programme": (("owner", "owner", _ORGANISATION),),
    "target": (
        ("issuer", "issuer", _ORGANISATION),
        ("policy", "policy", ("policy",)),
        ("region", "place", ("region",)),
    ),
    "statistic": (
        ("source_body", "source", _ORGANISATION),
        ("policy", "policy", ("policy",)),
        ("region", "place", ("region",)),
    ),
    "measure": (("lead", "lead", _ORGANISATION), ("assisting", "assisting", _ORGANISATION)),
    "quote": (("speaker", "speaker", ("person", "organisation")), ("affiliation", "affiliation", _ORGANISATION)),
    "company_action": (
        ("company", "company", _ORGANISATION),
        ("partner", "partner", _ORGANISATION),
        ("object", "about", _ABOUT),
    ),
    "scenario": (("owner", "owner", _ORGANISATION),),
    "compute": (("owner", "owner", _ORGANISATION), ("region", "place", ("region",))),
    "dataset": (("owner", "owner", _ORGANISATION),),
    "fund": (("manager", "manager", _ORGANISATION), ("region", "place", ("region",))),
    "system": (("owner", "owner", _ORGANISATION), ("base", "base", ("system",))),
    "report": (("issuer", "issuer", _ORGANISATION),),
}
"""For each kind of fact: the field that names something, which part that plays, and of which kinds it may be."""


class Reference(msgspec.Struct, frozen=True, gc=False):
    """A name in a part of a fact: ``relation`` is the part that it plays, ``part`` the field where its words stand.

    ``kinds`` are the kinds of things that it may be, the likeliest first; ``thing`` is set where it is another fact of
    the same page (its id).
    """

    relation: str
    name: str
    kinds: tuple[NamedKind, ...]
    part: str
    fact: str | None = None


def references_of(kind: ThingKind, fact: Fact, page: PageCard) -> Iterator[Reference]:
    """What the fact names; a body under the name that the page knows it to have."""
    for field, relation, kinds in _NAMING.get(kind, ()):
        for name in names_in(fact, field):
            yield Reference(relation, page.called.get(name, name), kinds, field)
    if isinstance(fact, Event) and fact.sub_event_of is not None:
        yield Reference("part_of", fact.sub_event_of, ("event",), "sub_event_of", fact.sub_event_of)
    elif isinstance(fact, Policy):
        for one in fact.relations:
            yield Reference(one.type, one.policy or one.target, ("policy", "programme"), "relations")
    elif isinstance(fact, Person):
        yield from _affiliations(fact, page)


def names_in(fact: Fact, field: str) -> tuple[str, ...]:
    """The names that a fact gives in a field, one by one; none where it has no such field."""
    held = fact.issuers if isinstance(fact, Target) and field == "issuer" else getattr(fact, field, None)
    every = held if isinstance(held, tuple) else (held,)
    return tuple(name for name in every if name)


def _affiliations(person: Person, page: PageCard) -> Iterator[Reference]:
    for post in person.posts:
        if post.affiliation:
            name = page.called.get(post.affiliation, post.affiliation)
            yield Reference("affiliation", name, _ORGANISATION, "posts")


def reference_slots(kind: ThingKind, fact: Fact, page: PageCard) -> tuple[str, ...]:
    """The slots of all that the fact may name, each with the kind before it: by these, referring things are found."""
    slots = (
        f"{named}:{slot}"
        for reference in references_of(kind, fact, page)
        if reference.fact is None
        for named in reference.kinds
        if named != "region"
        for slot in slots_of_name(named, reference.name)
    )
    return tuple(dict.fromkeys(slots))
