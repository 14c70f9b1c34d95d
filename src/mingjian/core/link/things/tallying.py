"""By what the things of a ledger can be narrowed, counted as they are filed: nobody walks over them to know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from mingjian.core.model.ledger.cells import Facets, Filed, Tally

TOTAL, STATUS, STANDING, REGION, TECHNOLOGY, INDUSTRY, ISSUER, SOURCE, YEAR = range(9)
"""What is counted."""
_PROVINCE = 2
_CODE = 6
_YEAR = 4


class Standing(msgspec.Struct, frozen=True, array_like=True):
    """Of a thing whose status depends on the day: what it may be on any, up to its own (``last``), and from that on."""

    statuses: tuple[str, ...]
    coming: tuple[str, ...]
    over: tuple[str, ...]
    last: str

    def on(self, day: str) -> set[str]:
        """What it may be on an ISO day."""
        coming = self.coming if not self.last or day <= self.last else ()
        over = self.over if not self.last or day >= self.last else ()
        return {*self.statuses, *coming, *over}


def standing_of(filed: Filed) -> Standing:
    """What the status of a thing may be."""
    return Standing(filed.statuses, filed.coming, filed.over, last_told(filed))


def read_standing(value: str) -> Standing:
    """The standing that is counted as a value."""
    return msgspec.json.decode(value, type=Standing)


def written_standing(standing: Standing) -> str:
    """The value as which a standing is counted."""
    return msgspec.json.encode(standing).decode()


def tallied(filed: Filed) -> Iterator[tuple[str, int, str]]:
    """What is counted of a thing: the ledgers that list it, each with what is counted and the value."""
    counted = list(_counted(filed))
    for ledger in filed.ledgers:
        for facet, value in counted:
            yield ledger, facet, value


def tally_of(every: Iterator[Filed], ledger: str) -> Tally:
    """The tally of a ledger of all these things."""
    return Counter((facet, value) for filed in every for name, facet, value in tallied(filed) if name == ledger)


def _counted(filed: Filed) -> Iterator[tuple[int, str]]:
    yield TOTAL, ""
    if filed.dated:
        yield STANDING, written_standing(standing_of(filed))
    elif filed.status:
        yield STATUS, filed.status
    values = {
        REGION: {province_of(code) for code in filed.regions},
        TECHNOLOGY: filed.technologies,
        INDUSTRY: filed.industries,
        ISSUER: filed.issuers,
        SOURCE: filed.sources,
        YEAR: years_of(filed),
    }
    for facet, held in values.items():
        for value in sorted(set(held)):
            yield facet, value


def last_told(facets: Facets) -> str:
    """The ISO day by which a thing stands in lists: that on which it ended; empty for what is not dated."""
    return facets.happened_to or facets.happened_from or ""


def province_of(code: str) -> str:
    """The code of the province in which a place lies; that of the country is its own.

    >>> province_of("440305"), province_of("156")
    ('440000', '156')
    """
    return f"{code[:_PROVINCE]:0<6}" if len(code) == _CODE else code


def years_of(facets: Facets) -> tuple[str, ...]:
    """The year in which it happened or is due, where it is known to lie in one."""
    first, last = facets.happened_from, facets.happened_to
    year = (first or last or "")[:_YEAR]
    return (year,) if year and year == (last or first or "")[:_YEAR] else ()
