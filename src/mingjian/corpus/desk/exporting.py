"""What people said of the pages of a workspace, as labelled data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from mingjian.core.model.failure import Failure
from mingjian.core.model.review import Review
from mingjian.core.review.labelled.annotations import web_annotations
from mingjian.core.review.labelled.conll import conll
from mingjian.core.review.labelled.lines import json_lines
from mingjian.core.review.labelled.samples import Sample, judgements_of
from mingjian.core.review.trial import Held, hold_against
from mingjian.core.storing import StoreReader
from mingjian.corpus.adding import Extract
from mingjian.errors import ReviewError

FORMATS: Mapping[str, Callable[[Iterable[Sample]], Iterator[str]]] = {
    "jsonl": json_lines,
    "conll": conll,
    "w3c": web_annotations,
}
"""What labelled data can be written as, by name."""


def export(reader: StoreReader, reviews: Iterable[Review], to: str) -> Iterator[str]:
    """The lines of a format; raises ``ReviewError`` for one that there is not."""
    write = FORMATS.get(to)
    if write is None:
        raise ReviewError(to, "is no format of labelled data", f"give one of {', '.join(FORMATS)}")
    yield from write(samples(reader, reviews))


def held_against(reader: StoreReader, reviews: Iterable[Review], extract: Extract) -> Iterator[Held]:
    """What is extracted now of each claim that people judged, on the page as it was looked at.

    Of a page that gives no record nothing is told.
    """
    judged = list(samples(reader, reviews))
    numbers = (reader.find(sample.page, 1)[0].number for sample in judged)
    for sample, result in zip(judged, extract(map(reader.original, numbers)), strict=True):
        if not isinstance(result, Failure):
            yield from hold_against(result.record, sample.page, sample.judgements)


def samples(reader: StoreReader, reviews: Iterable[Review]) -> Iterator[Sample]:
    """The pages of which anything was said, by address and id, each as it was when it was looked at.

    Pages that were taken out are left out.
    """
    pages: dict[tuple[str, str], list[Review]] = {}
    for one in reviews:
        pages.setdefault((one.address, one.page), []).append(one)
    for (address, page), held in sorted(pages.items()):
        kept = next((each for each in reader.find(page, 1) if each.id == page), None)
        judged = tuple(judgements_of(held))
        if kept is not None and kept.removed is None and judged:
            yield Sample(
                page=page,
                address=address,
                text_sha256=kept.text_sha256,
                text=reader.text(kept.number),
                judgements=judged,
            )
