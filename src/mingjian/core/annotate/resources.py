"""What is built and opened: scenarios, compute, data sets, funds."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

import msgspec

from mingjian.core.model.annotation import Quantity
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import (
    Compute,
    Dataset,
    Fund,
    Industry,
    Names,
    Normalized,
    Organisation,
    Parts,
    Region,
    Scenario,
)
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of_names
from mingjian.core.text.sentences import sentence_at

_LONG = 40  # a clause longer than this lists many things


class _Stated(msgspec.Struct, frozen=True):
    """A match in its clause, and who is named before it."""

    match: Match
    clause: Pair
    owner: Mention | None


def annotate_scenarios(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    names: Names,
    hits: Sequence[LexiconHit],
    industries: Sequence[Industry],
) -> tuple[Scenario, ...]:
    """The application scenarios that are opened, built or listed, in page order, with their names and sectors."""
    scenarios: list[Scenario] = []
    for stated in _stated(article, found.matches, names):
        action = stated.match.span("action") or (stated.match.start, stated.match.end)
        known = next((hit for hit in hits if stated.clause[0] <= hit.start and hit.end <= stated.clause[1]), None)
        sector, place = _sector(known, stated.clause, industries)
        count = (
            _quantity(quantities, stated.clause, found.settings["count_units"]) if stated.match.span("count") else None
        )
        scenarios.append(
            Scenario(
                evidence=cite(article.text, *stated.clause),
                by=stated.match.rule.id,
                parts=_parts(
                    owner=_pair(stated.owner),
                    action=action,
                    count=_number(count),
                    scenario=(known.start, known.end) if known else None,
                    sector=place,
                ),
                support=_support(article, stated),
                owner=_owner(stated),
                scenario=known.entry.name if known else None,
                sector=sector,
                action=article.text[slice(*action)],
                count=count.normal_value if count else None,
            )
        )
    return tuple(scenarios)


def _sector(known: LexiconHit | None, clause: Pair, industries: Sequence[Industry]) -> tuple[str | None, Pair | None]:
    """The section of the scenario, or of the only industry in the clause, and the words that say so."""
    if known is not None:
        return known.entry.fields["section"], (known.start, known.end)
    named = [
        (industry.gbt4754, pair)
        for industry in industries
        for pair in industry.mentions
        if industry.gbt4754 and clause[0] <= pair[0] and pair[1] <= clause[1]
    ]
    return named[0] if len({section for section, _ in named}) == 1 else (None, None)


def annotate_compute(
    article: Article, found: GroupFindings, statuses: GroupFindings, quantities: Sequence[Quantity], names: Names
) -> tuple[Compute, ...]:
    """The compute capacity of the body: centres, clusters, networks, sums of FLOPS, in page order."""
    facilities: list[Compute] = []
    for stated in _stated(article, found.matches, names):
        name = stated.match.span("name") or (stated.match.start, stated.match.end)
        capacity = _quantity(quantities, stated.clause, found.settings["capacity_units"])
        facilities.append(
            Compute(
                evidence=cite(article.text, *stated.clause),
                by=stated.match.rule.id,
                parts=_parts(owner=_pair(stated.owner), name=name, capacity=_number(capacity)),
                support=_support(article, stated),
                name=article.text[slice(*name)],
                capacity=_normalized(capacity),
                status=_status(article, stated, statuses),
                owner=_owner(stated),
            )
        )
    return tuple(facilities)


def annotate_datasets(
    article: Article, found: GroupFindings, statuses: GroupFindings, quantities: Sequence[Quantity], names: Names
) -> tuple[Dataset, ...]:
    """The data sets and corpora that are built, opened or asked for, in page order."""
    datasets: list[Dataset] = []
    for stated in _stated(article, found.matches, names):
        name = stated.match.span("name") or (stated.match.start, stated.match.end)
        size = _quantity(quantities, stated.clause, found.settings["size_units"])
        datasets.append(
            Dataset(
                evidence=cite(article.text, *stated.clause),
                by=stated.match.rule.id,
                parts=_parts(owner=_pair(stated.owner), name=name, size=_number(size)),
                support=_support(article, stated),
                name=article.text[slice(*name)],
                size=_normalized(size),
                status=_status(article, stated, statuses),
                owner=_owner(stated),
            )
        )
    return tuple(datasets)


def annotate_funds(
    article: Article, found: GroupFindings, statuses: GroupFindings, quantities: Sequence[Quantity], names: Names
) -> tuple[Fund, ...]:
    """The funds of the body with their amounts, in page order."""
    funds: list[Fund] = []
    for stated in _stated(article, found.matches, names):
        match = stated.match
        name = match.span("name") or (match.start, match.end)
        amount = _quantity(quantities, (match.start, match.end), found.settings["money_units"])
        region = stated.owner if stated.owner and isinstance(stated.owner.bearer, Region) else None
        funds.append(
            Fund(
                evidence=cite(article.text, *(match.span("stated") or (match.start, match.end))),
                by=match.rule.id,
                parts=_parts(name=name, amount=_number(amount), region=_pair(region)),
                support=(cite(article.text, *region.pair),) if region else (),
                name=article.text[slice(*name)],
                amount=amount.normal_value if amount else None,
                unit=amount.normal_unit if amount else None,
                status=_status(article, stated, statuses),
                region=region.bearer.name if region else None,
            )
        )
    return tuple(funds)


def _stated(article: Article, matches: Sequence[Match], names: Names) -> Iterator[_Stated]:
    """Each match with its clause and owner: one a clause, none in a heading, none in words that stood before."""
    mentions = mentions_of_names(names) if matches else ()
    taken = -1
    told: set[str] = set()
    for match in matches:
        sentence = sentence_at(article.sentences, match.start)
        if sentence is None or match.start < taken or article.body[sentence.block].role in HEADING_ROLES:
            continue
        clauses = clauses_between(article.folded, sentence.start, sentence.end)
        number = clause_number(clauses, match.start)
        clause = (clauses[number][0], max(clauses[number][1], match.end))
        if clause[1] - clause[0] > _LONG and clause[1] - clause[0] > 2 * (match.end - match.start):
            clause = (match.start, match.end)
        words = article.folded[slice(*clause)]
        if words not in told:
            told.add(words)
            taken = clause[1]
            yield _Stated(match, clause, _nearest(mentions, sentence.start, match.start))


def _nearest(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The organisation or region named nearest before, in the same sentence; an organisation first."""
    found = [mention for mention in mentions_between(mentions, start, end) if not _is_person(mention)]
    organisations = [mention for mention in found if isinstance(mention.bearer, Organisation)]
    chosen = organisations or found
    return chosen[-1] if chosen else None


