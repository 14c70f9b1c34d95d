"""全省, 全市, 该市: the place that these words mean on a page that names just one such place."""

from __future__ import annotations

from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.wording import plain
from mingjian.core.model.things import PageCard

_MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
_WHOLE = "0000"  # the end of the code of a province
_CITY = "00"


def territory_of(name: str | None, page: PageCard) -> str | None:
    """The code of the only province, or the only city, that the page names, where the name says no more than which."""
    found = identity_cues()["territory"].search(plain(name or ""))
    if found is None:
        return None
    codes = {code for code in page.regions.values() if _level(code) == found.lastgroup}
    return codes.pop() if len(codes) == 1 else None


def _level(code: str) -> str | None:
    """Which kind of place a code is of: a municipality is called a city."""
    if code.endswith(_WHOLE):
        return "city" if code in _MUNICIPALITIES else "province"
    return "city" if code.endswith(_CITY) else None
