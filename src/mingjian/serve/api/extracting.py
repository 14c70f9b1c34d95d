"""A page in the request, its record in the answer: nothing is kept."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Controller, Response, post
from litestar.params import JSONBody

from mingjian.core.model.record import Record
from mingjian.corpus.extracting import extract_sent
from mingjian.serve.access.rights import needs
from mingjian.serve.settings import READS
from mingjian.serve.wire import Wire

_LONGEST = 2_000_000


class PageSent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page: either its HTML or its text, and where and when it was found, if that is known.

    ``with_text``: the record holds the whole text layer too.
    """

    text: Annotated[str, msgspec.Meta(max_length=_LONGEST)] | None = None
    html: Annotated[str, msgspec.Meta(max_length=_LONGEST)] | None = None
    url: Annotated[str, msgspec.Meta(max_length=2_000)] | None = None
    retrieved_at: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    with_text: bool = False


class ExtractController(Controller):
    """Extraction without a workspace."""

    path = "/extract"
    tags = ["extraction"]  # noqa: RUF012 - as Litestar asks for it
    opt = {**needs("read"), **READS}  # noqa: RUF012

    @post(
        "/", sync_to_thread=True, status_code=200, operation_id="extract", summary="The record of a page that is sent"
    )
    def extract(self, data: JSONBody[PageSent]) -> Response[Record]:
        """Read a page and give its record, as `mingjian extract` does: nothing of it is kept."""
        sent = {"text": data.text, "html": data.html, "url": data.url, "retrieved_at": data.retrieved_at}
        return Wire(extract_sent({name: value for name, value in sent.items() if value is not None}, data.with_text))
