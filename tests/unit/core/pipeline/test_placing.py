from __future__ import annotations

import msgspec
import pytest

from mingjian.core.model.page import Box, Page
from mingjian.core.model.span import Place, Span
from mingjian.core.model.wire import decode_record, encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.placing import place_of
from mingjian.core.pipeline.verify import spans_of, verify
from mingjian.errors import EvidenceError

TEXT = "岚州市发布三年行动方案\n到2027年，岚州市人工智能核心产业规模达到120亿元，建成十个智能工厂。"
BOXES = (
    Box(0, 11, 1, 100.0, 80.0, 300.0, 100.0, 0.9),
    Box(12, 30, 1, 72.0, 120.0, 500.0, 134.0, 0.8),
    Box(30, 48, 2, 72.0, 60.0, 400.0, 74.0, 0.7),
)
PLAIN = Page(doc_id="a", content=b"a", media_type="application/pdf", encoding="binary", text=TEXT)
PRINTED = msgspec.structs.replace(PLAIN, boxes=BOXES)


def test_a_place_frames_the_lines_of_the_first_page_and_has_the_least_confidence() -> None:
    assert place_of(2, 5, BOXES) == Place(1, (100.0, 80.0, 300.0, 100.0), 0.9)
    assert place_of(5, 20, BOXES) == Place(1, (72.0, 80.0, 500.0, 134.0), 0.8)
    assert place_of(20, 40, BOXES) == Place(1, (72.0, 120.0, 500.0, 134.0), 0.7)
    assert place_of(11, 12, BOXES) is None
    assert place_of(0, 5, ()) is None


def test_every_span_of_a_printed_page_says_where_it_stands() -> None:
    record = extract(PRINTED)
    spans = [span for _, span in spans_of(record) if span.layer == "text"]
    assert spans
    assert all(span.place == place_of(span.start, span.end, BOXES) for span in spans)
    assert record.targets[0].evidence.place is not None
    verify(record, PRINTED)
    assert decode_record(encode_record(record)) == record


def test_records_of_other_pages_say_nothing_of_places() -> None:
    record = extract(PLAIN)
    assert all(span.place is None for _, span in spans_of(record))
    assert b'"place"' not in encode_record(record)


def test_a_place_that_is_not_the_words_is_a_breach() -> None:
    record = extract(PRINTED)
    target = record.targets[0]
    elsewhere = msgspec.structs.replace(target.evidence, place=Place(2, (0.0, 0.0, 1.0, 1.0)))
    forged = msgspec.structs.replace(
        record, targets=(msgspec.structs.replace(target, evidence=elsewhere), *record.targets[1:])
    )
    with pytest.raises(EvidenceError, match="not printed where the record says"):
        verify(forged, PRINTED)
    assert Span(0, 1, "岚").place is None
