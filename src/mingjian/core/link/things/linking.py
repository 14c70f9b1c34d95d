"""What a kind of thing brings: what of a fact is compared, by what mentions find one another, how two are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

import msgspec

from mingjian.core.model.facts import Fact
from mingjian.core.model.record import Record
from mingjian.core.model.things import PageCard, ThingKind, Verdict
from mingjian.core.text.normal import on_one_line

P = TypeVar("P", bound=msgspec.Struct)


class Profiled(msgspec.Struct, Generic[P], frozen=True):
    """A fact and all of it that decides which thing it tells of: facts with the same profile tell of the same thing."""

    fact: Fact
    profile: P


def _as_it_is(name: str) -> tuple[str, ...]:
    return (name,)


class Linking(msgspec.Struct, Generic[P], frozen=True, kw_only=True):
    """How mentions of a kind become things.

    ``profiles`` reads the facts of a record; ``keys`` are words that two mentions must share to be judged at all (a
    mention without any stands alone); ``judge`` is symmetric and looks at nothing but the two profiles; ``slots`` is
    what things of other kinds find this one by, and ``named`` the slots of one that another fact calls so; ``called``
    is what it is called. ``profile_type`` decodes what is kept. All are pure, and none looks at other pages, so that
    what came in which order cannot tell.
    """

    kind: ThingKind
    profile_type: type[P]
    profiles: Callable[[PageCard, Record], Iterator[Profiled[P]]]
    keys: Callable[[P], tuple[str, ...]]
    judge: Callable[[P, P], Verdict]
    slots: Callable[[P], tuple[str, ...]]
    called: Callable[[P], str]
    named: Callable[[str], tuple[str, ...]] = _as_it_is

    def name_of(self, profile: P) -> str:
        """What it is called, as people read it: on one line."""
        return on_one_line(self.called(profile))


AnyLinking = Linking[Any]
