"""Records as bytes, and the JSON Schema that describes them."""

from __future__ import annotations

from typing import Any

import msgspec

from mingjian.core.model.outcome import Cited, Missing, decode_outcome
from mingjian.core.model.record import Record
from mingjian.errors import RecordError

_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DECODER = msgspec.json.Decoder(Record, dec_hook=decode_outcome)


def encode_record(record: Record) -> bytes:
    """The record as one line of JSON, without a line feed; the same record gives the same bytes."""
    return _ENCODER.encode(record)


def decode_record(line: bytes | str) -> Record:
    """The record that one line of JSON states; raises ``RecordError`` saying where it is not one."""
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"not a record of schema mingjian/record/1: {error}") from error


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
