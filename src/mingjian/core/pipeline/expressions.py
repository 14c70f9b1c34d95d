"""Times and quantities of any text, without a page round it."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, datetime

import msgspec

from mingjian.core.annotate.measured import annotate_measured
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor, Measured, TimeExpression
from mingjian.core.pipeline.findings import find_all
from mingjian.core.pipeline.naming import find_names
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.bare_text import article_of
from mingjian.core.text.calendar import bounds_of
from mingjian.core.text.profiles import DOCUMENT
from mingjian.core.text.scenes import read_scenes
from mingjian.errors import AnchorError

_PARTIAL = re.compile(r"(?P<year>(?!0000)[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2]))?")


class Expressions(msgspec.Struct, frozen=True):
    """The times of a text, and its quantities with what they measure."""

    times: tuple[TimeExpression, ...]
    quantities: tuple[Measured, ...]


def times(
    text: str, anchor: str | None = None, *, profile: str = DOCUMENT, book: Rulebook | None = None
) -> tuple[TimeExpression, ...]:
    """The time expressions of a text in order; every line is a paragraph, and relative dates count from ``anchor``.

    ``anchor``: an ISO day, an instant (``2025-03-05T09:00:00``), or a month or year that bounds it; without one,
    relative dates stay open. ``profile`` names the conventions (``profiles.toml``). Raises ``AnchorError`` for an
    anchor that is none, ``RuleError`` for a profile that there is not.

    >>> [(time.value, time.function) for time in times("到2027年，比去年增长", "2025-01-10")]
    [('2027', 'deadline'), ('2024', 'at')]
    """
    return annotate_times(article_of(text), book or bundled_rulebook(), anchor_at(anchor), profile)


def quantities(
    text: str, anchor: str | None = None, *, profile: str = DOCUMENT, model: str = "", book: Rulebook | None = None
) -> tuple[Measured, ...]:
    """The quantities of a text in order, each with what it measures; a date or a length of time is none.

    ``anchor`` is that of ``times``: it decides which times are to come. ``profile`` names the conventions
    (``profiles.toml``), ``model`` one of its ``quantity_models``; what is measured is read by the document profile
    alone. Raises ``AnchorError`` for an anchor that is none, ``RuleError`` for a profile that there is not.

    >>> text = "去年产值超过3000亿元"
    >>> [(text[slice(*found.metric)], found.quantity.comparator, str(found.quantity.normal_value),
    ...   found.quantity.normal_unit) for found in quantities(text)]
    [('产值', '>', '300000000000', 'CNY')]
    """
    book = book or bundled_rulebook()
    if profile == DOCUMENT:
        return expressions(text, anchor, book=book).quantities
    anchor_at(anchor)  # of no use here, but one that is none is an error under every profile
    return tuple(Measured(found) for found in annotate_quantities(article_of(text), book, (), profile, model))


def expressions(text: str, anchor: str | None = None, *, book: Rulebook | None = None) -> Expressions:
    """The times and the quantities of a text together, as the document profile reads them; see ``quantities``."""
    article, book, day = article_of(text), book or bundled_rulebook(), anchor_at(anchor)
    spoken = annotate_times(article, book, day)
    counted = annotate_quantities(article, book, spoken)
    if not counted:
        return Expressions(spoken, ())
    found = find_all(article, book)
    names = find_names(article, found)
    scenes = read_scenes(article, found.rules["figures"], counted, spoken, names, day)
    return Expressions(spoken, annotate_measured(counted, scenes, found.rules["measuring"]))


def anchor_at(words: str | None) -> Anchor:
    """The anchor that an ISO day, instant, month or year gives; a month or a year bounds it.

    >>> anchor_at("2024-02").latest
    '2024-02-29'
    """
    if not words:
        return Anchor(None, "unknown")
    partial = _PARTIAL.fullmatch(words)
    if partial is None:
        return Anchor(_checked(words), words)
    _must_have_neighbours(int(partial["year"]), words)
    bounds = bounds_of(int(partial["year"]), int(partial["month"]) if partial["month"] else None)
    return Anchor(None, words, None, *(day.isoformat() for day in bounds or ()))


def _checked(words: str) -> str:
    try:
        day = datetime.fromisoformat(words)
    except ValueError:
        raise AnchorError(words) from None
    _must_have_neighbours(day.year, words)
    return words


def _must_have_neighbours(year: int, words: str) -> None:
    """Silence for a year of the calendar that is neither its first nor its last: what stands beside those is no day."""
    if not MINYEAR < year < MAXYEAR:
        raise AnchorError(words)
