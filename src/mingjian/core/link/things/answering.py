"""Which things answer what is asked, and in which order they and their mentions stand: the same for all books."""

from __future__ import annotations

from collections.abc import Iterable

from mingjian.core.books import Asked
from mingjian.core.link.things.tallying import last_told, standing_of, written_standing
from mingjian.core.model.ledger.cells import Facets, Filed
from mingjian.core.model.things import Member, PageCard, Thing

_LAST = "9999"
_CODE = 6  # digits of a place in the country


def may_answer(asked: Asked, thing: Thing, filed: Filed) -> bool:
    """Whether the thing may answer: of what depends on the day asked about, ``core.ledger`` looks again."""
    day = day_in_lists(asked, filed)
    return (
        day is not None
        and (not asked.ahead or asked.since is None or day >= asked.since)
        and _shares(asked.types, filed.types)
        and (not asked.statuses or _may_have(asked, filed, day))
        and (not asked.standings or (filed.dated and written_standing(standing_of(filed)) in asked.standings))
        and (filed.disputed or not asked.disputed)
        and answers(asked, thing, filed)
    )


def _may_have(asked: Asked, filed: Filed, day: str) -> bool:
    """Whether its row may have one of the statuses on the day asked about, where it stands in lists by this one."""
    return (
        _shares(asked.statuses, filed.statuses)
        or (_shares(asked.statuses, filed.coming) and (asked.on is None or asked.on <= day))
        or (_shares(asked.statuses, filed.over) and (asked.on is None or asked.on >= day))
    )


def answers(asked: Asked, thing: Thing, facets: Facets) -> bool:
    """Whether a row of the thing with these facets answers, but for its status and what its mentions call it."""
    return (
        (facets.ai or not asked.ai)
        and _shares(asked.issuers, facets.issuers)
        and _shares(asked.sources, facets.sources)
        and _shares(asked.technologies, facets.technologies)
        and _shares(asked.industries, facets.industries)
        and (not asked.regions or any(lies_in(code, place) for place in asked.regions for code in facets.regions))
        and lies_between(asked.since, asked.until, facets)
        and all(word in thing.name for word in asked.words)
        and (asked.as_of is None or thing.first_published is None or thing.first_published <= asked.as_of)
    )


def _shares(asked: Iterable[str], held: tuple[str, ...]) -> bool:
    asked = tuple(asked)
    return not asked or any(one in held for one in asked)


def lies_in(code: str, place: str) -> bool:
    """Whether a place lies in another, by their codes of GB/T 2260.

    The country and other countries have codes of three digits: no place lies in them, and they lie in none.

    >>> lies_in("440300", "440000"), lies_in("440000", "440300"), lies_in("440305", "440300"), lies_in("156", "150000")
    (True, False, True, False)
    """
    return code == place or (len(code) == len(place) == _CODE and code.startswith(shared_digits(place)))


def shared_digits(place: str) -> str:
    """The digits with which the codes of all that lies in a place begin.

    >>> shared_digits("440000"), shared_digits("440300"), shared_digits("156")
    ('44', '4403', '156')
    """
    return place.removesuffix("00").removesuffix("00") if len(place) == _CODE else place


def lies_between(since: str | None, until: str | None, facets: Facets) -> bool:
    """Whether it may have happened (or be due) between two days, both inclusive; what is not dated did not."""
    if since is None and until is None:
        return True
    first, last = facets.happened_from, facets.happened_to or facets.happened_from
    if first is None and last is None:
        return False
    return (since is None or (last or _LAST) >= since) and (until is None or (first or "") <= until)


def in_order(thing: Thing, facets: Facets) -> tuple[object, ...]:
    """Where the thing stands in lists: what happened last first, what is not dated behind."""
    return _place(thing, last_told(facets))


def order_of(asked: Asked, thing: Thing, filed: Filed) -> tuple[object, ...]:
    """Where the thing stands in the answer to a question."""
    return _place(thing, day_in_lists(asked, filed) or "")


def day_in_lists(asked: Asked, filed: Filed) -> str | None:
    """The ISO day by which a thing stands in the answer, empty for what is not dated; nothing if it was not known."""
    if not asked.ahead or asked.on is None:
        return last_told(filed)
    known = [step.day for step in filed.steps if step.known <= asked.on]
    return known[-1] if known else None


def _place(thing: Thing, day: str) -> tuple[object, ...]:
    return (not day, tuple(-ord(sign) for sign in day), thing.name, thing.id)


def in_time(member: Member) -> tuple[object, ...]:
    """Where a mention stands among those of its thing: published first first, without a date last."""
    page = member.page
    return (page.published_from or _LAST, page.published_to or _LAST, member.ref)


def first_told(thing: Thing) -> tuple[str, str, str]:
    """Where a thing stands among others that are told of: published first first; ids, which say nothing, come last."""
    return (thing.first_published or _LAST, thing.name, thing.id)


def was_known(page: PageCard, day: str) -> bool:
    """Whether a page is known to have been published by a day."""
    known = known_from(page)
    return known is not None and known <= day


def known_from(page: PageCard) -> str | None:
    """The ISO day from which on a page is known to have been published; nothing where it does not say."""
    return page.published_to or page.published_from


def was_added(page: PageCard, day: str | None) -> bool:
    """Whether a page had come into the workspace by the end of a day; any had, where none is asked."""
    return day is None or page.added[: len(day)] <= day
