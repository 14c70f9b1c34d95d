"""JSON lines: a page a line, ``{"id", "url", "text" or "html", "retrieved_at"}``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import IO

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of, with_words
from mingjian.read.decode import decode
from mingjian.read.html import page_of_markup
from mingjian.read.limits import Limits, too_large
from mingjian.read.origin import Origin, without_surrogates
from mingjian.read.plain import page_of_text
from mingjian.read.port import Items, Reader, Reading

_REST = 1 << 20
_LONG_LINE = 16_384
_BEGINS_AS_PAGE = re.compile(rb"""(?:\xef\xbb\xbf)?\s*\{\s*"(?:id|url|text|html|retrieved_at)"\s*:""")


def read_json_lines(lines: Iterable[bytes], source: str, path: str | None, limits: Limits) -> Items:
    """The page of each line that is not blank, or why it is none; lines count from 1 and a bad one stops nothing.

    A page is named ``source#id``, or ``source:line`` where the line gives no id.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{source}:{number}"
        try:
            if len(line) > limits.max_bytes:
                raise too_large(place, limits)
            yield _page(_members(line, place), source, place, path)
        except ReadError as error:
            yield failure_of(error)


def lines_within(stream: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """The lines of the stream; one beyond the limit comes cut just behind it, and its rest is never held."""
    while line := stream.readline(limits.max_bytes + 1):
        yield line
        is_cut = len(line) > limits.max_bytes
        while is_cut and line and not line.endswith(b"\n"):
            line = stream.readline(_REST)


def looks_like_lines(beginning: bytes) -> bool:
    """Whether the first line that is not blank is a JSON object that holds a page; its end need not be in sight."""
    line = next((line for line in beginning.splitlines() if line.strip(b"\xef\xbb\xbf \t")), b"")
    return _looks_like_page(line) or (len(line) > _LONG_LINE and _BEGINS_AS_PAGE.match(line) is not None)


def _looks_like_page(line: bytes) -> bool:
    """Whether the line is a JSON object that holds a page."""
    if not line.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    try:
        members = _members(line, "")
    except ReadError:
        return False
    return "text" in members or "html" in members


def _members(line: bytes, place: str) -> dict[str, object]:
    try:
        members = json.loads(decode(line, place).text)
    except (ValueError, RecursionError):
        raise ReadError(
            place, "bad-line: not JSON", "write one JSON object a line, without line breaks in it"
        ) from None
    if not isinstance(members, dict):
        raise ReadError(place, "bad-line: not a JSON object", 'write {"id": …, "text": …} or {"id": …, "html": …}')
    return members


def _page(members: dict[str, object], source: str, place: str, path: str | None) -> Page:
    name = members.get("id")
    if isinstance(name, int) and not isinstance(name, bool):
        members = members | {"id": str(name)}
    texts = {key: _text(members, key, place) for key in ("id", "url", "html", "text", "retrieved_at")}
    doc_id = place if texts["id"] is None else f"{source}#{texts['id']}"
    origin = Origin(doc_id, path, texts["url"], texts["retrieved_at"])
    markup, text = texts["html"], texts["text"]
    if markup is not None:
        return with_words(page_of_markup(markup, origin, markup.encode(), "utf-8"))
    if text is not None:
        return with_words(page_of_text(text, origin, text.encode(), "utf-8"))
    raise ReadError(
        place, "no-text: the line has neither text nor html", 'give it a "text" or an "html" that is not empty'
    )


def _text(members: dict[str, object], key: str, place: str) -> str | None:
    """The member as text without lone surrogates; nothing where it is missing, null or blank."""
    value = members.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ReadError(place, f'bad-line: "{key}" is not a string', f'write "{key}" as a string, or leave it out')
    return without_surrogates(value) if value.strip() else None


def _read(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    yield from read_json_lines(lines_within(stream, reading.limits), origin.doc_id, origin.path, reading.limits)


READER = Reader(
    name="json-lines",
    read=_read,
    endings=("jsonl", "ndjson"),
    media_types=("application/jsonl", "application/x-ndjson"),
    knows=looks_like_lines,
)
