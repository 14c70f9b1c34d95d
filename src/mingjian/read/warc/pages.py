"""The pages of web archives: which records hold one, and its bytes (``reader`` says which)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from mingjian.core.model.failure import Failure
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of
from mingjian.read.html import looks_like_markup
from mingjian.read.limits import Limits, too_large
from mingjian.read.origin import Origin, essence_of, without_surrogates
from mingjian.read.port import Items, Reading
from mingjian.read.readers import begins_as_known, reads_media_type
from mingjian.read.warc.http_messages import answer_of, unpacked_body
from mingjian.read.warc.records import Record, Trouble, records_of

_UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/download", "application/force-download")
_SOME_XML = ("application/xml", "text/xml")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_HEADROOM = 1 << 16  # of an answer's headers, beside its page


def pages_of_warc(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The pages of an archive in its order, and a failure for each record that is broken."""
    for item in records_of(stream, reading.limits.max_bytes + _HEADROOM):
        if isinstance(item, Trouble):
            yield Failure(f"{origin.doc_id}#{item.number}", "read", item.problem, item.mend)
            continue
        if item.headers.get("warc-type", "").lower() not in ("response", "resource"):
            continue
        inner = _origin(item, origin)
        try:
            found = _page_of(item, inner.doc_id, reading.limits)
        except ReadError as error:
            yield failure_of(error)
            continue
        if found is not None:
            content, media_type = found
            yield from reading.inner(
                content, Origin(inner.doc_id, inner.path, inner.url, inner.retrieved_at, without_surrogates(media_type))
            )


def _origin(record: Record, origin: Origin) -> Origin:
    headers = record.headers
    name = headers.get("warc-record-id", "").strip("<> ").removeprefix("urn:uuid:")
    address = headers.get("warc-target-uri", "").strip("<> ")
    return Origin(
        f"{origin.doc_id}#{name or record.number}",
        origin.path,
        address if address.lower().startswith(("http://", "https://")) else None,
        headers.get("warc-date") or None,
    )


def _page_of(record: Record, source: str, limits: Limits) -> tuple[bytes, str] | None:
    """The bytes and the media type of the page that the record holds, or nothing where it holds none."""
    headers = record.headers
    if headers.get("warc-target-uri", "").rstrip("> ").endswith("/robots.txt"):
        return None
    if headers["warc-type"].lower() == "resource":
        content, media_type = record.content, headers.get("content-type", "")
    else:
        answer = answer_of(record.content)
        if answer is None or not 200 <= answer.status < 300 or not _may_be_page(answer.media_type):
            return None
        content, media_type = unpacked_body(answer, source, limits), answer.media_type
    if not _may_be_page(media_type) or not _is_page(content, media_type):
        return None
    if len(content) > limits.max_bytes or _is_cut(headers, record):
        raise too_large(source, limits)
    return content, media_type


def _is_cut(headers: Mapping[str, str], record: Record) -> bool:
    return len(record.content) < int(headers["content-length"])


def _may_be_page(media_type: str) -> bool:
    essence = essence_of(media_type)
    return essence in _UNTOLD or (reads_media_type(essence) and not essence.startswith("image/"))


def _is_page(content: bytes, media_type: str) -> bool:
    """Whether the bytes are a page as far as their media type leaves it open; nothing at all is none."""
    essence = essence_of(media_type)
    if content.startswith(_PICTURES):
        return False
    if essence in _UNTOLD or essence in _SOME_XML:
        return looks_like_markup(content[:8_192]) or begins_as_known(content[:32_768])
    return bool(content.strip())
