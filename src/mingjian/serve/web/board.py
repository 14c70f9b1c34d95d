"""The board of targets as parts of its page: tiles of provinces, columns of statuses, years, and what to choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from mingjian.brief.wording import coded_label, ledger_value_label
from mingjian.core.ledger.board import STATUSES, Aimed, having
from mingjian.core.link.things.spheres import COUNTRY_CODE
from mingjian.serve.web.facets import place_label
from mingjian.serve.web.listings import tone_of
from mingjian.serve.web.parts import Badge, Tile
from mingjian.serve.web.queries import Query
from mingjian.serve.web.tiles import provinces
from mingjian.serve.web.words import word

CHOSEN = ("status", "province", "metric", "year")
"""What the board chooses by, beside what a question asks."""
_LEVELS = 5
_METRICS = 60
_OTHERS = 12


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the board: how many targets stand so, and the address that chooses them or lets them go."""

    badge: Badge
    count: int
    href: str
    chosen: bool


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows of the targets that answer; ``years`` is what its chart draws."""

    statuses: tuple[Standing, ...]
    tiles: tuple[Tile, ...]
    others: tuple[Standing, ...]
    untold: int
    years: Mapping[str, Any]
    undated: int
    metrics: tuple[tuple[str, str], ...]


def board_parts(every: Sequence[Aimed], query: Query) -> Board:
    """The parts of the board: each counts what all that is chosen leaves but its own choice."""
    by_status = _counted(_left(every, query, "status"), lambda one: (one.status,))
    by_place = _counted(_left(every, query, "province"), lambda one: one.provinces or ("",))
    by_year = _counted(_left(every, query, "year"), lambda one: (one.year,))
    by_metric = _counted(_left(every, query, "metric"), lambda one: one.metrics)
    return Board(
        statuses=tuple(_standing(query, slug, by_status[slug]) for slug in STATUSES),
        tiles=_tiles(by_place, query),
        others=_others(query, by_place),
        untold=by_place[""],
        years=years_chart({year: count for year, count in by_year.items() if year}, query),
        undated=by_year[""],
        metrics=tuple((name, f"{name} ({count})") for name, count in by_metric.most_common(_METRICS)),
    )


def chosen(every: Iterable[Aimed], query: Query) -> list[Aimed]:
    """The targets that have all that is chosen."""
    has = having(**{name: query.one(name) for name in CHOSEN})
    return [one for one in every if has(one)]


def level_of(count: int, most: int) -> int:
    """The class of a count among others, from 0 for nothing to 5 for the most.

    >>> level_of(0, 40), level_of(1, 40), level_of(40, 40)
    (0, 1, 5)
    """
    return 0 if not count else max(1, -(-count * _LEVELS // most))


def years_chart(counts: Mapping[str, int], query: Query) -> dict[str, Any]:
    """A bar for each year in which targets are due, in order; a click on one chooses it."""
    years = sorted(counts)
    return {
        "labels": [str(word("board.year", year=year)) for year in years],
        "values": [counts[year] for year in years],
        "unit": str(word("board.years_unit")),
        "links": [query.toggled("year", year).href for year in years],
    }


def _left(every: Iterable[Aimed], query: Query, but: str) -> list[Aimed]:
    return chosen(every, query.chosen(**{but: None}))


def _counted(every: Iterable[Aimed], values: Callable[[Aimed], Iterable[str]]) -> Counter[str]:
    return Counter(value for one in every for value in values(one))


def _standing(query: Query, slug: str, count: int) -> Standing:
    return Standing(
        badge=Badge(ledger_value_label(slug), tone_of(slug)),
        count=count,
        href=_turned(query, "status", slug),
        chosen=query.one("status") == slug,
    )


def _others(query: Query, counts: Counter[str]) -> tuple[Standing, ...]:
    """The country, and places that have no tile: the most first."""
    tiles = {each.code for each in provinces()}
    places = [code for code, _ in counts.most_common() if code and code not in tiles and code != COUNTRY_CODE]
    return tuple(
        Standing(
            badge=Badge(str(word("board.country")) if code == COUNTRY_CODE else place_label(code)),
            count=counts[code],
            href=_turned(query, "province", code),
            chosen=query.one("province") == code,
        )
        for code in (COUNTRY_CODE, *places[:_OTHERS])
    )


def _tiles(counts: Mapping[str, int], query: Query) -> tuple[Tile, ...]:
    most = max((counts[each.code] for each in provinces() if each.code in counts), default=0)
    return tuple(
        Tile(
            code=each.code,
            text=str(counts[each.code]),
            level=level_of(counts[each.code], most),
            href=_turned(query, "province", each.code),
            note=str(word("board.tile", region=coded_label("regions", each.code), count=counts[each.code])),
        )
        for each in provinces()
        if counts.get(each.code)
    )


def _turned(query: Query, name: str, value: str) -> str:
    """The address with this value alone, or without it where it is chosen."""
    return query.chosen(**{name: None if query.one(name) == value else value}).href
