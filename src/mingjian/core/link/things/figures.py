"""Numbers as evidence: how much one tells, whether it is another one rounded, whether two were told at one time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from mingjian.core.link.things.identities import identity_settings


@lru_cache(maxsize=65536)
def significant(value: str) -> int:
    """How many significant digits a number has, as far as it tells.

    >>> significant("286000000000"), significant("27.60"), significant("200"), significant("0.06")
    (3, 3, 1, 1)
    """
    digits = value.partition("~")[0].replace("-", "")
    whole = digits.rstrip("0") if "." not in digits else digits.rstrip("0").replace(".", "")
    return len(whole.replace(".", "").lstrip("0"))


@lru_cache(maxsize=65536)
def is_rounded(rough: str, exact: str, least: int | None = None) -> bool:
    """Whether the rough number is the exact one with fewer digits, rounded or cut; ``least``: of no fewer digits.

    >>> is_rounded("2900", "2860"), is_rounded("3500", "3512"), is_rounded("3000", "3512"), is_rounded("28", "27.6")
    (True, True, False, True)
    """
    try:
        first, second = Decimal(rough), Decimal(exact)
    except InvalidOperation:
        return False
    digits = significant(rough)
    if (
        not first
        or not second
        or digits < (least or identity_settings().figures.specific)
        or digits >= significant(exact)
    ):
        return False
    step = Decimal(1).scaleb(first.adjusted() - digits + 1)
    return abs(first - second) < step


def days_apart(first: str | None, second: str | None) -> int | None:
    """The days from the first ISO day to the second; nothing where one is not told.

    >>> days_apart("2028-12-31", "2029-01-15")
    15
    """
    if first is None or second is None:
        return None
    return (date.fromisoformat(second) - date.fromisoformat(first)).days


def told_within(first: str | None, second: str | None, days: int) -> bool:
    """Whether both days are told and no more than so many lie between them."""
    between = days_apart(first, second)
    return between is not None and abs(between) <= days


def of_one_time(first: str | None, second: str | None, told: tuple[str | None, str | None]) -> bool:
    """Whether two numbers may hold as of one day: of one that tells none, the day on which it was published is asked.

    It was published within a year after the day of the other; two that tell none were published at about one time.
    """
    settings = identity_settings().figures
    if first is not None and second is not None:
        return first == second
    if first is None and second is None:
        return told_within(*told, settings.season)
    between = days_apart(first, told[1]) if second is None else days_apart(second, told[0])
    return between is not None and 0 <= between <= settings.year


def weeks_of(day: str | None, days: int) -> tuple[int, ...]:
    """Two numbers, of which two days that are no more than so many apart have one in common.

    >>> weeks_of("2029-01-15", 7), weeks_of("2029-01-19", 7), weeks_of(None, 7)
    ((105818, 105819), (105818, 105819), ())
    """
    if day is None:
        return ()
    number = date.fromisoformat(day).toordinal() // days
    return (number, number + 1)
