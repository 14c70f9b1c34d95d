"""Funds with their amounts, and funds that are set up."""

from __future__ import annotations

from collections.abc import Container

from mingjian.core.annotate.resources.stated import (
    Ground,
    Stated,
    name_of,
    number_of,
    pair_of,
    parts_of,
    quantities_in,
    quantity_in,
    stage_of,
    stated_in,
    status_of,
    support_of,
)
from mingjian.core.model.annotation import Quantity
from mingjian.core.model.facts import Organisation, Region
from mingjian.core.model.resources import Fund
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between

_STAGES = ("first-close", "closed", "planned", "raising", "set-up")


def annotate_funds(ground: Ground, found: GroupFindings) -> tuple[Fund, ...]:
    """The funds of the body with their amounts, in page order; not those that are sold to the public."""
    other = found.cues["other"]
    matches = [match for match in found.matches if not other.search(match.text)]
    return tuple(_fund(ground, found, stated) for stated in stated_in(ground, matches))


def _fund(ground: Ground, found: GroupFindings, stated: Stated) -> Fund:
    article, match = ground.article, stated.match
    name = match.span("name") or (match.start, match.end)
    place = match.span("stated") or (match.start, match.end)
    units = found.settings["money_units"]
    amount = _sum_of(ground, match, units) or _sum_behind(ground, found, stated)
    region = stated.region if stated.owner is stated.region or _holds(name, stated.region) else None
    manager = _manager(ground, found, stated)
    sectors = found.cues["sectors"].search(article.folded, *stated.scope)
    held = sectors.span("sectors") if sectors else None
    said = article.folded[name[0] : name[1]]
    return Fund(
        evidence=cite(article.text, *place),
        by=match.rule.id,
        parts=parts_of(
            name=name, amount=number_of(amount), region=pair_of(region), manager=pair_of(manager), sectors=held
        ),
        support=support_of(article, place, region),
        name=article.text[slice(*name)],
        amount=amount.normal_value if amount else None,
        unit=amount.normal_unit if amount else None,
        status=status_of(ground, stated),
        region=name_of(region),
        stage=stage_of(found, article.folded[stated.lead : stated.clause[1]], _STAGES),
        kind=next((kind for word, kind in found.settings["kinds"].items() if word in said), None),
        manager=name_of(manager),
        sectors=article.text[slice(*held)] if held else None,
    )


def _sum_of(ground: Ground, match: Match, units: Container[str]) -> Quantity | None:
    """The first amount that the match tells."""
    sums = [one for one in quantities_in(ground, (match.start, match.end)) if one.normal_unit in units]
    return sums[0] if sums else None


def _sum_behind(ground: Ground, found: GroupFindings, stated: Stated) -> Quantity | None:
    """The amount told of the fund in what follows of its sentence."""
    said = found.cues["sum-behind"].search(ground.article.folded, *stated.scope)
    return quantity_in(ground, (said.start(), stated.scope[1]), found.settings["money_units"]) if said else None


def _holds(name: Pair, region: Mention | None) -> bool:
    return (
        region is not None and isinstance(region.bearer, Region) and name[0] <= region.start and region.end <= name[1]
    )


def _manager(ground: Ground, found: GroupFindings, stated: Stated) -> Mention | None:
    """The organisation that the words before or behind it call the manager."""
    folded = ground.article.folded
    for one in mentions_between(ground.mentions, *stated.scope):
        if isinstance(one.bearer, Organisation) and (
            found.cues["manager-before"].search(folded, stated.scope[0], one.start)
            or found.cues["manager-behind"].match(folded, one.end)
        ):
            return one
    return None
