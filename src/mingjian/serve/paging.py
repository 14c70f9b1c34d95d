"""Lists in parts, and the refusal of what a question cannot mean.

The conventions of all lists (docs/how-to/use-the-api.md): ``limit`` and ``offset``, bounded; the address of the next
part in the answer and in the header ``Link``; a filter is given again for each of its values; a parameter that is none
is refused, for a filter that is mistyped must not silently give everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Annotated, Any, Generic, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

import msgspec
from litestar import Request, Response
from litestar.di import Provide
from litestar.enums import ParamType
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg, PathParameter, QueryParameter

from mingjian.errors import QuestionError
from mingjian.serve.wire import Wire

T = TypeVar("T")
MOST = 1_000
FARTHEST = 1_000_000
CITED_AT = "/pages/{page}#s={start},{end}"
"""Where the workbench shows the words of a cite: a URI template (RFC 6570) of its page and places."""
Number = Annotated[int, PathParameter(ge=1, le=2**53, description="The number that lists give.")]
"""The number of something that is kept, in an address: no larger than what a program may hold, or a database."""
_LONGEST = 200
_NULL = "null"  # which Litestar would take for a parameter that is left out


class Listed(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list: ``total`` is null where it is not known without making the whole list.

    ``next`` is the address of the part behind this one, null at the end. Every cite within names a page, a start and
    an end: put into ``cited_at``, they are the address where its words are shown.
    """

    items: tuple[T, ...]
    total: int | None
    limit: int
    offset: int
    next: str | None
    cited_at: str = CITED_AT


class Part(msgspec.Struct, frozen=True):
    """Which part of a list is asked for."""

    limit: int = 50
    offset: int = 0

    def of(self, every: Iterable[T]) -> tuple[tuple[T, ...], bool]:
        """The part, and whether there is more behind it: no more of the list is made than that."""
        found = list(islice(every, self.offset, self.offset + self.limit + 1))
        return tuple(found[: self.limit]), len(found) > self.limit


def asked_part(
    limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="So many at most.")] = 50,
    offset: Annotated[int, QueryParameter(ge=0, le=FARTHEST, description="Leave out so many of the first.")] = 0,
) -> Part:
    """The part that a request asks for."""
    return Part(limit, offset)


PART = {"part": Provide(asked_part, sync_to_thread=False)}
"""What a handler of lists depends on, beside its own parameters."""


def listed(
    request: Request[Any, Any, Any], part: Part, items: tuple[T, ...], *, more: bool, total: int | None = None
) -> Listed[T]:
    """The part of a list with the address of the next."""
    address = next_address(request, part) if more else None
    return Listed(items=items, total=total, limit=part.limit, offset=part.offset, next=address)


def linked(answer: Listed[T]) -> Response[Listed[T]]:
    """The answer, with the address of the next part in its header too."""
    return Wire(answer, headers=link_header(answer.next))


def link_header(address: str | None) -> dict[str, str]:
    """The header that names the next part, where there is one."""
    return {} if address is None else {"Link": f'<{address}>; rel="next"'}


def next_address(request: Request[Any, Any, Any], part: Part) -> str:
    """The same question for the part behind."""
    asked = [(name, value) for name, value in request.query_params.items() if name not in {"offset", "limit"}]
    place = {"limit": part.limit, "offset": part.offset + part.limit}
    return f"{quote(request.url.path)}?{urlencode([*asked, *place.items()])}"


class _Parameter(NamedTuple):
    """What a parameter of a route may be: several values, and whether its values are words."""

    several: bool
    words: bool


def refuse_unknown(request: Request[Any, Any, Any]) -> None:
    """Silence, or ``QuestionError`` for a parameter that the route does not take, or takes once and is given twice."""
    given = request.query_params
    known = _parameters(request.route_handler)
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
            mend = f"did you mean {', '.join(near)}?" if near else "this takes no parameters"
            raise QuestionError(name[:_LONGEST], "is no parameter of this", mend)
        if len(given.getall(name)) > 1 and not known[name].several:
            raise QuestionError(name, "is given several times", "give it once")
        if not known[name].words and given[name].strip().lower() == _NULL:
            raise QuestionError(name, "is given without a value", "leave it out, or give it one")


@lru_cache(maxsize=512)
def _parameters(handler: HTTPRouteHandler) -> Mapping[str, _Parameter]:
    """The parameters of a route by their names."""
    provided = handler.resolve_dependencies()
    signatures = [handler.parsed_fn_signature, *(provide.parsed_fn_signature for provide in provided.values())]
    found: dict[str, _Parameter] = {}
    for signature in signatures:
        for name, field in signature.parameters.items():
            kind = field.kwarg_definition
            if name not in provided and isinstance(kind, ParameterKwarg) and kind.param_type == ParamType.QUERY:
                every = (field, *field.inner_types)
                several = any(one.is_non_string_sequence for one in every)
                found[kind.name or name] = _Parameter(several, several or any(one.annotation is str for one in every))
    return found
