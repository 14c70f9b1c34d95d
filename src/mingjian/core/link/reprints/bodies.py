"""What of a page is compared: its body, or its long lines where cleaning found next to no body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from mingjian.core.link.reprints.settings import FingerprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Body, body_text
from mingjian.core.model.article import BodyBlock, DroppedBlock
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.record import Record
from mingjian.core.model.reprints import Published
from mingjian.core.model.span import Pair

T = TypeVar("T")


def body_of(page_id: str, record: Record, text: str) -> Body:
    """The body of a page under the id that its keeper gave it, from its record and its text layer."""
    return Body(
        id=page_id,
        text=body_text(text, compared_spans(text, record.body, record.boilerplate, reprint_settings().fingerprints)),
        host=host_of(value_of(record.url) or ""),
        publisher=value_of(record.publisher) or "",
        source=value_of(record.source) or "",
        title=value_of(record.title) or "",
        published=published_of(record.published),
    )


def compared_spans(
    text: str, body: Sequence[BodyBlock], boilerplate: Sequence[DroppedBlock], settings: FingerprintSettings
) -> list[Pair]:
    """The spans of the body; where that is too short to tell, those of long lines of sentences as well, in order."""
    spans = [(block.start, block.end) for block in body]
    if sum(end - start for start, end in spans) >= settings.least_body:
        return spans
    ends = tuple(settings.sentence_end)
    spans += [
        (block.start, block.end)
        for block in boilerplate
        if block.end - block.start >= settings.least_line and text[block.start : block.end].rstrip().endswith(ends)
    ]
    return sorted(spans)


def host_of(url: str) -> str:
    """The host that an address names, without ``www.``: nothing where it names none.

    >>> host_of("https://www.example.com:8080/a?b"), host_of("a/b")
    ('example.com', '')
    """
    _, named, rest = url.partition("://")
    host = rest.split("/", 1)[0].rpartition("@")[2].partition(":")[0]
    return host.lower().removeprefix("www.") if named else ""


def published_of(outcome: Outcome[str]) -> Published | None:
    """When the page was published, as its record cites it."""
    if not isinstance(outcome, Cited):
        return None
    precision = outcome.precision
    return Published(outcome.value, "second" if precision == "second" else "minute" if precision == "minute" else "day")


def value_of(outcome: Outcome[T]) -> T | None:
    """The cited value, ``None`` where it is missing."""
    return outcome.value if isinstance(outcome, Cited) else None
