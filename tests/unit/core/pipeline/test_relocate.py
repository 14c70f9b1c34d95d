"""Relocate: readings that were put into a page's words change no offset of the record."""

from __future__ import annotations

from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import spans_of, verify
from mingjian.core.text.readings import without_readings
from mingjian.read.plain import text_page

TEXT = (
    "2025年3月1日，岚（lán）州市人民政府印发《岚（lán）州市人工智能行动计划》。"
    "到2027年，全市算力规模超过20EFLOPS。岚（lán）州市科技局局长周岚表示，将开放200个应用场景。"
)


def test_every_span_holds_the_words_of_the_page_as_it_is() -> None:
    assert without_readings(TEXT) is not None
    page = text_page("page.txt", TEXT.encode())
    record = extract(page)
    spans = [span for _, span in spans_of(record)]
    assert len(spans) > 5
    assert all(TEXT[start:end] == span.text for span in spans for start, end in (span.pair, *span.also))
    assert record.page.n_chars == len(TEXT)
    verify(record, page)


def test_blocks_and_mentions_stand_where_the_page_has_them() -> None:
    page = text_page("page.txt", TEXT.encode())
    record = extract(page)
    assert [TEXT[block.start : block.end] for block in record.body] == [TEXT]
    (policy,) = record.policies
    assert all("岚（lán）州市人工智能行动计划" in TEXT[start:end] for start, end in policy.mentions)
