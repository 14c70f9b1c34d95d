"""Centres and their phases: 一期 on a page that tells of one centre is that centre's first phase."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.spheres import OF_PLACE, city_of, heads_of, place_before, short_place
from mingjian.core.link.things.wording import clauses, plain
from mingjian.core.model.outcome import Cited
from mingjian.core.model.record import Record
from mingjian.core.model.resources import Compute
from mingjian.core.model.things import PageCard

_FIRST, _ONE, _WISE, _FAST = "首", "一", "智算", "超算"


class Centre(msgspec.Struct, frozen=True):
    """What a page says of centres: the one with a name of its own, plain, and the city that it means where it has none.

    Nothing where there are several; ``places`` are words that may be the city, where nothing says which is.
    """

    named: str | None
    city: str | None
    places: tuple[str, ...] = ()


def centre_of(record: Record, page: PageCard) -> Centre:
    """The one centre with a name of its own of which the page tells, and the one city."""
    names = {name for words in _words(record) for clause in clauses(words) for name in _centres(clause)}
    whole = [name for name in names if not any(name != other and name.endswith(other) for other in names)]
    city = city_of(page)
    return Centre(whole[0] if len(whole) == 1 else None, city, () if city else tuple(sorted(set(_heads(record, page)))))


def _heads(record: Record, page: PageCard) -> Iterator[str]:
    """Words that may be the name of the city: those with which a part of the title begins, and those before 市."""
    yield from heads_of(page)
    bodies = (post.affiliation or "" for person in record.people for post in person.posts)
    for words in (*_words(record), *bodies):
        for found in identity_cues()["before-city"].finditer(plain(words)):
            yield from (found["place"][-length:] for length in OF_PLACE)


def part_of(compute: Compute, centre: Centre) -> str | None:
    """Name, and phase where one is told, of the centre that this is, plain; nothing where nothing says which.

    The name goes before the clause, and what the clause says of a centre before what the page does.
    """
    for words in (compute.name, compute.evidence.text):
        for clause in clauses(words):
            found = identity_cues()["phase"].search(clause)
            if found is not None:
                named = _named(clause[: found.start()], centre)
                return None if named is None else f"{_canonical(named)}{_number(found)}"
    return _whole(compute, centre)


def _number(phase: re.Match[str]) -> str:
    """Which phase it is: 首期 is the first."""
    return f"{phase['phase'].replace(_FIRST, _ONE)}期"


def nameless_part(compute: Compute) -> str | None:
    """Centre and phase where the fact says no more of the centre than that it is one."""
    for words in (compute.name, compute.evidence.text):
        for clause in clauses(words):
            found = identity_cues()["phase"].search(clause)
            noun = identity_cues()["centre-noun"].search(clause[: found.start()]) if found else None
            if found is not None and noun is not None:
                return f"{noun.group()}{_number(found)}"
    return None


def _whole(compute: Compute, centre: Centre) -> str | None:
    """The centre itself where the fact is called by it, or where its clause begins with it or points at it."""
    cues, first = identity_cues(), next(iter(clauses(compute.evidence.text)), "")
    if cues["that-centre"].match(first):
        return None if centre.named is None else _canonical(centre.named)
    called = cues["centre-works"].sub("", plain(compute.name))
    if cues["centre-noun"].search(called) is None and cues["centre"].match(first) is None:
        return None
    named = next((name for clause in clauses(compute.evidence.text) for name in _centres(clause)), None)
    return None if named is None else _canonical(named)


def _named(before: str, centre: Centre) -> str | None:
    """The centre named right before a phase, else that of the page; of one without a name, the city's."""
    named = next(_centres(before), None)
    if named is not None:
        return named
    noun = identity_cues()["centre-noun"].search(before)
    if noun is not None and centre.city is not None and (centre.named is None or noun.group() not in centre.named):
        return f"{centre.city}{noun.group()}"
    return centre.named


def _canonical(name: str) -> str:
    """The name with its place as that is known, whether the page says 市 or not.

    >>> _canonical("岚州市智算中心"), _canonical("岚州智算中心")
    ('岚州智算中心', '岚州智算中心')
    """
    place, rest = place_before(name)
    if place is None or not rest:
        return name
    return f"{short_place(place)}{rest}"


def _words(record: Record) -> Iterator[str]:
    if isinstance(record.title, Cited):
        yield record.title.value
    yield from (one.evidence.text for one in (*record.compute, *record.events))
    yield from (one.name for one in record.systems)
    yield from (one.name for one in record.organisations)


def _centres(clause: str) -> Iterator[str]:
    """The centres that a clause names, without what is done to them."""
    cues = identity_cues()
    short = cues["computes-fast"].sub(_FAST, cues["computes-wisely"].sub(_WISE, clause))
    for found in cues["centre"].finditer(short):
        name = cues["doing"].sub("", found.group())
        if cues["common"].sub("", name) and not cues["points-at-site"].match(name):
            yield plain(name)
