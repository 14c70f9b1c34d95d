"""JSON Schemas of what tools are asked and answer, made from the structs."""

from __future__ import annotations

from typing import Any

import msgspec


def schema_of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """The schema of a struct, with an object at its root, as the protocol asks."""
    (root,), parts = msgspec.json.schema_components((kind,), ref_template="#/$defs/{name}")
    name = root["$ref"].rpartition("/")[2]
    schema: dict[str, Any] = parts.pop(name)
    schema.pop("title", None)
    return {**schema, "$defs": dict(sorted(parts.items()))} if parts else schema
