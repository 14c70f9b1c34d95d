"""What things are about: the technologies, industries and places that the words of their mentions name."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.link.things.references import names_in
from mingjian.core.link.things.spheres import COUNTRY_CODE, is_country
from mingjian.core.model.things import Member


def technologies_of(members: Sequence[Member]) -> tuple[str, ...]:
    """The ids of the technologies that the mentions are about."""
    return tuple(dict.fromkeys(name for member in members for name in member.about.technologies))


def industries_of(members: Sequence[Member]) -> tuple[str, ...]:
    """The section letters of the industries that the mentions are about."""
    return tuple(dict.fromkeys(name for member in members for name in member.about.industries))


def regions_of(members: Sequence[Member], *fields: str) -> tuple[str, ...]:
    """The codes of the places, or seats of bodies, in these fields of the facts; else of what their words name.

    The country is one of them where a field names it and the words no place within it. Where neither tells, the places
    that the titles of all pages name. That a page names a single place somewhere says nothing of where its other facts
    are.
    """
    told = dict.fromkeys(code for member in members for code in _codes(member, fields))
    if told:
        return tuple(told)
    titles = [member.about.titled for member in members]
    return tuple(code for code in titles[0] if all(code in codes for codes in titles))


def _codes(member: Member, fields: tuple[str, ...]) -> tuple[str, ...]:
    page = member.page
    names = [page.called.get(name, name) for field in fields for name in names_in(member.fact, field)]
    coded = (page.regions.get(name) or page.seats.get(name) for name in names)
    placed = tuple(code for code in coded if code) or member.about.places
    return placed or tuple(COUNTRY_CODE for name in names if is_country(name))[:1]
