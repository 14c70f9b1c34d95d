"""Whose a meeting is whose name begins with a place, or with words that mean the place of their page: 全省."""

from __future__ import annotations

import msgspec

from mingjian.core.link.things.answering import lies_in
from mingjian.core.link.things.settings import thing_cues
from mingjian.core.link.things.spheres import place_before
from mingjian.core.link.things.territories import territory_of
from mingjian.core.model.things import PageCard


class Scope(msgspec.Struct, frozen=True, gc=False):
    """The place that a name begins with: ``sphere`` is empty where the page does not tell which place is meant.

    ``firm`` says that the name itself gives the place, and not the page.
    """

    sphere: str = ""
    firm: bool = False


def scope_of(name: str, page: PageCard) -> tuple[Scope | None, str]:
    """The place with which a normal name begins, and the name without it; none where it begins with no such words.

    What a body of a place holds again and again is told by the body, place and all.
    """
    cues = thing_cues()
    if cues["frequent"].search(name):
        return None, name
    relative = cues["scope"].match(name)
    if relative is not None:
        home = page.homes.get(relative["level"]) or territory_of(relative.group(), page)
        return Scope(home or ""), name[relative.end() :]
    place, rest = place_before(name)
    named = name[: len(name) - len(rest)]
    if place is None or not cues["placed"].search(named) or not cues["long-enough"].match(rest):
        return None, name
    return Scope(place, firm=True), rest


def are_of_two_places(first: Scope | None, second: Scope | None) -> bool:
    """Whether both names give places of which neither lies in the other."""
    if first is None or second is None or not (first.firm and second.firm):
        return False
    return not (lies_in(first.sphere, second.sphere) or lies_in(second.sphere, first.sphere))


def may_be_of_two_places(first: Scope | None, second: Scope | None) -> bool:
    """Whether both names speak of a place, and nothing says that it is the same."""
    return first is not None and second is not None and first.sphere != second.sphere
