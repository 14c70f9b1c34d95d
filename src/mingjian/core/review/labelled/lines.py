"""JSON lines: one object a page, its text with the spans of every judged fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.review.labelled.samples import Sample

_ENCODE = msgspec.json.Encoder(decimal_format="number", order="deterministic").encode
_DECODE = msgspec.json.Decoder(Sample).decode


def json_lines(samples: Iterable[Sample]) -> Iterator[str]:
    """One line for each sample, without a line feed."""
    yield from (_ENCODE(sample).decode() for sample in samples)


def read_json_lines(lines: Iterable[str]) -> Iterator[Sample]:
    """The samples that the lines state."""
    yield from map(_DECODE, lines)
