"""Messages of the kind of mail (MIME): their headers in words, and their parts in bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from mingjian.errors import ReadError
from mingjian.read.decode import decode, encoding_of_name
from mingjian.read.origin import essence_of

if TYPE_CHECKING:
    from email.message import Message

_MOST_PARTS = 5_000
_MOST_BOUNDARIES = 50_000  # lines that may part a message: beyond, the parser is not asked
_MOST_LINES = 1_000_000  # each of which may be a header, which takes thirty times its bytes
_LONGEST_HEADER = 4_000
_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]{0,4000}\r?\n(?:[ \t][^\r\n]{0,4000}\r?\n){0,60}){1,80}", re.ASCII
)
_TELLING = re.compile(
    rb"^(?:from|to|date|received|return-path|message-id|subject|mime-version|delivered-to|x-mailer):", re.I | re.M
)
_RELATED = re.compile(rb"^content-type:\s{0,9}multipart/related", re.I | re.M)
_SAVED = re.compile(rb"^(?:snapshot-content-location:|from:\s{0,9}\"?<?\s{0,3}saved by )", re.I | re.M)


class Part(msgspec.Struct, frozen=True):
    """One part of a message that holds no others: its bytes with their transfer encoding undone."""

    media_type: str
    content: bytes
    name: str = ""
    location: str = ""
    content_id: str = ""
    attached: bool = False

    @property
    def essence(self) -> str:
        """The media type in lower case, without its parameters."""
        return essence_of(self.media_type)


def headers_of(beginning: bytes) -> bytes | None:
    """The headers that the bytes begin with, or nothing where these are none of a message."""
    found = _HEADER.match(beginning.lstrip(b"\r\n")[:16_384])
    return found[0] if found is not None and len(_TELLING.findall(found[0])) > 1 else None


def is_saved_page(headers: bytes) -> bool:
    """Whether a browser wrote them around a page that it saved."""
    return _SAVED.search(headers) is not None or (_RELATED.search(headers) is not None and b"\nTo:" not in headers)


def message_of(content: bytes, source: str) -> Message:
    """The message; raises ``ReadError`` where it has lines, or parts in one another, without end."""
    from email import message_from_bytes
    from email.policy import compat32

    if content.count(b"\n") > _MOST_LINES:
        problem = f"too-large: more than {_MOST_LINES} lines in one message"
        raise ReadError(source, problem, "save the parts that matter by themselves")
    if content.count(b"\n--") > _MOST_BOUNDARIES:
        raise _too_many_parts(source)
    try:
        return message_from_bytes(content, policy=compat32)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        problem = f"broken-message: its parts cannot be told apart ({type(error).__name__})"
        raise ReadError(source, problem, "save it again, or save its text") from None


def _too_many_parts(source: str) -> ReadError:
    problem = f"too-large: more than {_MOST_PARTS} parts in one message"
    return ReadError(source, problem, "save the parts that matter by themselves")


def header(message: Message, name: str) -> str:
    """The header in words, its encoded words decoded; empty where the message has none of that name."""
    return _decoded_words(str(message.get(name, "")))


def _decoded_words(raw: str) -> str:
    """The words of a header; those whose encoding is broken as they stand."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    unfolded = re.sub(r"\r?\n[ \t]*", " ", raw[:_LONGEST_HEADER])
    try:
        pieces = decode_header(unfolded)
    except (HeaderParseError, ValueError, IndexError):
        return unfolded.strip()
    return "".join(_words(piece, charset) for piece, charset in pieces).strip()


def _words(piece: str | bytes, charset: str | None) -> str:
    if isinstance(piece, str):
        raw = piece.encode("utf-8", "surrogateescape")
        return piece if not any("\ud800" <= mark <= "\udfff" for mark in piece) else _decoded(raw, None)
    return _decoded(piece, charset)


def _decoded(raw: bytes, charset: str | None) -> str:
    """The words in the encoding that is named; where they are none in it, in the likeliest."""
    named = encoding_of_name(charset)
    try:
        return raw.decode(named) if named else decode(raw, "").text
    except UnicodeDecodeError:
        return raw.decode(named or "utf-8", "replace")
    except ReadError:
        return raw.decode("utf-8", "replace")


def parts_of(message: Message, source: str) -> Iterator[Part]:
    """The parts that hold no others, in order; a message within a message is one part."""
    waiting: list[Message] = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > _MOST_PARTS:
            raise _too_many_parts(source)
        if part.get_content_type() == "message/rfc822" and part is not message:
            yield _message_part(part)
        elif part.is_multipart():
            inner = part.get_payload()
            waiting += reversed(
                [item for item in inner if not isinstance(item, str)] if isinstance(inner, list) else []
            )
        else:
            yield _part(part)


def _message_part(part: Message) -> Part:
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    content = b"" if first is None or isinstance(first, str) else _bytes_of(first)
    if str(part.get("content-transfer-encoding", "")).strip().lower() == "base64":
        content = _unpacked(content)
    return Part("message/rfc822", content, _name(part), attached=True)


def _unpacked(content: bytes) -> bytes:
    """The bytes of a message that was packed though messages must not be."""
    from base64 import b64decode

    try:
        return b64decode(content)
    except ValueError:
        return content


def _bytes_of(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return b""


def _part(part: Message) -> Part:
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        payload = None
    charset = _parameter(part, "charset")
    media_type = part.get_content_type() + (f"; charset={charset}" if charset else "")
    disposition = str(part.get("content-disposition", "")).partition(";")[0].strip().lower()
    return Part(
        media_type,
        payload if isinstance(payload, bytes) else b"",
        _name(part),
        header(part, "content-location"),
        str(part.get("content-id", "")).strip().strip("<>"),
        disposition == "attachment",
    )


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name)
    except (ValueError, LookupError, TypeError):
        return ""
    return value if isinstance(value, str) else value[2] if isinstance(value, tuple) else ""


def _name(part: Message) -> str:
    try:
        return _decoded_words(str(part.get_filename("") or ""))
    except (ValueError, LookupError, TypeError):
        return ""
