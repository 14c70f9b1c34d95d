"""What went wrong with a request, as problem details (RFC 9457) that say what to do; as a page for browsers."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException

from mingjian.errors import (
    AccessError,
    AmbiguousError,
    AnchorError,
    BusyError,
    FullError,
    MeanwhileError,
    MingjianError,
    NoReviewError,
    PageError,
    QuestionError,
    ReadError,
    ReviewError,
    StoreError,
    UnknownError,
    UnmadeError,
)

PROBLEM = "application/problem+json"
_LATER = "10"
_STATUS: tuple[tuple[type[MingjianError], HTTPStatus], ...] = (
    (UnknownError, HTTPStatus.NOT_FOUND),
    (AmbiguousError, HTTPStatus.CONFLICT),
    (MeanwhileError, HTTPStatus.CONFLICT),
    (NoReviewError, HTTPStatus.NOT_FOUND),
    (ReviewError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (BusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (FullError, HTTPStatus.INSUFFICIENT_STORAGE),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (QuestionError, HTTPStatus.BAD_REQUEST),
    (AnchorError, HTTPStatus.BAD_REQUEST),
    (ReadError, HTTPStatus.BAD_REQUEST),
    (PageError, HTTPStatus.BAD_REQUEST),
)
_MENDS = {
    HTTPStatus.BAD_REQUEST: "look up what this takes in /api/openapi.json",
    HTTPStatus.UNAUTHORIZED: "log in, or send a token as `Authorization: Bearer …`",
    HTTPStatus.FORBIDDEN: "ask somebody who may",
    HTTPStatus.NOT_FOUND: "look up the addresses in /api/openapi.json",
    HTTPStatus.METHOD_NOT_ALLOWED: "use one of the methods that the header Allow names",
    HTTPStatus.PRECONDITION_FAILED: "ask for it again, and send the ETag of that answer",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "send less at a time",
    HTTPStatus.UNPROCESSABLE_ENTITY: "change what `detail` names, and send it again",
    HTTPStatus.TOO_MANY_REQUESTS: "wait as long as the header Retry-After says",
}
_OF_LITESTAR: dict[str, tuple[HTTPStatus, str, str]] = {
    "Request Entity Too Large": (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "it brings too many parts",
        "send fewer files or fields at a time",
    ),
    **dict.fromkeys(
        (
            "Invalid multipart/form-data",
            "Unexpected eof in multipart/form-data",
            "multipart boundary missing in Content-Type",
        ),
        (
            HTTPStatus.BAD_REQUEST,
            "the form is broken off, or is none",
            "send multipart/form-data with its boundary, to the end",
        ),
    ),
    "Not Found": (HTTPStatus.NOT_FOUND, "nothing is at this address", _MENDS[HTTPStatus.NOT_FOUND]),
    "Method Not Allowed": (
        HTTPStatus.METHOD_NOT_ALLOWED,
        "this address does not take this method",
        _MENDS[HTTPStatus.METHOD_NOT_ALLOWED],
    ),
}
"""What the framework itself refuses, in its words: with which status, in our words, and what to do."""
_SENT_WRONG: dict[type[Exception], str] = {
    RecursionError: "what was sent is nested too deeply",
    UnicodeDecodeError: "what was sent is not UTF-8",
}
"""What reading a request raises for words that are none."""
_ELSE = "try again; if it stays so, tell whoever runs the service what you asked for and when"
_MENDED_BY_ASKERS = (UnknownError, AmbiguousError, BusyError, UnmadeError)
_KEEPERS = "tell whoever runs this service"
_log = logging.getLogger("mingjian.serve")


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Problem details: what it is called, its status, what is wrong here, and what to do."""

    title: str
    status: int
    detail: str
    mend: str
    type: str = "about:blank"
    fields: tuple[str, ...] = ()


def problem_of(error: Exception) -> Problem:
    """What is told of an error: of one that nobody foresaw, nothing but that it happened.

    Where the workspace lies on the disk is for nobody who asks over the network.
    """
    status = status_of(error)
    if isinstance(error, StoreError):
        return Problem(title=status.phrase, status=status, detail=error.problem, mend=mend_from_afar(error))
    if isinstance(error, MingjianError):
        mend = getattr(error, "mend", _mend(status))
        return Problem(title=status.phrase, status=status, detail=str(error).removesuffix(f"; {mend}"), mend=mend)
    if isinstance(error, HTTPException) and error.detail in _OF_LITESTAR:
        _, told, mend = _OF_LITESTAR[error.detail]
        return Problem(title=status.phrase, status=status, detail=told, mend=mend)
    if isinstance(error, ValidationException):
        return _invalid(error)
    if isinstance(error, HTTPException):
        return Problem(title=status.phrase, status=status, detail=error.detail or status.phrase, mend=_mend(status))
    told = next((told for kind, told in _SENT_WRONG.items() if isinstance(error, kind)), "this was not foreseen")
    return Problem(title=status.phrase, status=status, detail=told, mend=_mend(status))


def is_for_keepers(error: Exception) -> bool:
    """Whether the error is mended where the workspace lies alone: not by who asks, nor by waiting."""
    return isinstance(error, StoreError) and not isinstance(error, _MENDED_BY_ASKERS)


def mend_from_afar(error: StoreError) -> str:
    """What to do for who asks over the network, and may have neither the disk nor the command line."""
    if isinstance(error, UnmadeError):
        return f"it is made beside requests: ask again in a moment; {_KEEPERS} where that only reads: {error.mend}"
    return f"{_KEEPERS}: {error.mend}" if is_for_keepers(error) else error.mend


def status_of(error: Exception) -> HTTPStatus:
    """The status of the answer."""
    if isinstance(error, AccessError):
        return HTTPStatus(error.status)
    if isinstance(error, tuple(_SENT_WRONG)):
        return HTTPStatus.BAD_REQUEST
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status
    if isinstance(error, HTTPException):
        return _OF_LITESTAR[error.detail][0] if error.detail in _OF_LITESTAR else HTTPStatus(error.status_code)
    return HTTPStatus.INTERNAL_SERVER_ERROR


def answer_error(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer of the programs' side to an error."""
    problem = problem_of(error)
    note_unforeseen(request, error, problem)
    return Response(
        msgspec.json.encode(problem), status_code=problem.status, media_type=PROBLEM, headers=headers_of(error, problem)
    )


def headers_of(error: Exception, problem: Problem) -> dict[str, str]:
    """The headers that go with it, such as when to try again."""
    headers = dict(getattr(error, "headers", None) or {})
    if isinstance(error, AccessError) and error.seconds:
        headers["Retry-After"] = str(error.seconds)
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.setdefault("Retry-After", _LATER)
    return {**headers, "Cache-Control": "no-store"}


def note_unforeseen(request: Request[Any, Any, Any], error: Exception, problem: Problem) -> None:
    """Log what the answer does not tell."""
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR or isinstance(error, tuple(_SENT_WRONG)):
        _log.error("unforeseen", exc_info=error, extra={"path": request.url.path, "method": request.method})


def _mend(status: HTTPStatus) -> str:
    return _MENDS.get(status, _ELSE)


def _invalid(error: ValidationException) -> Problem:
    extra = error.extra if isinstance(error.extra, list) else []
    fields = tuple(f"{one.get('key', '')}: {one.get('message', '')}" for one in extra if isinstance(one, dict))
    status = HTTPStatus.BAD_REQUEST
    detail = "what was sent is not what this takes"
    return Problem(title=status.phrase, status=status, detail=detail, mend=_mend(status), fields=fields)
