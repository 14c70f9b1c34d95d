"""Pages and records as packed bytes, and back: what comes out is what went in, or an error that says so."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import msgspec
import zstandard

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.page import Box, Container, Declaration, Page, Stretch
from mingjian.core.model.record import Record
from mingjian.core.model.wire import decode_record, encode_record
from mingjian.errors import DamageError, RecordError
from mingjian.store.kept import MEND_PAGE, MEND_RECORD

_LEVEL = 3
_MARK = "\ufeff"


class Packed(NamedTuple):
    """Bytes as they are kept, and how long they were."""

    n_bytes: int
    content: bytes


class _Layers(msgspec.Struct, frozen=True, array_like=True):
    """A page without its bytes and names; ``text`` and ``html`` are missing where they are the decoded bytes."""

    encoding: str
    text: str | None
    html: str | None
    html_hash: bytes
    stretches: tuple[Stretch, ...]
    containers: tuple[Container, ...]
    declarations: tuple[Declaration, ...]
    boxes: tuple[Box, ...]


_LAYERS = msgspec.msgpack.Decoder(_Layers)


class Packer:
    """Packs and unpacks; ``place`` is the file that errors name. Not for several threads at a time."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        self._decompressor = zstandard.ZstdDecompressor()

    def pack_content(self, page: Page) -> Packed:
        """The bytes of a page."""
        return self._pack(page.content)

    def pack_layers(self, page: Page) -> Packed:
        """All of a page but its bytes and what a ``KeptPage`` knows."""
        decoded = _decoded(page.content, page.encoding)
        layers = _Layers(
            page.encoding,
            None if page.text == decoded else page.text,
            None if page.html == decoded else page.html,
            _hash(page.html),
            page.stretches,
            page.containers,
            page.declarations,
            page.boxes,
        )
        return self._pack(msgspec.msgpack.encode(layers))

    def pack_record(self, record: Record) -> Packed:
        """A record."""
        return self._pack(encode_record(record))

    def unpack_page(self, kept: KeptPage, content: bytes, layers: bytes) -> Page:
        """The page as it was read; raises ``DamageError`` where its bytes or its text are others."""
        raw = self._unpack(content, kept.number)
        if hashlib.sha256(raw).hexdigest() != kept.sha256:
            raise self._damage(kept.number, "its bytes are not those that were added")
        page = self._page(kept, raw, self._layers(layers, kept.number))
        if page.text_sha256 != kept.text_sha256:
            raise self._damage(kept.number, "its text is not that which was read")
        return page

    def unpack_record(self, packed: bytes, number: int) -> Record:
        """The record; raises ``DamageError`` where the bytes are none."""
        try:
            return decode_record(self._decompressor.decompress(packed))
        except (zstandard.ZstdError, RecordError) as error:
            problem = f"the record of page {number} is damaged ({error})"
            raise DamageError(self._place, problem, MEND_RECORD) from None

    def _page(self, kept: KeptPage, content: bytes, layers: _Layers) -> Page:
        decoded = _decoded(content, layers.encoding) if layers.text is None or layers.html is None else None
        html = decoded if layers.html is None else layers.html
        text = decoded if layers.text is None else layers.text
        if html is None or text is None or _hash(html) != layers.html_hash:
            raise self._damage(kept.number, "its markup is not that which was read")
        return Page(
            doc_id=kept.doc_id,
            content=content,
            media_type=kept.media_type,
            encoding=layers.encoding,
            text=text,
            html=html,
            path=kept.path,
            url=kept.url,
            retrieved_at=kept.retrieved_at,
            stretches=layers.stretches,
            containers=layers.containers,
            declarations=layers.declarations,
            boxes=layers.boxes,
        )

    def _layers(self, packed: bytes, number: int) -> _Layers:
        try:
            return _LAYERS.decode(self._unpack(packed, number))
        except (msgspec.DecodeError, UnicodeError):
            raise self._damage(number, "its layers cannot be read") from None

    def _pack(self, content: bytes) -> Packed:
        return Packed(len(content), self._compressor.compress(content))

    def _unpack(self, packed: bytes, number: int) -> bytes:
        try:
            return self._decompressor.decompress(packed)
        except zstandard.ZstdError as error:
            raise self._damage(number, f"it cannot be unpacked ({error})") from None

    def _damage(self, number: int, problem: str) -> DamageError:
        return DamageError(self._place, f"page {number} is damaged: {problem}", MEND_PAGE)


def _decoded(content: bytes, encoding: str) -> str | None:
    """The bytes as text without their byte-order mark; nothing where the encoding is none."""
    try:
        return content.decode(encoding, "replace").removeprefix(_MARK)
    except LookupError:
        return None


def _hash(layer: str) -> bytes:
    return hashlib.sha256(layer.encode()).digest()[:8]
