"""What a change is made on condition of: that a thing is as whoever changes it saw it (``If-Match``, RFC 9110)."""

from __future__ import annotations

from hashlib import blake2s
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException

from mingjian.core.model.corpus import KeptPage

_SIZE = 12
_ANY = "*"


class PreconditionError(HTTPException):
    """What should be changed is not as whoever asks saw it."""

    status_code = HTTPStatus.PRECONDITION_FAILED


def tag_of_page(kept: KeptPage) -> str:
    """The strong entity tag of a page as it is kept: another one whenever it was taken out, brought back or erased."""
    return f'"{blake2s(msgspec.msgpack.encode(kept), digest_size=_SIZE).hexdigest()}"'


def must_be_as_seen(request: Request[Any, Any, Any], tag: str) -> None:
    """Silence where the request asks for no state or for this one; raises ``PreconditionError`` else."""
    wanted = request.headers.get("if-match")
    if wanted is None or wanted.strip() == _ANY:
        return
    if tag not in {one.strip() for one in wanted.split(",")}:
        raise PreconditionError("it is not as the header If-Match says: somebody was faster")
