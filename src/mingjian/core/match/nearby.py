"""How the place of a row stands to that of a need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from mingjian.core.link.things.answering import lies_in
from mingjian.core.link.things.spheres import COUNTRY_CODE
from mingjian.core.match.settings import MatchingSettings

Standing: TypeAlias = Literal["same", "within", "above", "country", "beside", "neighbour", "elsewhere"]


def standing(wanted: str, code: str, settings: MatchingSettings) -> Standing:
    """How a place stands to the one that is wanted, by their codes of GB/T 2260.

    >>> from mingjian.core.match.settings import matching_settings
    >>> [standing("440300", code, matching_settings()) for code in ("440305", "440000", "440100", "450000", "110000")]
    ['within', 'above', 'beside', 'neighbour', 'elsewhere']
    """
    found: Standing = "elsewhere"
    if code == wanted:
        found = "same"
    elif COUNTRY_CODE in (code, wanted):
        found = "country" if code == COUNTRY_CODE else "within"
    elif lies_in(code, wanted):
        found = "within"
    elif lies_in(wanted, code):
        found = "above"
    elif code[:2] == wanted[:2]:
        found = "beside"
    elif code[:2] in settings.neighbours.get(wanted[:2], ()):
        found = "neighbour"
    return found


def nearest(
    wanted: Iterable[str], codes: Iterable[str], ledger: str, settings: MatchingSettings
) -> tuple[float, Standing, str, str] | None:
    """The points of the codes that stand best to a place that is wanted: points, how, that place, and the code."""
    codes = tuple(codes)
    found = [
        (settings.region_points(ledger, how), how, place, code)
        for place in wanted
        for code in codes
        for how in (standing(place, code, settings),)
    ]
    return max(found, key=lambda each: (each[0], each[2], each[3]), default=None)


def wider(code: str) -> tuple[str, ...]:
    """The place itself, its province, and the country.

    >>> wider("440305")
    ('440305', '440300', '440000', '156')
    """
    if code == COUNTRY_CODE:
        return (code,)
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000", COUNTRY_CODE)))
