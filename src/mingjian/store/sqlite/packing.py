"""Pages and records as packed bytes, and back: what comes out is what went in, or an error that says so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import msgspec
import zstandard

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import RecordHeading, decode_head, decode_heading, decode_record
from mingjian.errors import DamageError, PageError, RecordError
from mingjian.store.kept import MEND_PAGE, MEND_RECORD
from mingjian.store.sqlite.layers import Layers, containers_of, decode_layers, decode_text, encode_layers, stretches_of

T = TypeVar("T")
_LEVEL = 3
_RECORD_LEVEL = 6
_SHORTEST_PREFIX = 64


class Packed(NamedTuple):
    """Bytes as they are kept, and how long they were."""

    n_bytes: int
    content: bytes


class Packer:
    """Packs and unpacks; ``place`` is the file that errors name. Not for several threads at a time.

    ``dictionaries`` are those of the file, the oldest first: records are packed with the last, and say with which.
    """

    def __init__(self, place: str, dictionaries: Sequence[bytes] = ()) -> None:
        self._place = place
        known = [zstandard.ZstdCompressionDict(content) for content in dictionaries]
        self._plain = zstandard.ZstdDecompressor()
        self._contents = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        self._records = self._contents
        self._record_readers = {0: self._plain}
        for dictionary in known:
            self._record_readers[dictionary.dict_id()] = zstandard.ZstdDecompressor(dict_data=dictionary)
        if known:
            self._records = zstandard.ZstdCompressor(level=_RECORD_LEVEL, write_checksum=True, dict_data=known[-1])

    def pack_content(self, page: Page) -> Packed:
        """The bytes of a page."""
        return Packed(len(page.content), self._contents.compress(page.content))

    def pack_layers(self, page: Page) -> Packed:
        """All of a page but its bytes and what a ``KeptPage`` knows; to be read with its bytes only."""
        encoded = encode_layers(page)
        compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True, dict_data=_prefix(page.content))
        return Packed(len(encoded), compressor.compress(encoded))

    def pack_record(self, encoded: bytes) -> Packed:
        """A record, as ``encode_record`` gives it."""
        return Packed(len(encoded), self._records.compress(encoded))

    def unpack_page(self, kept: KeptPage, content: bytes, layers: bytes) -> Page:
        """The page as it was read; raises ``DamageError`` where its bytes or its text are others."""
        try:
            raw = self._plain.decompress(content)
            if hashlib.sha256(raw).hexdigest() != kept.sha256:
                raise self._damage(kept.number, "its bytes are not those that were added")
            page = _page(kept, raw, decode_layers(_unprefixed(layers, raw), raw))
        except (zstandard.ZstdError, ValueError, PageError) as error:
            raise self._damage(kept.number, str(error)) from None
        self._must_be_text(kept, page.text)
        return page

    def unpack_text(self, kept: KeptPage, content: bytes, layers: bytes) -> str:
        """The text layer; raises ``DamageError`` where it is another."""
        try:
            raw = self._plain.decompress(content)
            text = decode_text(_unprefixed(layers, raw), raw)
        except (zstandard.ZstdError, ValueError) as error:
            raise self._damage(kept.number, str(error)) from None
        self._must_be_text(kept, text)
        return text

    def unpack_record(self, packed: bytes, number: int) -> Record:
        """The record; raises ``DamageError`` where the bytes are none."""
        return self._read_record(packed, number, decode_record)

    def unpack_record_id(self, packed: bytes, number: int) -> str:
        """The id of the record, without the rest of it."""
        return self._read_record(packed, number, lambda line: decode_head(line).id)

    def unpack_heading(self, packed: bytes, number: int) -> RecordHeading:
        """What heads the record, without the rest of it."""
        return self._read_record(packed, number, decode_heading)

    def _read_record(self, packed: bytes, number: int, decode: Callable[[bytes], T]) -> T:
        try:
            reader = self._record_readers[zstandard.get_frame_parameters(packed).dict_id]
            return decode(reader.decompress(packed))
        except (zstandard.ZstdError, KeyError, RecordError, msgspec.DecodeError) as error:
            problem = f"the record of page {number} is damaged: {error}"
            raise DamageError(self._place, problem, MEND_RECORD) from None

    def _must_be_text(self, kept: KeptPage, text: str) -> None:
        if hashlib.sha256(text.encode()).hexdigest() != kept.text_sha256:
            raise self._damage(kept.number, "its text is not that which was read")

    def _damage(self, number: int, problem: str) -> DamageError:
        return DamageError(self._place, f"page {number} is damaged: {problem}", MEND_PAGE)


def _page(kept: KeptPage, content: bytes, layers: Layers) -> Page:
    return Page(
        doc_id=kept.doc_id,
        content=content,
        media_type=kept.media_type,
        encoding=layers.encoding,
        text=layers.text or "",
        html=layers.html or "",
        path=kept.path,
        url=kept.url,
        retrieved_at=kept.retrieved_at,
        stretches=stretches_of(layers),
        containers=containers_of(layers),
        declarations=layers.declarations,
        boxes=layers.boxes,
    )


def _unprefixed(packed: bytes, content: bytes) -> bytes:
    """The encoded layers of a page with these bytes."""
    return zstandard.ZstdDecompressor(dict_data=_prefix(content)).decompress(packed)


def _prefix(content: bytes) -> zstandard.ZstdCompressionDict | None:
    """The bytes of a page as what its layers repeat; nothing where they are too few to be one."""
    if len(content) < _SHORTEST_PREFIX:
        return None
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
