"""What companies do."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Actuality, CompanyAction, Names, Normalized, Organisation, Parts
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at
from mingjian.core.text.titles import titles_of

_LEAD_LENGTH = 16
_MANY = 60  # numbers of one clause that are looked at
_BACK = 6  # companies named before that 公司 may mean
_WIDTHS = {"day": 10, "month": 7, "year": 4}
_ACTUALITIES: tuple[Actuality, ...] = ("cancelled", "planned", "ongoing")


class _Field(msgspec.Struct, frozen=True):
    """What the actions of one page are read against."""

    article: Article
    found: GroupFindings
    times: Sequence[TimeExpression]
    quantities: Sequence[Quantity]
    companies: Sequence[Mention]
    organisations: Sequence[Mention]
    titled: Stretches
    called: Mention | None


class _Done(msgspec.Struct, frozen=True):
    """A match with the clauses of its sentence up to the one that holds it, and who acts."""

    match: Match
    clauses: Sequence[Pair]
    number: int
    company: Mention

    @property
    def clause(self) -> Pair:
        """The clause as far as the match reaches."""
        start, end = self.clauses[self.number]
        return start, max(end, self.match.end)


def annotate_company_actions(
    article: Article,
    found: GroupFindings,
    times: Sequence[TimeExpression],
    quantities: Sequence[Quantity],
    names: Names,
) -> tuple[CompanyAction, ...]:
    """What companies did, do or plan, in page order, one a clause."""
    acting = found.settings["companies"]
    companies = mentions_of(bearer for bearer in names.organisations if bearer.type in acting)
    if not companies or not found.matches:
        return ()
    called = next((one for one in companies if found.cues["called"].match(article.folded, one.end)), None)
    organisations = mentions_of(names.organisations)
    titled = Stretches(titles_of(article))
    field = _Field(article, found, times, quantities, companies, organisations, titled, called)
    actions: list[CompanyAction] = []
    taken = -1
    for match in found.matches:
        if match.start < taken or (done := _done(field, match)) is None:
            continue
        taken = done.clause[1]
        actions.append(_action(field, done))
    return tuple(actions)


def _done(field: _Field, match: Match) -> _Done | None:
    """The match with the company that acts; None where none does, or nothing is done."""
    article = field.article
    sentence = sentence_at(article.sentences, match.start)
    if sentence is None or article.body[sentence.block].role in HEADING_ROLES:
        return None
    if field.titled.holding(match.start, match.end) is not None:
        return None
    clauses = clauses_between(article.folded, sentence.start, sentence.end)
    number = clause_number(clauses, match.start)
    if match.start < clauses[number][0] or _unreal(field, match, clauses, number):
        return None
    company = _company(field, clauses[: number + 1], match)
    return _Done(match, clauses, number, company) if company is not None else None


def _unreal(field: _Field, match: Match, clauses: Sequence[Pair], number: int) -> bool:
    """Whether the words round the match say that nothing is done, or that it is only what something else is like."""
    cues, folded = field.found.cues, field.article.folded
    return (
        cues["unreal"].search(folded, clauses[number][0], match.start) is not None
        or cues["modifier"].match(folded, match.end) is not None
        or folded[clauses[-1][1] : clauses[-1][1] + 1] in ("?", "？")
        or cues["supposed"].match(folded, clauses[0][0]) is not None
    )


def _action(field: _Field, done: _Done) -> CompanyAction:
    article, match = field.article, done.match
    clause = _led(done, field.times)
    time = _time(field.times, clause[0], match.end)
    amount = _amount(field, done)
    partner = _partner(field, done)
    thing = match.span("object")
    company = done.company
    outside = [
        place for place in (company.pair, amount and amount.number)
        if place and not (clause[0] <= place[0] and place[1] <= clause[1])
    ]  # fmt: skip
    return CompanyAction(
        evidence=cite(article.text, *clause),
        by=match.rule.id,
        parts=_parts(
            company=company.pair,
            action=(match.start, match.end),
            date=(time.start, time.end) if time else None,
            object=thing,
            partner=partner.pair if partner else None,
            amount=amount.number if amount else None,
        ),
        support=tuple(cite(article.text, *place) for place in sorted(outside)),
        company=_name(company),
        action=article.text[match.start : match.end],
        date=time.date.start[: _WIDTHS[time.date.precision]] if time and time.date.start else None,
        kind=match.rule.fields["action"],
        object=article.text[slice(*thing)] if thing else None,
        partner=_name(partner) if partner else None,
        amount=Normalized(amount.normal_value, amount.normal_max, amount.normal_unit) if amount else None,
        actuality=_actuality(field, done),
    )


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


def _name(mention: Mention) -> str:
    bearer = mention.bearer
    return (bearer.canonical or bearer.name) if isinstance(bearer, Organisation) else bearer.name


def _actuality(field: _Field, done: _Done) -> Actuality:
    """Given up, planned or under way by the words from the clause's beginning to the end of the verb; else done."""
    verb = done.match.span("verb")
    end = verb[1] if verb else done.match.end
    begun = next((low for low, high in done.clauses if low <= done.company.start < high), done.clause[0])
    words = field.article.folded[begun:end]
    return next((name for name in _ACTUALITIES if field.found.cues[name].search(words)), "realised")


