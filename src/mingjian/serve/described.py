"""How OpenAPI describes the interface: what all routes have in common is said here once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Litestar

from mingjian.serve.forms import MEDIA_TYPES
from mingjian.serve.problems import PROBLEM
from mingjian.serve.wire import encode

Described = dict[str, Any]
_PROBLEMS = {
    "400": "What was asked cannot be meant: the answer says what can.",
    "401": "It is not known who asks.",
    "403": "Who asks may not.",
    "404": "Nothing has this id or name.",
    "409": "Several things have an id that begins so, or this name; or somebody was faster.",
    "412": "What should be changed is not as the header If-Match says.",
    "413": "More was sent than is taken at a time.",
    "422": "What was said cannot be kept as it is: the answer says why.",
    "429": "More was asked than is answered in a minute; wait as the header Retry-After says.",
    "503": "The workspace cannot do this just now; try again as the header Retry-After says.",
}
_EXAMPLES: Described = {
    "q": "算力 年:2026",
    "metric": "算力规模",
    "region": ["广东", "110000"],
    "technology": ["compute"],
    "industry": ["C"],
    "status": ["due"],
    "since": "2026-01",
    "until": "2026-12-31",
    "as_of": "2026-03-05",
    "sort": "-deadline",
}
_OWN = "/api/openapi"
_MODULES = re.compile(r"(?<=_)[a-z_.]*\.(?=[A-Z])")
_LONGEST = 60
_ROWS = "Listed_AnyRow"
_METHODS = ("get", "post", "put", "patch", "delete")
_BINARY = {"xlsx", "parquet", "docx"}


def described_interface(app: Litestar) -> Described:
    """The description of all routes, OpenAPI 3.1."""
    described = _named_briefly(app.openapi_schema.to_schema())
    described["paths"] = {path: item for path, item in described["paths"].items() if not path.startswith(_OWN)}
    described["components"]["schemas"]["Problem"] = _PROBLEM_SCHEMA
    described["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    described["security"] = [{"token": []}, {}]
    for path, operation in _operations(described):
        _describe(path, operation)
    return described


def _named_briefly(described: Described) -> Described:
    """The same, types named without the modules in which they stand, and unions of rows by what they are."""
    text = encode(described).decode()
    for name in sorted(described["components"]["schemas"], key=len, reverse=True):
        brief = _MODULES.sub("", name)
        brief = brief if len(brief) <= _LONGEST else _ROWS
        text = text.replace(f'"{name}"', f'"{brief}"').replace(f'/schemas/{name}"', f'/schemas/{brief}"')
    named: Described = msgspec.json.decode(text)
    return named


def _operations(described: Described) -> Iterator[tuple[str, Described]]:
    for path, item in described["paths"].items():
        yield from ((path, item[method]) for method in _METHODS if method in item)


def _describe(path: str, operation: Described) -> None:
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _without_null(parameter["schema"])
        if parameter["in"] == "query" and parameter["name"] in _EXAMPLES:
            parameter["example"] = _EXAMPLES[parameter["name"]]
        if parameter["in"] == "query" and parameter["name"] == "format":
            _tell_forms(operation, parameter["schema"]["enum"])
    if path.startswith("/api"):
        problem = {"content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        operation["responses"] |= {status: {"description": what, **problem} for status, what in _PROBLEMS.items()}


def _without_null(schema: Described) -> Described:
    """The schema of a parameter that may be left out: null is nothing that an address could hold."""
    rest = {name: value for name, value in schema.items() if name not in {"oneOf", "default"} or value is not None}
    if "enum" in rest:
        rest["enum"] = [value for value in rest["enum"] if value is not None]
    if isinstance(rest.get("type"), list):
        (rest["type"],) = (kind for kind in rest["type"] if kind != "null")
    if "oneOf" in rest:
        kinds = [kind for kind in rest.pop("oneOf") if kind != {"type": "null"}]
        rest |= _without_null(kinds[0]) if len(kinds) == 1 else {"oneOf": kinds}
    return rest


def _tell_forms(operation: Described, forms: list[str]) -> None:
    """The media types of the answer in each form that can be asked for."""
    content = next(answer["content"] for status, answer in operation["responses"].items() if status.startswith("2"))
    for form in forms:
        if form != "json":
            content[MEDIA_TYPES[form]] = {"schema": {} if form in _BINARY else {"type": "string"}}


_TEXT = {"type": "string"}
_PROBLEM_SCHEMA: Described = {
    "title": "Problem",
    "description": "Problem details (RFC 9457): what is wrong and, in ``mend``, what to do.",
    "type": "object",
    "required": ["title", "status", "detail", "mend"],
    "properties": {
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "mend": _TEXT,
        "type": _TEXT,
        "fields": {"type": "array", "items": _TEXT},
    },
}
