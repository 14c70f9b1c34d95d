"""What a policy does or asks: subsidies, vouchers, procurement, tasks with who leads and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article, Sentence
from mingjian.core.model.facts import Measure, Names, Normalized, Parts, TimeBound
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import mentions_between, mentions_of
from mingjian.core.text.sentences import sentence_at


class _Stated(msgspec.Struct, frozen=True):
    """What the words round a measure say of it."""

    lead: tuple[Pair, ...]
    beneficiary: Pair | None
    amount: Quantity | None
    deadline: TimeExpression | None


def annotate_measures(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
) -> tuple[Measure, ...]:
    """The measures of the body in page order, one an instrument and clause."""
    measures: list[Measure] = []
    leads = [match for match in found.matches if match.rule.fields.get("role") == "lead"]
    taken: dict[str, int] = {}
    for match in found.matches:
        sentence = sentence_at(article.sentences, match.start)
        if match in leads or sentence is None or article.body[sentence.block].role in HEADING_ROLES:
            continue
        clauses = clauses_between(article.folded, sentence.start, sentence.end)
        number = clause_number(clauses, match.start)
        clause = (clauses[number][0], max(clauses[number][1], match.end))
        instrument = match.rule.fields["instrument"]
        if taken.get(instrument, -1) > match.start:
            continue
        taken[instrument] = clause[1]
        who = found.cues["beneficiary"].search(article.folded, *clause)
        stated = _Stated(
            _lead(article, leads, sentence, names, found.cues["lead-marks"]),
            who.span("who") if who else None,
            _amount(quantities, clause, found.settings["money_units"]),
            _deadline(times, sentence),
        )
        measures.append(_measure(article, match, clause, stated))
    return tuple(measures)


def _measure(article: Article, match: Match, clause: Pair, stated: _Stated) -> Measure:
    who, amount, deadline = stated.beneficiary, stated.amount, stated.deadline
    parts: Parts = {"action": ((match.start, match.end),)}
    if stated.lead:
        parts["lead"] = stated.lead
    if who:
        parts["beneficiary"] = (who,)
    if amount:
        parts["amount"] = (amount.number,)
    if deadline:
        parts["deadline"] = ((deadline.start, deadline.end),)
    text = article.text
    others = parts.get("lead", ()) + parts.get("deadline", ())
    outside = [pair for pair in others if not clause[0] <= pair[0] < clause[1]]
    return Measure(
        evidence=cite(text, *clause),
        by=match.rule.id,
        parts=parts,
        support=tuple(cite(text, *pair) for pair in outside),
        action=text[match.start : match.end],
        instrument=match.rule.fields["instrument"],
        lead=tuple(text[start:end] for start, end in stated.lead),
        beneficiary=text[slice(*who)] if who else None,
        amount=Normalized(amount.normal_value, amount.normal_max, amount.normal_unit) if amount else None,
        deadline=_bound(text, deadline) if deadline else None,
    )


def _bound(text: str, deadline: TimeExpression) -> TimeBound:
    return TimeBound(text[deadline.start : deadline.end], deadline.date.end, deadline.date.basis)


def _amount(quantities: Sequence[Quantity], clause: Pair, units: Sequence[str]) -> Quantity | None:
    """The sum of money that the clause names."""
    for quantity in quantities:
        if clause[0] <= quantity.start and quantity.end <= clause[1] and quantity.normal_unit in units:
            return quantity
    return None


def _deadline(times: Sequence[TimeExpression], sentence: Sentence) -> TimeExpression | None:
    """The deadline that the sentence sets."""
    for time in times:
        if time.function == "deadline" and sentence.start <= time.start and time.end <= sentence.end:
            return time
    return None


def _lead(
    article: Article, leads: Sequence[Match], sentence: Sentence, names: Names, marks: re.Pattern[str]
) -> tuple[Pair, ...]:
    """Who leads: named in the brackets that close the paragraph, or by 由…牵头 in the sentence itself."""
    block = article.body[sentence.block]
    for match in leads:
        place = match.span("lead")
        if place is None or not sentence.start <= match.start < block.end:
            continue
        if match.rule.id == "measure.lead-by" and match.start >= sentence.end:
            continue
        named = mentions_between(mentions_of(names.organisations), *place)
        return tuple(mention.pair for mention in named) or _listed(article, place, marks)
    return ()


def _listed(article: Article, place: Pair, marks: re.Pattern[str]) -> tuple[Pair, ...]:
    """The items of a list of offices."""
    found: list[Pair] = []
    start = place[0]
    for mark in marks.finditer(article.folded, *place):
        found.append((start, mark.start()))
        start = mark.end()
    found.append((start, place[1]))
    return tuple(item for item in found if item[1] > item[0])
