"""Records as bytes, and the JSON Schema that describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from mingjian.core.model.article import BodyBlock
from mingjian.core.model.outcome import Cited, Missing, Outcome, decode_outcome
from mingjian.core.model.record import SCHEMA, PageReference, Record
from mingjian.errors import RecordError

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Record, dec_hook=decode_outcome)


class RecordHead(msgspec.Struct, frozen=True):
    """What names a record: its id and the page that it was made of."""

    id: str
    page: PageReference


class RecordHeading(msgspec.Struct, frozen=True):
    """What names a page to people, none of which anybody reviews, and what of it is its body."""

    title: Outcome[str]
    source: Outcome[str]
    publisher: Outcome[str]
    published: Outcome[str]
    body: tuple[BodyBlock, ...]


_HEAD_DECODER = msgspec.json.Decoder(RecordHead)
_HEADING_DECODER = msgspec.json.Decoder(RecordHeading, dec_hook=decode_outcome)


def encode_record(record: Record) -> bytes:
    """The record as one line of JSON, without a line feed; the same record gives the same bytes."""
    return _ENCODER.encode(record)


def decode_record(line: bytes | str) -> Record:
    """The record that one line of JSON states; raises ``RecordError`` saying where it is not one."""
    try:
        record = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise RecordError(f"not a record of schema {SCHEMA}: {error}") from error
    if record.schema != SCHEMA:
        raise RecordError(f"not a record of schema {SCHEMA}: it says {record.schema!r}")
    return record


def decode_head(line: bytes) -> RecordHead:
    """What names the record that the line states, without reading the rest; ``RecordError`` where it says nothing."""
    return _decode_part(_HEAD_DECODER, line)


def decode_heading(line: bytes) -> RecordHeading:
    """What heads the record, without reading the rest; ``RecordError`` where it says nothing of it."""
    return _decode_part(_HEADING_DECODER, line)


def heading_of(record: Record) -> RecordHeading:
    """What heads the record."""
    return RecordHeading(record.title, record.source, record.publisher, record.published, record.body)


def _decode_part(decoder: msgspec.json.Decoder[T], line: bytes) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"not a record of schema {SCHEMA}: {error}") from error


def unread_members(line: bytes | str, record: Record) -> list[str]:
    """The paths of whatever the line states and the record decoded from it does not hold.

    Decoding passes over names that it does not know, and of doubled ones takes the last, but other readers need not;
    raises ``RecordError`` where a name is doubled.
    """
    return list(_strangers(_members(line), _members(encode_record(record)), ""))


def _members(line: bytes | str) -> object:
    try:
        return json.loads(line, object_pairs_hook=_without_doubles, parse_int=Decimal, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"not a record of schema {SCHEMA}: {error}") from error


def _without_doubles(members: list[tuple[str, object]]) -> dict[str, object]:
    single = dict(members)
    if len(single) < len(members):
        double = next(name for name, _ in members if [other for other, _ in members].count(name) > 1)
        raise RecordError(f"not a record of schema mingjian/record/1: {double!r} is stated twice in one object")
    return single


def _strangers(stated: object, held: object, path: str) -> Iterator[str]:
    if isinstance(stated, dict) and isinstance(held, dict):
        for name, value in stated.items():
            inner = f"{path}.{name}" if path else name
            if name in held:
                yield from _strangers(value, held[name], inner)
            elif value not in (None, [], {}, ""):
                yield inner
    elif isinstance(stated, list) and isinstance(held, list) and len(stated) == len(held):
        for index, (value, other) in enumerate(zip(stated, held, strict=True)):
            yield from _strangers(value, other, f"{path}[{index}]")
    elif type(stated) is not type(held) or stated != held:
        yield path


def record_schema() -> dict[str, Any]:
    """The JSON Schema of a record, with every ``Outcome`` (all are of strings) as cited or missing."""
    kinds: tuple[Any, ...] = (Record, Cited[str], Missing)
    (_, cited, missing), definitions = msgspec.json.schema_components(
        kinds, schema_hook=_outcome_schema, ref_template="#/$defs/{name}"
    )
    definitions["Outcome"] = {"title": "Outcome", "anyOf": [cited, missing]}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": "#/$defs/Record",
        "$defs": dict(sorted(definitions.items())),
    }
    # msgspec describes Decimal as a string, which is how it encodes one unless told otherwise, as it is here.
    text = msgspec.json.encode(schema).replace(b'{"type":"string","format":"decimal"}', b'{"type":"number"}')
    described: dict[str, Any] = msgspec.json.decode(text)
    return described


def _outcome_schema(kind: type) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{kind.__name__}"}
