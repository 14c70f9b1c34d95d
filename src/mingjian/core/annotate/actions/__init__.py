"""What companies do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from mingjian.core.annotate.actions.actors import (
    LEAD_LENGTH,
    Actor,
    Field,
    Place,
    actor_at,
    field_of,
    name_of,
    place_of,
)
from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Actuality, Names, Normalized, Parts
from mingjian.core.model.resources import CompanyAction
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between

_MANY = 60  # numbers of one clause that are looked at
_WIDTHS = {"day": 10, "month": 7, "year": 4}
_OPENING = {"”": "“", "」": "「", "』": "『", "》": "《"}
_ACTUALITIES: tuple[Actuality, ...] = ("cancelled", "planned", "ongoing")


def annotate_company_actions(
    article: Article,
    found: GroupFindings,
    measured: tuple[Sequence[TimeExpression], Sequence[Quantity]],
    names: Names,
    title: str = "",
) -> tuple[CompanyAction, ...]:
    """What companies did, do or plan, in page order, one a clause; ``title`` is the page's own, folded."""
    field = field_of(article, found, measured, names, title)
    actions: list[CompanyAction] = []
    taken = -1
    for match in found.matches if field else ():
        place = place_of(field, match) if field and match.start >= taken else None
        if field is None or place is None or _unreal(field, place) or (company := actor_at(field, place)) is None:
            continue
        taken = place.clause[1]
        actions.append(_action(field, place, company))
    return tuple(actions)


def _unreal(field: Field, place: Place) -> bool:
    """Whether a heading or title holds the match, or the words round it say that nothing is done, or not by anyone."""
    article, cues, match = field.article, field.found.cues, place.match
    folded, clauses = article.folded, place.clauses
    end = place.behind[-1][1] if place.behind else clauses[-1][1]
    return (
        match.start < clauses[-1][0]
        or article.body[place.block].role in HEADING_ROLES
        or field.titled.holding(match.start, match.end) is not None
        or cues["unreal"].search(folded, clauses[-1][0], match.start) is not None
        or cues["obliged"].search(folded, clauses[-1][0], match.end) is not None
        or cues["directed"].search(folded, clauses[0][0], match.start) is not None
        or _in_a_phrase(field, match)
        or cues["modifier"].match(folded, match.end) is not None
        or folded[end : end + 1] in ("?", "？")
        or cues["supposed"].match(folded, clauses[0][0]) is not None
    )


def _in_a_phrase(field: Field, match: Match) -> bool:
    """Whether the thing that something is said of stands in a phrase of its own: 随设备交付, 自系统上线."""
    thing = match.span("object")
    if thing is None or thing[0] != match.start:
        return False
    return (
        field.found.cues["thing-before"].search(field.article.folded, max(0, match.start - 4), match.start) is not None
    )


def _action(field: Field, done: Place, company: Actor) -> CompanyAction:
    article, match = field.article, done.match
    clause = _led(done, field.times)
    time = _time(field.times, clause[0], match.end)
    amount = _amount(field, done)
    partner = _partner(field, done, company)
    thing = _whole(article.text, match.span("object"))
    done_at = _done_at(match, company, thing)
    outside = [
        place for place in (company.pair, amount and amount.number)
        if place and not (clause[0] <= place[0] and place[1] <= clause[1])
    ]  # fmt: skip
    return CompanyAction(
        evidence=cite(article.text, *clause),
        by=match.rule.id,
        parts=_parts(
            company=company.pair,
            action=done_at,
            date=(time.start, time.end) if time else None,
            object=thing,
            partner=partner.pair if partner else None,
            amount=amount.number if amount else None,
        ),
        support=tuple(cite(article.text, *place) for place in sorted(outside)),
        company=company.name,
        action=article.text[slice(*done_at)],
        date=time.date.start[: _WIDTHS[time.date.precision]] if time and time.date.start else None,
        kind=match.rule.fields["action"],
        object=article.text[slice(*thing)] if thing else None,
        partner=name_of(partner) if partner else None,
        amount=Normalized(amount.normal_value, amount.normal_max, amount.normal_unit) if amount else None,
        actuality=_actuality(field, done, company),
    )


def _whole(text: str, thing: Pair | None) -> Pair | None:
    """The words for the thing without space before them, with the rest of a Latin word and a closing mark."""
    if thing is None:
        return None
    start, end = thing
    while start < end and text[start].isspace():
        start += 1
    while end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]):
        end += 1
    opening = _OPENING.get(text[end : end + 1])
    if opening and text.count(opening, start, end) > text.count(text[end], start, end):
        end += 1
    return start, end


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def _done_at(match: Match, company: Actor, thing: Pair | None) -> Pair:
    """The words for what is done, none of which are of the company's own name: of …有限公司成立 it is 成立."""
    founded = match.span("founded")
    start = founded[0] if founded is not None and company.pair[0] < match.start < company.pair[1] else match.start
    return start, max(match.end, thing[1] if thing is not None else 0)


def _time(times: Sequence[TimeExpression], start: int, end: int) -> TimeExpression | None:
    """The first day, month or year of the place: 近日 is none of them."""
    first = bisect_left(times, start, key=_start)
    for time in times[first : first + _MANY]:
        if time.end > end:
            return None
        if time.function == "at" and time.date.start and time.date.precision in _WIDTHS:
            return time
    return None


def _parts(**places: Pair | None) -> Parts:
    return {name: (place,) for name, place in places.items() if place is not None}


def _actuality(field: Field, done: Place, company: Actor) -> Actuality:
    """Given up, planned or under way by the words from the clause's beginning to the end of the verb; else done."""
    verb = done.match.span("verb")
    end = verb[1] if verb else done.match.end
    begun = next((low for low, high in done.clauses if low <= company.start < high), done.clause[0])
    words = field.article.folded[begun:end]
    return next((name for name in _ACTUALITIES if field.found.cues[name].search(words)), "realised")


def _amount(field: Field, done: Place) -> Quantity | None:
    """The sum of money of the clause, or of the next one where that says the sum of it."""
    low, high = done.clause
    inside = _money(field, low, high)
    if inside is not None or not done.behind:
        return inside
    start, end = done.behind[0]
    sums = field.found.cues["sum"].match(field.article.folded, start)
    return _money(field, start, end) if sums else None


def _money(field: Field, start: int, end: int) -> Quantity | None:
    first = bisect_left(field.quantities, start, key=_start)
    held: Iterable[Quantity] = field.quantities[first : first + _MANY]
    return next((one for one in held if one.kind == "money" and one.end <= end), None)


def _start(one: Quantity | TimeExpression) -> int:
    return one.start


def _partner(field: Field, done: Place, company: Actor) -> Mention | None:
    """The organisation that the words right before it make a partner."""
    cue, folded = field.found.cues["with"], field.article.folded
    low, high = done.clause
    for one in mentions_between(field.organisations, low, high):
        if name_of(one) != company.name and cue.search(folded, max(low, one.start - 6), one.start):
            return one
    return None


def _led(done: Place, times: Sequence[TimeExpression]) -> Pair:
    """The clause with the date that leads it, where the clause before is no more than that."""
    clause = done.clause
    if len(done.clauses) == 1:
        return clause
    low, high = done.clauses[-2]
    first = bisect_left(times, low, key=_start)
    covered = sum(time.end - time.start for time in times[first : first + _MANY] if time.end <= high)
    return (low, clause[1]) if high - low <= LEAD_LENGTH and 2 * covered >= high - low else clause
