"""Targets and statistics of tables: the numbers under a year, with what their line says that they measure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Change, Normalized, Parts, Policy, Statistic, Target, TargetNature, TimeBound
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.measuring.tables import TableNumber, TableReader
from mingjian.core.text.units import unit_table


def annotate_tables(
    article: Article, found: GroupFindings, times: Sequence[TimeExpression], own: Policy | None, anchor: Anchor
) -> tuple[tuple[Target, ...], tuple[Statistic, ...], tuple[Pair, ...]]:
    """The targets and statistics of the page's tables, and the lines in which they stand."""
    if not times:
        return (), (), ()
    heads = {name: found.cues[f"head-{name}"] for name in ("unit", "nature", "change", "goal", "index")}
    reader = TableReader(article, times, unit_table(found.lexicons["units"]), heads)
    targets: list[Target] = []
    statistics: list[Statistic] = []
    rows: list[Pair] = []
    for number in reader.numbers():
        rows.append(number.row)
        if _is_aimed(number, bool(heads["goal"].search(article.folded, *number.time_head)), anchor):
            targets.append(_target(article, number, found, own))
        else:
            statistics.append(_statistic(article, number))
    return tuple(targets), tuple(statistics), tuple(dict.fromkeys(rows))


def _is_aimed(number: TableNumber, is_goal: bool, anchor: Anchor) -> bool:
    """Whether the column is of a time to come, or of a goal for the year that runs."""
    start, end, day = number.time.date.start, number.time.date.end, anchor.day or anchor.latest
    if start is None or end is None or day is None:
        return is_goal
    return start > day or (is_goal and end > day)


def _shared(article: Article, number: TableNumber) -> tuple[dict[str, Any], Parts]:
    """What both kinds have in common, and its places."""
    text = article.text
    parts: Parts = {"metric": (number.label,)}
    if number.unit_place[0] < number.unit_place[1]:
        parts["unit"] = (number.unit_place,)
    if number.compared:
        parts["change"] = (number.compared,)
    return {
        "evidence": cite(text, *number.row),
        "value_span": cite(text, *number.place),
        "subject": None,
        "metric": text[slice(*number.label)],
        "comparator": number.comparator,
        "value": number.value,
        "value_max": None,
        "unit": number.unit,
        "normalized": Normalized(number.normal_value, None, number.normal_unit),
        "change": Change("year_on_year") if number.compared else None,
    }, parts


def _bound(article: Article, time: TimeExpression) -> TimeBound:
    return TimeBound(article.text[time.start : time.end], time.date.end, "shared")


def _target(article: Article, number: TableNumber, found: GroupFindings, own: Policy | None) -> Target:
    shared, parts = _shared(article, number)
    parts["deadline"] = ((number.time.start, number.time.end),)
    nature = _nature(number.nature, found)
    if nature is not None and number.nature is not None:
        parts["nature"] = (number.nature,)
    if own is not None:
        parts["policy"] = own.parts["title"]
        parts |= {"issuer": own.parts["issuer"]} if own.issuer else {}
    return Target(
        **shared, parts=parts, by="figure.table", deadline=_bound(article, number.time), nature=nature,
        policy=own.title if own else None, issuer=(";".join(own.issuer) or None) if own else None,
    )  # fmt: skip


def _nature(cell: Pair | None, found: GroupFindings) -> TargetNature | None:
    """Binding or expected, as the cell says."""
    match = next((match for match in found.matches if cell and cell[0] <= match.start < cell[1]), None)
    if match is None or match.rule.fields["type"] != "nature":
        return None
    return "binding" if match.group("binding") else "expected"


def _statistic(article: Article, number: TableNumber) -> Statistic:
    shared, parts = _shared(article, number)
    parts["as_of"] = ((number.time.start, number.time.end),)
    return Statistic(**shared, parts=parts, by="figure.table", as_of=_bound(article, number.time))
