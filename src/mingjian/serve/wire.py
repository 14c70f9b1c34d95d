"""Answers as JSON in the wire format of records and ledgers, and how OpenAPI tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, get_args

import msgspec
from litestar import Response
from litestar.openapi.spec import Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

from mingjian.core.model.outcome import Cited, Missing, Outcome

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator

T = TypeVar("T")
JSON = "application/json"
encode = msgspec.json.Encoder(decimal_format="number").encode
"""A value as the project writes JSON: numbers as numbers, with all the digits that they have."""


class Wire(Response[T]):
    """An answer: what is no bytes yet is encoded as the project writes JSON."""

    def render(self, content: Any, media_type: Any, _enc_hook: Any = None) -> bytes:  # noqa: ANN401 - as Litestar's
        """The bytes of the answer."""
        if isinstance(content, bytes):
            return content
        return content.encode() if isinstance(content, str) else encode(content)


class OutcomeSchema(OpenAPISchemaPlugin):
    """Tells of an ``Outcome`` that it is either cited or missing: no other type says so."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:  # noqa: ANN401 - any annotation
        """Whether the type is an outcome."""
        return value is Outcome

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """Whether the field holds an outcome."""
        return field_definition.origin is Outcome or field_definition.annotation is Outcome

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: SchemaCreator) -> Schema:
        """Either of the two."""
        held = (*get_args(field_definition.annotation), str)[0]
        kinds = (Cited[held], Missing)  # type: ignore[valid-type]
        described = (FieldDefinition.from_annotation(kind) for kind in kinds)
        return Schema(any_of=[schema_creator.for_field_definition(one) for one in described])