def _is_person(mention: Mention) -> bool:
    return not isinstance(mention.bearer, Organisation | Region)


def _owner(stated: _Stated) -> str | None:
    return stated.owner.bearer.name if stated.owner else None


def _support(article: Article, stated: _Stated) -> tuple[Span, ...]:
    if stated.owner is None or stated.clause[0] <= stated.owner.start:
        return ()
    return (cite(article.text, *stated.owner.pair),)


def _status(article: Article, stated: _Stated, statuses: GroupFindings) -> str:
    """Done, a target, supported or asked for, by the words of the clause up to the match's end."""
    words = article.folded[stated.clause[0] : stated.match.end]
    for status, cue in statuses.cues.items():
        if cue.search(words):
            return status
    return "stated"


def _quantity(quantities: Sequence[Quantity], place: Pair, units: Container[str]) -> Quantity | None:
    for quantity in quantities:
        if place[0] <= quantity.start and quantity.end <= place[1] and quantity.normal_unit in units:
            return quantity
    return None


def _normalized(quantity: Quantity | None) -> Normalized | None:
    if quantity is None:
        return None
    most: Decimal | None = quantity.normal_max
    return Normalized(quantity.normal_value, most, quantity.normal_unit)


def _parts(**places: Pair | None) -> Parts:
    return {name: (place,) for name, place in places.items() if place is not None}


def _pair(mention: Mention | None) -> Pair | None:
    return mention.pair if mention else None


def _number(quantity: Quantity | None) -> Pair | None:
    return quantity.number if quantity else None
