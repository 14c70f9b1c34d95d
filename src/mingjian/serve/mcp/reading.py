"""The tool ``page``."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.record import Record
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.storing import StoreReader
from mingjian.serve.mcp.answers import PageAnswer, Span
from mingjian.serve.mcp.arguments import PageArguments
from mingjian.serve.mcp.citing import cited, outcome, span_of
from mingjian.serve.mcp.meaning import RefusedError, Said, named, page_called
from mingjian.serve.workspace import Workspace

_AUTHORS = 10
_SENTENCES = 5


def page(workspace: Workspace, asked: PageArguments) -> PageAnswer:
    """What a page says of itself, and a passage of its text."""
    with workspace.pages() as reader:
        kept = page_called(reader, asked.id)
        record, text = reader.told(kept.number), reader.text(kept.number)
        if record is None:
            raise RefusedError(
                f"the page {kept.id} has no record; whoever runs this extracts it again with `mingjian reextract`"
            )
        notices = tuple(_notices(reader, kept))
    body = (record.body[0].start, record.body[-1].end) if record.body else (0, len(text))
    start = body[0] if asked.start is None else asked.start
    passage = _passage(kept.id, text, start, asked.length)
    said = Said(record.title, record.source, record.publisher, record.published)
    return PageAnswer(
        **msgspec.structs.asdict(named(kept.id, kept.address, said)),
        authors=tuple(outcome(kept.id, one) for one in record.authors[:_AUTHORS]),
        doc_type=record.doc_type,
        ai_relevant=record.ai_relevant,
        added_at=kept.added_at,
        n_chars=len(text),
        body_start=body[0],
        body_end=body[1],
        fact_counts=_counts(record),
        summary=tuple(cited(kept.id, one) for one in record.summary[:_SENTENCES]),
        passage=passage,
        next_start=None if passage is None or passage.end >= len(text) else passage.end,
        notices=notices,
    )


def _passage(page: str, text: str, start: int, length: int) -> Span | None:
    """The passage from a place on; nothing where no text stands there."""
    words = text[start : start + length]
    return span_of(page, (start, start + len(words)), words, most=length) if words else None


def _counts(record: Record) -> dict[str, int]:
    """How many facts there are of each kind, by the field of the record."""
    return {field: len(facts) for field, facts in fact_kinds(record).items()}


def _notices(reader: StoreReader, kept: KeptPage) -> Iterator[str]:
    if kept.superseded is not None:
        newer = reader.page(kept.superseded)
        yield "this is an older version" + ("" if newer is None else f"; the page stands as {newer.id}")