def _amount(field: _Field, done: _Done) -> Quantity | None:
    """The sum of money of the clause, or of the next one where that says the sum of it."""
    low, high = done.clause
    inside = _money(field, low, high)
    if inside is not None or done.number + 1 >= len(done.clauses):
        return inside
    start, end = done.clauses[done.number + 1]
    sums = field.found.cues["sum"].match(field.article.folded, start)
    return _money(field, start, end) if sums else None


def _money(field: _Field, start: int, end: int) -> Quantity | None:
    first = bisect_left(field.quantities, start, key=_start)
    held: Iterable[Quantity] = field.quantities[first : first + _MANY]
    return next((one for one in held if one.kind == "money" and one.end <= end), None)


def _start(one: Quantity | TimeExpression) -> int:
    return one.start


def _partner(field: _Field, done: _Done) -> Mention | None:
    """The organisation that the words right before it make a partner."""
    cue, folded = field.found.cues["with"], field.article.folded
    low, high = done.clause
    for one in mentions_between(field.organisations, low, high):
        if one.bearer is not done.company.bearer and cue.search(folded, max(low, one.start - 6), one.start):
            return one
    return None


def _company(field: _Field, clauses: Sequence[Pair], match: Match) -> Mention | None:
    """The company that acts: named before the verb, or meant by 公司, or the subject of an earlier clause."""
    folded, cues = field.article.folded, field.found.cues
    low = clauses[-1][0]
    here = [one for one in mentions_between(field.companies, low, match.end) if one.start < match.start]
    agent = next((one for one in here if cues["agent"].search(folded, low, one.start)), None)
    itself = cues["itself"].match(folded, low)
    if here and itself and agent is None:
        return _subject(field, clauses) or (here[0] if match.rule.fields.get("together") else None)
    if here:
        first = agent or here[0]
        if not cues["object"].search(folded, low, first.start):
            return first if first.end <= match.start else None
        if agent is None and match.rule.fields.get("together"):
            return _subject(field, clauses) or first
        return _subject(field, clauses) if not cues["causes"].search(folded, low, first.start) else None
    if not itself and (
        cues["causes"].search(folded, low, match.start) or cues["actor"].search(folded, low, match.start)
    ):
        return None
    return _subject(field, clauses)


def _subject(field: _Field, clauses: Sequence[Pair]) -> Mention | None:
    """The subject of the nearest earlier clause that begins with a company, or the one that 公司 means."""
    folded, cues = field.article.folded, field.found.cues
    start = clauses[0][0]
    for low, high in reversed(clauses[:-1]):
        before = mentions_between(field.companies, low, high)
        if before and before[0].start - low <= _LEAD_LENGTH:
            named = not any(cues[cue].search(folded, low, before[0].start) for cue in ("object", "causes"))
            return before[0] if named else None
        if cues["actor"].search(folded, low, high):
            return None
    if any(cues["itself"].match(folded, low) for low in {start, clauses[-1][0], *(one[0] for one in clauses[-2:-1])}):
        if field.called is not None:
            return field.called if field.called.start < start else None
        earlier = bisect_left(field.companies, (start,))
        meant = reversed(field.companies[max(0, earlier - _BACK) : earlier])
        return next((one for one in meant if not cues["object"].search(folded, max(0, one.start - 8), one.start)), None)
    return None


def _led(done: _Done, times: Sequence[TimeExpression]) -> Pair:
    """The clause with the date that leads it, where the clause before is no more than that."""
    clause = done.clause
    if done.number == 0:
        return clause
    low, high = done.clauses[done.number - 1]
    first = bisect_left(times, low, key=_start)
    covered = sum(time.end - time.start for time in times[first : first + _MANY] if time.end <= high)
    return (low, clause[1]) if high - low <= _LEAD_LENGTH and 2 * covered >= high - low else clause
