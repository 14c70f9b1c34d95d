"""Organs of places: 岚江省经信厅, 省经济和信息化厅 and 省经信厅 are one, as far as each tells whose it is."""

from __future__ import annotations

import msgspec

from mingjian.core.link.things.identities import identity_cues, organ_words
from mingjian.core.link.things.spheres import is_place, place_before
from mingjian.core.link.things.wording import plain
from mingjian.core.model.things import PageCard

_PROVINCE, _CITY = "0000", "00"  # the ends of their codes


class Organ(msgspec.Struct, frozen=True, order=True, gc=False):
    """An organ of a place: its level (省, 市, 区), its full name, and the place, empty where the page does not tell."""

    level: str
    name: str
    place: str = ""


def organ_of(body: str, page: PageCard) -> Organ | None:
    """The organ of a place that a body is; nothing for any other body."""
    words = plain(body)
    place, rest = place_before(words)
    level = _level_of(place) if place is not None and is_place(place) else ""
    if not level:
        relative = identity_cues()["level"].match(words)
        if relative is None:
            return None
        level, rest = relative["level"], words[relative.end() :]
        place = page.seats.get(page.called.get(body, body)) or page.homes.get(level)
    told = identity_cues()["organ-of-level"].fullmatch(rest)
    if told is None:
        return None
    known, stem, rank = organ_words(), told["stem"], told["rank"]
    return Organ(level, known.names.get(stem, stem) + known.ranks.get(rank, rank), place or "")


def _level_of(place: str) -> str:
    """The level of a place, by its code or by the last character of its name."""
    known = organ_words()
    if not place.isdecimal():
        return next((level for end, level in known.levels.items() if place.endswith(end)), place[-1])
    province, city, district = tuple(known.levels["code"])
    if place.endswith(_PROVINCE):
        return city if place in known.municipalities else province
    return city if place.endswith(_CITY) else district


def are_one_organ(one: Organ, other: Organ) -> bool:
    """Whether they are one, or may be, where a page does not tell whose its organ is."""
    return (one.level, one.name) == (other.level, other.name) and (
        one.place == other.place or not one.place or not other.place
    )
