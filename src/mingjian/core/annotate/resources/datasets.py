"""Data sets and corpora that are built, opened or asked for."""

from __future__ import annotations

from mingjian.core.annotate.resources.stated import (
    Ground,
    Stated,
    counted_in,
    name_of,
    normalized,
    number_of,
    of_batches,
    pair_of,
    parts_of,
    quantities_in,
    stated_in,
    status_of,
    support_of,
)
from mingjian.core.model.annotation import Quantity
from mingjian.core.model.resources import Dataset
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings


def annotate_datasets(ground: Ground, found: GroupFindings) -> tuple[Dataset, ...]:
    """The data sets and corpora of the body, in page order."""
    return tuple(_dataset(ground, found, stated) for stated in stated_in(ground, of_batches(ground, found)))


def _dataset(ground: Ground, found: GroupFindings, stated: Stated) -> Dataset:
    article = ground.article
    name = stated.match.span("name") or (stated.match.start, stated.match.end)
    count, size = _numbers(ground, found, stated)
    modality = found.cues["modality"].search(article.folded, *stated.clause)
    labelled = found.cues["is-labelled"].search(article.folded, *stated.clause)
    return Dataset(
        evidence=cite(article.text, *stated.clause),
        by=stated.match.rule.id,
        parts=parts_of(
            owner=pair_of(stated.owner),
            name=name,
            size=number_of(size),
            count=number_of(count),
            modality=modality.span() if modality else None,
            labelled=labelled.span() if labelled else None,
        ),
        support=support_of(article, stated.clause, stated.owner),
        name=article.text[slice(*name)],
        size=normalized(size),
        status=status_of(ground, stated),
        owner=name_of(stated.owner),
        count=count.normal_value if count else None,
        modality=_printed(article.text, modality.span()) if modality else None,
        labelled=True if labelled else None,
    )


def _numbers(ground: Ground, found: GroupFindings, stated: Stated) -> tuple[Quantity | None, Quantity | None]:
    """How many data sets, and how large they are."""
    batch = stated.match.rule.fields.get("batch")
    count, size = counted_in(ground, stated.match) if batch else None, None
    for one in quantities_in(ground, (stated.clause[0], stated.scope[1])):
        inside = one.end <= stated.clause[1]
        if count is None and inside and _counts(ground, found, one, stated.clause):
            count = one
        elif size is None and _measures(ground, found, one):
            size = one
    return count, size


def _counts(ground: Ground, found: GroupFindings, one: Quantity, clause: Pair) -> bool:
    """Whether the number counts data sets: they are named right behind it, or it ends what is said of them."""
    folded, cues = ground.article.folded, found.cues
    if one.normal_unit != "count" or not cues["set-unit"].match(one.unit):
        return False
    behind = cues["sets-behind"].match(folded, one.end, clause[1])
    return behind is not None or cues["sets-before"].search(folded, clause[0], one.start) is not None


def _measures(ground: Ground, found: GroupFindings, one: Quantity) -> bool:
    """Whether the number tells a size: bytes, tokens, hours, or pieces of data."""
    units = found.settings["size_units"]
    return one.normal_unit in units or (one.normal_unit == "count" and bool(found.cues["piece-unit"].search(one.unit)))


def _printed(text: str, place: Pair) -> str:
    return text[slice(*place)]
