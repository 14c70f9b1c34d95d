"""全省, 全市, 该市: the place that these words mean on a page that names one such place, or places in one alone."""

from __future__ import annotations

from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.spheres import place_before
from mingjian.core.link.things.wording import plain
from mingjian.core.model.outcome import Cited
from mingjian.core.model.things import PageCard

_MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
_WHOLE = "0000"  # the end of the code of a province
_CITY = "00"
_CODE = 6  # digits of a code; those of other countries are shorter


def territory_of(name: str | None, page: PageCard) -> str | None:
    """The code of the only province, or the only city, of the page, where the name says no more than which.

    A page that names none names it by all the places of which it tells: 全省 is the province in which they lie.
    """
    found = identity_cues()["territory"].search(plain(name or ""))
    return _territory(found.lastgroup, page) if found is not None else None


def territory_in(words: str, page: PageCard) -> str | None:
    """The same for the first such name in a clause: 截至8月底，全省示范产线34条."""
    found = identity_cues()["territory-in-clause"].search(plain(words))
    return _territory(found.lastgroup, page) if found is not None else None


def nearby(page: PageCard) -> tuple[str, ...]:
    """The one province and the one city in which all places of the page lie, as far as there is one."""
    if page.homes:
        return tuple(sorted(page.homes.values()))
    return tuple(sorted({code for level in ("province", "city") if (code := _territory(level, page))}))


def in_one_place(first: tuple[str | None, tuple[str, ...]], second: tuple[str | None, tuple[str, ...]]) -> bool:
    """Whether two facts are of one place, each with its sphere and, where it tells none, what lies near on its page."""
    return not {first[0], *first[1]}.isdisjoint({second[0], *second[1]} - {None})


def _territory(level: str | None, page: PageCard) -> str | None:
    codes = _places(page)
    named = {code for code in codes if _level(code) == level}
    if not named:
        named = {above for code in codes if (above := _above(code, level)) is not None}
        if level == "city" and any(code.endswith(_WHOLE) for code in codes):
            return None  # the page tells of a province as a whole
    return named.pop() if len(named) == 1 else None


def _places(page: PageCard) -> set[str]:
    """The codes of the places that the page names; if there are none, of that of its headline, else of its bodies."""
    title = place_before(plain(page.title.value))[0] if isinstance(page.title, Cited) else None
    for codes in (page.regions.values(), (title or "",), page.seats.values()):
        found = {code for code in codes if len(code) == _CODE and code.isdecimal()}
        if found:
            return found
    return set()


def _above(code: str, level: str | None) -> str | None:
    """The province or city in which a place lies that is neither."""
    province = code[:2] + _WHOLE
    if level == "province" or province in _MUNICIPALITIES:
        return province if (level == "city") == (province in _MUNICIPALITIES) else None
    return code[:4] + _CITY if not code.endswith(_CITY) else None


def _level(code: str) -> str | None:
    """Which kind of place a code is of: a municipality is called a city."""
    if code.endswith(_WHOLE):
        return "city" if code in _MUNICIPALITIES else "province"
    return "city" if code.endswith(_CITY) else None
