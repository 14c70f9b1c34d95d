"""Compute capacity: centres, clusters, networks, sums of FLOPS."""

from __future__ import annotations

import re

from mingjian.core.annotate.resources.stated import (
    Ground,
    Stated,
    figure_behind,
    name_of,
    normalized,
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
from mingjian.core.model.resources import Compute
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match

_NEAR = 40  # characters between a facility and what tells its capacity
_SENTENCE_ENDS = frozenset("。；;\n")
_STAGES = ("planned", "building", "in-service")


def annotate_compute(ground: Ground, found: GroupFindings) -> tuple[Compute, ...]:
    """The compute capacity of the body, in page order; a capacity told of a facility right behind it is that one's."""
    facilities: list[Compute] = []
    before: Stated | None = None
    matches = [match for match in found.matches if not match.rule.fields.get("phase") or _placed(ground, found, match)]
    for stated in stated_in(ground, matches, found.cues["phase"]):
        told = before is not None and _beside(ground, stated, before)
        whole = facilities and facilities[-1].capacity is not None
        if before is not None and told and not whole and _tells_of(ground, found, stated, before):
            facilities[-1] = _facility(ground, found, before, (before.clause[0], stated.clause[1]))
        elif not (stated.match.rule.fields.get("joined") or (told and whole and stated.match.rule.fields.get("bare"))):
            facilities.append(_facility(ground, found, stated, stated.clause))
            before = stated
    return tuple(facilities)


def _placed(ground: Ground, found: GroupFindings, match: Match) -> bool:
    """Whether a phase is one of a compute centre: its name says so, or the site that was named last before it."""
    folded, site = ground.article.folded, found.cues["site"]
    name = match.span("name") or (match.start, match.end)
    own = site.search(folded, *name)
    if own is not None and own["compute"]:
        return True
    before = site.finditer(folded, max(0, name[0] - found.settings["phase_reach"]), name[0] + 1)
    last = max(before, key=re.Match.end, default=None)
    return last is not None and last["compute"] is not None


def _beside(ground: Ground, stated: Stated, before: Stated) -> bool:
    """Whether this stands near behind the other in the same sentence."""
    end, start = before.clause[1], stated.clause[0]
    return end <= start <= end + _NEAR and not _SENTENCE_ENDS & set(ground.article.folded[end:start])


def _tells_of(ground: Ground, found: GroupFindings, stated: Stated, before: Stated) -> bool:
    """Whether this is the bare capacity of the facility named before it."""
    facility = found.cues["facility"].search(ground.article.folded, *before.clause)
    return bool(facility and found.cues["its-capacity"].match(ground.article.folded, stated.clause[0]))


def _facility(ground: Ground, found: GroupFindings, stated: Stated, clause: Pair) -> Compute:
    article = ground.article
    name = stated.match.span("name") or (stated.match.start, stated.match.end)
    words, status = article.folded[slice(*clause)], status_of(ground, stated)
    scope = (clause[0], max(clause[1], stated.scope[1]))
    capacity = quantity_in(ground, clause, found.settings["capacity_units"])
    precision = _precision(ground, found, clause, capacity)
    rates = {cue: figure_behind(ground, found, cue, scope) for cue in ("renewable", "pue")}
    counts = {cue: _equipment(ground, found.cues[cue], clause) for cue in ("accelerators", "racks")}
    places = {key: number_of(one) for key, one in {**rates, **counts, "capacity": capacity}.items()}
    return Compute(
        evidence=cite(article.text, *clause),
        by=stated.match.rule.id,
        parts=parts_of(
            owner=pair_of(stated.owner), region=pair_of(stated.region), name=name, precision=precision, **places
        ),
        support=support_of(article, clause, stated.owner, stated.region),
        name=article.text[slice(*name)],
        capacity=normalized(capacity),
        status=status,
        owner=name_of(stated.owner),
        region=name_of(stated.region),
        stage=_stage(found, words, status),
        kind=next((kind for said, kind in found.settings["kinds"].items() if said in words), None),
        precision=article.text[slice(*precision)] if precision else None,
        accelerators=counts["accelerators"].normal_value if counts["accelerators"] else None,
        racks=counts["racks"].normal_value if counts["racks"] else None,
        renewable=normalized(rates["renewable"]),
        pue=normalized(rates["pue"]),
    )


def _stage(found: GroupFindings, words: str, status: str) -> str | None:
    """How far it has come; what is supported or asked for is not there yet, whatever else its words say."""
    if status == "target":
        return "planned"
    return None if status in ("supported", "directed") else stage_of(found, words, _STAGES)


def _precision(ground: Ground, found: GroupFindings, clause: Pair, capacity: Quantity | None) -> Pair | None:
    """The words that say how exactly the capacity is counted."""
    if capacity is None:
        return None
    said = found.cues["precision"].search(ground.article.folded, *clause)
    return said.span() if said else None


def _equipment(ground: Ground, cue: re.Pattern[str], place: Pair) -> Quantity | None:
    """The number in the place that counts racks, or cards: the cue is asked right before and from the number on."""
    folded = ground.article.folded
    for one in quantities_in(ground, place):
        if one.normal_unit == "count" and (
            cue.match(folded, one.number[0]) or cue.search(folded, place[0], one.number[0])
        ):
            return one
    return None
