"""What a policy does or asks: subsidies, vouchers, procurement, tasks with who leads and by when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

import msgspec

from mingjian.core.annotate.measures.parties import Offices, Parties, beneficiary_of, by_role, is_of_firm, parties_of
from mingjian.core.annotate.measures.statements import Statement, is_slogan, statements_in
from mingjian.core.annotate.measures.tense import Day, is_over
from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Measure, Names, Normalized, Parts, TimeBound
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.mentions import mentions_of

_START = attrgetter("start")


class _Stated(msgspec.Struct, frozen=True):
    """What the words round a measure say of it."""

    parties: Parties
    beneficiary: Pair | None = None
    amount: Quantity | None = None
    deadline: TimeExpression | None = None


def annotate_measures(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    today: str | None = None,
) -> tuple[Measure, ...]:
    """The measures of the body in page order; ``today`` is the day of the page, before which things were done."""
    leads = by_role(found.matches)
    offices = Offices(mentions_of((*names.organisations, *names.regions)), leads, found.cues)
    measures: list[Measure] = []
    parties = Parties()
    for statement in statements_in(article, found):
        parties = parties_of(article, statement, offices, parties)
        if not parties.named and is_of_firm(article, statement, offices):
            continue
        willed = found.cues["willed"].search(article.folded, *statement.place)
        day = Day(today, statement.match.start, found.settings["unbounded"])
        if not willed and is_over(article, times, statement.up_to, day):
            continue
        who = beneficiary_of(article, statement, parties.lead, found.cues)
        amount = _amount(quantities, statement, who, found.settings["money_units"])
        stated = _Stated(parties, who, amount, _deadline(article, times, statement, found.cues["due"]))
        if statement.match.rule.fields.get("task"):
            if parties.lead:
                measures.append(_measure(article, statement, stated))
            continue
        told = bool(who or amount or stated.deadline or parties.lead)
        if parties.named or not is_slogan(article, statement, found.cues, told=told):
            measures.append(_measure(article, statement, stated))
    return tuple(measures)


def _measure(article: Article, statement: Statement, stated: _Stated) -> Measure:
    match, text = statement.match, article.text
    action = match.span("action") or (match.start, match.end)
    low, high = statement.place
    who, amount, deadline = stated.beneficiary, stated.amount, stated.deadline
    start = action[0] if match.rule.fields.get("task") else match.start
    parts: Parts = {"action": ((start, action[1]),)}
    parts |= {name: pairs for name in ("lead", "assisting") if (pairs := getattr(stated.parties, name))}
    if who:
        parts["beneficiary"] = (who,)
    if amount:
        parts["amount"] = (amount.number,)
    if deadline:
        parts["deadline"] = ((deadline.start, deadline.end),)
    outside = [pair for pairs in parts.values() for pair in pairs if not (low <= pair[0] and pair[1] <= high)]
    return Measure(
        evidence=cite(text, low, high),
        by=match.rule.id,
        parts=parts,
        support=tuple(cite(text, *pair) for pair in outside),
        action=text[start : action[1]],
        instrument=match.rule.fields["instrument"],
        lead=tuple(text[slice(*pair)] for pair in stated.parties.lead),
        assisting=tuple(text[slice(*pair)] for pair in stated.parties.assisting),
        beneficiary=text[slice(*who)] if who else None,
        amount=Normalized(amount.normal_value, amount.normal_max, amount.normal_unit) if amount else None,
        deadline=_bound(text, deadline) if deadline else None,
    )


def _bound(text: str, deadline: TimeExpression) -> TimeBound:
    return TimeBound(text[deadline.start : deadline.end], deadline.date.end, deadline.date.basis)


def _amount(
    quantities: Sequence[Quantity], statement: Statement, who: Pair | None, units: Sequence[str]
) -> Quantity | None:
    """The sum of money that the measure names, other than one by which it says who qualifies."""
    low, high = statement.place
    for quantity in quantities[bisect_left(quantities, low, key=_START) : bisect_left(quantities, high, key=_START)]:
        if who and who[0] <= quantity.start < who[1]:
            continue
        if quantity.end <= high and quantity.normal_unit in units:
            return quantity
    return None


def _deadline(
    article: Article, times: Sequence[TimeExpression], statement: Statement, due: re.Pattern[str]
) -> TimeExpression | None:
    """The deadline in the words of the measure, or the one that its sentence set before."""
    low, high = statement.place
    found = None
    first = bisect_left(times, statement.sentence.start, key=_START)
    for time in times[first : bisect_left(times, high, key=_START)]:
        if time.end > high:
            continue
        if time.function == "deadline":
            found = time
        elif time.start >= low and time.function == "at" and time.type == "DATE":
            found = found or (time if due.match(article.folded, time.end, high) else None)
        if found and found.start >= low:
            return found
    return found
