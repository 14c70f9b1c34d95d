"""What is said in any text, exactly: times, quantities and names; nothing of the text is kept."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Controller, Response, post
from litestar.params import JSONBody

from mingjian.core.model.annotation import Measured, Named, TimeExpression
from mingjian.core.pipeline.expressions import expressions, times
from mingjian.core.pipeline.naming import names
from mingjian.serve.access.rights import needs
from mingjian.serve.settings import READS
from mingjian.serve.wire import Wire

_LONGEST = 20_000


class TextSent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text, every line a paragraph, and the day from which relative dates count (2025-03-05, 2025-03 or 2025)."""

    text: Annotated[str, msgspec.Meta(max_length=_LONGEST)]
    anchor: Annotated[str, msgspec.Meta(max_length=40)] | None = None


class TextAlone(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text, every line a paragraph."""

    text: Annotated[str, msgspec.Meta(max_length=_LONGEST)]


class TimesTold(msgspec.Struct, frozen=True, kw_only=True):
    """The time expressions of a text in order; offsets count its code points."""

    times: tuple[TimeExpression, ...]


class QuantitiesTold(msgspec.Struct, frozen=True, kw_only=True):
    """The quantities of a text in order, and the times that they name; offsets count its code points."""

    quantities: tuple[Measured, ...]
    times: tuple[TimeExpression, ...]


class NamesTold(msgspec.Struct, frozen=True, kw_only=True):
    """The names of people (PER), bodies (ORG) and places (LOC) of a text; offsets count its code points."""

    names: tuple[Named, ...]


class ExpressionsController(Controller):
    """Expressions of texts."""

    tags = ["extraction"]  # noqa: RUF012 - as Litestar asks for it
    opt = {**needs("read"), **READS}  # noqa: RUF012

    @post("/times", sync_to_thread=True, status_code=200, operation_id="readTimes", summary="The times of a text")
    def times(self, data: JSONBody[TextSent]) -> Response[TimesTold]:
        """Give the time expressions: value (TIMEX3), bounds, and what they were counted from."""
        return Wire(TimesTold(times=times(data.text, data.anchor)))

    @post(
        "/quantities",
        sync_to_thread=True,
        status_code=200,
        operation_id="readQuantities",
        summary="The quantities of a text",
    )
    def quantities(self, data: JSONBody[TextSent]) -> Response[QuantitiesTold]:
        """Give the quantities: number, unit, comparator, and where the words stand for what they measure."""
        found = expressions(data.text, data.anchor)
        return Wire(QuantitiesTold(quantities=found.quantities, times=found.times))

    @post("/names", sync_to_thread=True, status_code=200, operation_id="readNames", summary="The names in a text")
    def names(self, data: JSONBody[TextAlone]) -> Response[NamesTold]:
        """Give the names of people, bodies and places, each with the rule or lexicon that found it."""
        return Wire(NamesTold(names=names(data.text)))
