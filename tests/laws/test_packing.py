"""Whatever page is packed comes back as it was: odd text, odd markup, boxes and encodings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.laws.pages import html_pages, page_of, texts

from mingjian.core.model.page import Box, Page
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.store import kept as keeping
from mingjian.store.sqlite.packing import Packer
from mingjian.store.sqlite.versions import dictionaries

_PACKER = Packer("packed", list(dictionaries().values()))
numbers = st.integers(-1_000, 1 << 40)
boxes = st.builds(Box, numbers, numbers, numbers, *[st.floats(allow_nan=False)] * 4, st.none() | st.floats(0, 1))


@settings(max_examples=60)
@given(
    page=texts.map(page_of) | html_pages(),
    encoding=st.sampled_from(["", "utf-8", "gb18030", "utf-16-le", "none-such"]),
    content=st.none() | st.binary(max_size=99),
    printed=st.lists(boxes, max_size=3),
)
def test_a_page_comes_back_as_it_was(page: Page, encoding: str, content: bytes | None, printed: list[Box]) -> None:
    page = replace(page, encoding=encoding or page.encoding, boxes=tuple(printed))
    if content is not None:
        page = replace(page, content=content)
    kept = keeping.kept_page(page, "a", page.sha256, 1, None, (1, "now"))
    packed, layers = _PACKER.pack_content(page), _PACKER.pack_layers(page)
    assert _PACKER.unpack_page(kept, packed.content, layers.content) == page
    assert _PACKER.unpack_text(kept, packed.content, layers.content) == page.text
    assert _PACKER.pack_layers(page) == layers


@settings(max_examples=20)
@given(page=html_pages())
def test_a_record_comes_back_as_it_was(page: Page) -> None:
    record = extract(page)
    for packer in (_PACKER, Packer("packed")):
        assert _PACKER.unpack_record(packer.pack_record(encode_record(record)).content, 1) == record
