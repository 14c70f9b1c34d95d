"""Whose a thing is: the country, a place, a group of bodies, or one body; as one word that can be compared.

A place is its code of GB/T 2260, one that no lexicon lists ``place:NAME``, the country ``CN``, a group ``group:NAME``,
a body ``body:NAME``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from mingjian.core.link.things.answering import lies_in
from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.wording import plain
from mingjian.core.model.things import PageCard
from mingjian.core.rulebook import bundled_rulebook

COUNTRY = "CN"
COUNTRY_CODE = "156"
"""The code of the country as a place, beside those of GB/T 2260: what is told of all of it, not what lies in it."""
_LONGEST_PLACE = 12
_UNLISTED = "place:"


class _Known(msgspec.Struct, frozen=True):
    """Names and what they stand for, all plain."""

    spheres: dict[str, str]
    places: dict[str, str]
    country: frozenset[str]


@lru_cache(maxsize=1)
def _known() -> _Known:
    book = bundled_rulebook()
    table: dict[str, Any] = book.tables["corpus/identities"]["spheres"]
    national = frozenset(table["national"])
    spheres = {
        plain(name): COUNTRY
        for entry in book.lexicon("state_bodies").entries
        if entry.fields.get("type") in national
        for name in entry.surfaces
    }
    country = frozenset(map(plain, table["country"]))
    spheres |= dict.fromkeys(sorted(country), COUNTRY)
    spheres |= {plain(name): f"group:{group}" for group, names in table["groups"].items() for name in (group, *names)}
    return _Known(spheres, _places(), country)


def _places() -> dict[str, str]:
    """The names that mean one place."""
    codes: dict[str, set[str]] = defaultdict(set)
    for entry in bundled_rulebook().lexicon("regions").entries:
        for name in entry.surfaces:
            codes[plain(name)].add(entry.id)
    return {name: min(found) for name, found in codes.items() if len(found) == 1}


@lru_cache(maxsize=65536)
def place_before(words: str) -> tuple[str | None, str]:
    """The code of the place with whose name the plain words begin, and the words behind it.

    >>> place_before("深圳市加快算力建设行动方案")
    ('440300', '加快算力建设行动方案')
    """
    places = _known().places
    for length in range(min(_LONGEST_PLACE, len(words)), 1, -1):
        code = places.get(words[:length])
        if code is not None:
            deeper, rest = place_before(words[length:]) if length < len(words) else (None, "")
            return (deeper, rest) if deeper is not None and lies_in(deeper, code) else (code, words[length:])
    unlisted = identity_cues()["titled-place"].match(words)
    return (_UNLISTED + unlisted["place"], words[unlisted.end() :]) if unlisted else (None, words)


def sphere_of(name: str | None, page: PageCard) -> str | None:
    """Whose a thing is of which a page gives this name; nothing for a name that means another on every page."""
    if not name:
        return None
    if name in page.regions:
        return page.regions[name]
    if sphere_called(name) is not None:
        homes = (home for level, home in page.homes.items() if home == f"{_UNLISTED}{plain(name)}{level}")
        return next(homes, None) or sphere_called(page.called.get(name, name))
    level = identity_cues()["level"].search(plain(name))
    return page.homes.get(level["level"]) if level else None


@lru_cache(maxsize=65536)
def sphere_called(name: str) -> str | None:
    """What a name stands for on any page.

    >>> sphere_called("国务院"), sphere_called("深圳市人民政府办公厅"), sphere_called("央企"), sphere_called("市发改委")
    ('CN', '440300', 'group:中央企业', None)
    """
    words, cues = plain(name), identity_cues()
    known = _known()
    if words in known.spheres or words in known.places:
        return known.spheres.get(words) or known.places[words]
    if cues["relative"].search(words) or not words:
        return None
    code, rest = place_before(cues["party-name"].sub("", words))
    if code is not None and (not rest or cues["organ"].search(rest)):
        return code
    if _begins_with_the_state(words):
        return COUNTRY
    unlisted = cues["unlisted-place"].search(words)
    return _UNLISTED + unlisted["place"] if unlisted else f"body:{words}"


def homes_of(names: Iterable[str]) -> dict[str, str]:
    """The one place of each level (省, 市) that the names of a page begin with and no lexicon lists.

    >>> homes_of(["岚江省数据局", "岚州市", "岚江省"])
    {'省': 'place:岚江省', '市': 'place:岚州市'}
    """
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        place, _ = place_before(plain(name))
        if place is not None:
            found[place[-1] if place.startswith(_UNLISTED) else ""].add(place)
    if found.pop("", None):  # the page speaks of places that are listed, too: whose it is, nothing tells
        return {}
    return {level: next(iter(places)) for level, places in found.items() if len(places) == 1}


def _begins_with_the_state(words: str) -> bool:
    """Whether a body of the state is named first, with nothing behind it but an organ of its own or another such."""
    spheres = _known().spheres
    for length in range(len(words) - 1, 2, -1):
        if spheres.get(words[:length]) == COUNTRY:
            rest = words[length:]
            return spheres.get(rest) == COUNTRY or identity_cues()["organ"].search(rest) is not None
    return False


def sphere_of_any(names: Iterable[str | None], page: PageCard) -> str | None:
    """What the first of the names that stands for anything does."""
    found = (sphere_of(name, page) for name in names)
    return next((sphere for sphere in found if sphere is not None), None)


@lru_cache(maxsize=65536)
def is_country(name: str | None) -> bool:
    """Whether it is a name of the whole country, and not of a body that stands for it.

    >>> is_country("全国"), is_country("国务院"), is_country("广东")
    (True, False, False)
    """
    return plain(name or "") in country_names()


def country_names() -> frozenset[str]:
    """The names of the whole country, all plain."""
    return _known().country


def code_of_sphere(sphere: str | None) -> str | None:
    """The code of a place or of the country; nothing for bodies, groups and places that no lexicon lists.

    >>> code_of_sphere("CN"), code_of_sphere("440300"), code_of_sphere("place:岚州市"), code_of_sphere(None)
    ('156', '440300', None, None)
    """
    if sphere == COUNTRY:
        return COUNTRY_CODE
    return sphere if sphere is not None and sphere.isdecimal() else None


def is_place(sphere: str | None) -> bool:
    """Whether it is a place within the country, or another country."""
    return sphere is not None and sphere != COUNTRY and (":" not in sphere or sphere.startswith(_UNLISTED))


def differ(first: str | None, second: str | None) -> bool:
    """Whether both are told and are not the same."""
    return first is not None and second is not None and first != second
