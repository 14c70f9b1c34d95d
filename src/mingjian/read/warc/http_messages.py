"""Answers of web servers as archives keep them: their status, their media type, and what they carry, unpacked."""

from __future__ import annotations

import io
import re
import zlib

import msgspec

from mingjian.errors import ReadError
from mingjian.read.limits import Limits, too_large
from mingjian.read.warc.records import headers_in
from mingjian.read.zstd import BrokenZstdError, ZstdStream

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s{1,9}(\d{3})")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"\s{0,4}([0-9A-Fa-f]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,500})?\r?\n")
_UNPACKED = ("", "identity", "none", "utf-8")


class Answer(msgspec.Struct, frozen=True):
    """The status of an answer, its media type, and its body as it is packed."""

    status: int
    media_type: str
    packing: tuple[str, ...]
    body: bytes


def answer_of(content: bytes) -> Answer | None:
    """The answer, or nothing where the bytes are none."""
    status = _STATUS.match(content)
    end = _HEAD_END.search(content)
    if status is None or end is None:
        return None
    headers = headers_in(content[: end.start()])
    body = content[end.end() :]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    packing = (name.strip().lower() for name in headers.get("content-encoding", "").split(","))
    packed = tuple(name for name in packing if name not in _UNPACKED)
    return Answer(int(status[1]), headers.get("content-type", ""), packed, body)


def _joined(body: bytes) -> bytes:
    """The chunks as one; bytes that an archive joined already come back as they are, a cut chunk as far as it goes."""
    chunks: list[bytes] = []
    place = 0
    while (found := _CHUNK.match(body, place)) is not None:
        size = int(found[1], 16)
        if size == 0:
            break
        chunks.append(body[found.end() : found.end() + size])
        place = found.end() + size
    return b"".join(chunks) if chunks else body if not _CHUNK.match(body) else b""


def unpacked_body(answer: Answer, source: str, limits: Limits) -> bytes:
    """The body as the page that it is; raises ``ReadError`` where it cannot be unpacked, or is larger than a page."""
    body = _bounded(answer.body, source, limits)
    for packing in reversed(answer.packing):
        body = _bounded(_unpacked(body, packing, source, limits), source, limits)
    return body


def _bounded(content: bytes, source: str, limits: Limits) -> bytes:
    if len(content) > limits.max_bytes:
        raise too_large(source, limits)
    return content


def _broken(source: str) -> ReadError:
    return ReadError(source, "broken-packing: the answer cannot be unpacked", "fetch it again")


def _unpacked(body: bytes, packing: str, source: str, limits: Limits) -> bytes:
    if packing in ("gzip", "x-gzip"):
        return _inflated(body, 31, source, limits) if body.startswith(b"\x1f\x8b") else body
    if packing == "deflate":
        try:
            return _inflated(body, 15, source, limits)
        except ReadError:
            return _inflated(body, -15, source, limits)
    if packing == "br":
        return _brotli(body, source, limits)
    if packing == "zstd":
        return _zstd(body, source, limits)
    raise ReadError(source, f"packed: an answer packed as {packing[:20]}", "fetch it again without packing")


def _inflated(body: bytes, kind: int, source: str, limits: Limits) -> bytes:
    """Unpacked no further than one byte beyond the limit; so do the others."""
    try:
        return zlib.decompressobj(kind).decompress(body, limits.max_bytes + 1)
    except zlib.error:
        raise _broken(source) from None


def _brotli(body: bytes, source: str, limits: Limits) -> bytes:
    try:
        import brotli
    except ImportError:
        raise ReadError(source, "packed: an answer packed with brotli", "install mingjian[brotli]") from None
    tool = brotli.Decompressor()
    content = bytearray()
    try:
        content += tool.process(body, output_buffer_limit=1 << 20)
        while len(content) <= limits.max_bytes and not tool.is_finished() and not tool.can_accept_more_data():
            content += tool.process(b"", output_buffer_limit=1 << 20)
    except brotli.error:
        if not content and body[:1] in (b"<", b"\n", b"\r", b"\xef"):  # unpacked by the archive, the header left
            return body
        raise _broken(source) from None
    return bytes(content)


def _zstd(body: bytes, source: str, limits: Limits) -> bytes:
    try:
        return io.BufferedReader(ZstdStream(io.BytesIO(body))).read(limits.max_bytes + 1)
    except (BrokenZstdError, EOFError):
        raise _broken(source) from None
