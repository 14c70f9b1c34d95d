"""What companies do: one round of money, one release of one product, one agreement, in whatever words it is told."""

from __future__ import annotations

import msgspec

from mingjian.core.link.things.figures import days_apart, told_within
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.wording import both, likeness, plain, shorter_of
from mingjian.core.model.resources import CompanyAction
from mingjian.core.model.things import OPEN, Verdict

_OPENED = "open"
_WHOLE_DAY = 10  # characters of an ISO day


class Act(msgspec.Struct, frozen=True, gc=False):
    """What of a company's action decides which it is, beside the company and the sentence.

    ``does`` is its kind, ``object`` what it is done to, ``date`` the ISO day, month or year, ``named`` the round of
    money or the product without what the page says of it, and ``amount`` the sum; ``told`` the day of the page.
    """

    does: str | None
    object: str
    date: str
    named: str = ""
    amount: str = ""
    told: str | None = None


def act_of(action: CompanyAction, told: str | None) -> Act:
    """The parts of an action that are compared."""
    cues = identity_cues()
    opened = action.kind == "release" and cues["opens-source"].search(action.action) is not None
    return Act(
        does=f"{action.kind} {_OPENED}" if opened else action.kind,
        object=plain(action.object or ""),
        date=action.date or "",
        named=_named(action),
        amount="" if action.amount is None else f"{action.amount.value.normalize():f} {action.amount.unit}",
        told=told,
    )


def _named(action: CompanyAction) -> str:
    """The round of money, or the product in quotation marks without the maker's name before it."""
    cues = identity_cues()
    if action.kind == "raise":
        told = (plain(action.object or ""), plain(action.evidence.text))
        rounds = (dict.fromkeys(found["round"] for found in cues["round"].finditer(words)) for words in told)
        return next((next(iter(each)) for each in rounds if len(each) == 1), "")
    found = cues["product"].search(action.object or "") if action.kind == "release" else None
    return "" if found is None else plain(found["bare"] or found["name"] + (found["version"] or ""))


def keys_of_act(who: str | None, act: Act) -> tuple[str, ...]:
    """By what the same action in other words is found."""
    if who is None:
        return ()
    least = identity_settings().statements.object
    agreement = (f"{who} {act.does}",) if act.does == "sign" else ()
    return (*(f"{who} {each}" for each in (act.object, act.named) if len(each) >= least), *agreement)


def same_act(first: Act, second: Act) -> Verdict:
    """Whether one company does the same to one thing, at times that agree."""
    if first.does is None or first.does != second.does or _at_other_times(first, second):
        return OPEN
    dated = first.date and second.date
    if dated and first.object and first.object == second.object:
        return Verdict("same", "same-action", 60, (first.object,))
    if first.named or second.named:
        return _of_one_name(first, second)
    return _one_agreement(first, second) if first.does == "sign" else OPEN


def _of_one_name(first: Act, second: Act) -> Verdict:
    if not first.named or not second.named:
        return OPEN
    if first.named != second.named:
        return Verdict("apart", "other-name", 0, both(first.named, second.named))
    if first.amount and second.amount and first.amount != second.amount:
        return OPEN
    return Verdict("same", "same-action", 65, (first.named,))


def _at_other_times(first: Act, second: Act) -> bool:
    """Whether both tell when, and the one is no part of the other."""
    if not first.date or not second.date:
        return False
    if first.date.startswith(second.date) or second.date.startswith(first.date):
        return False
    days = _days_between(first.date, second.date)
    return days is None or abs(days) > 1


def _days_between(first: str, second: str) -> int | None:
    return days_apart(first, second) if len(first) == len(second) == _WHOLE_DAY else None


def _one_agreement(first: Act, second: Act) -> Verdict:
    """Agreements that are described alike, in the news of about one time."""
    settings = identity_settings()
    ones, others = (identity_cues()["agreement"].sub("", each.object) for each in (first, second))
    long = min(len(ones), len(others)) >= settings.figures.metric
    if not long or likeness(ones, others) < settings.figures.described:
        return OPEN
    near = told_within(first.told, second.told, settings.figures.month)
    return Verdict("same", "same-action", 50, (shorter_of(first.object, second.object),)) if near else OPEN
