"""In which form an answer is given: JSON, or a file that spreadsheets and other programs read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litestar import Request, Response

from mingjian.brief.ledgers.files import PLAIN, Form, ledger_file
from mingjian.brief.ledgers.tables import Table
from mingjian.serve.access.asking import asker_of
from mingjian.serve.wire import JSON, Wire

MEDIA_TYPES = {
    "json": JSON,
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
    "html": "text/html",
    "graphml": "application/graphml+xml",
    "jsonld": "application/ld+json",
}
"""The media type of each form."""

SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
}
"""With these headers no browser runs what a file holds, whatever it is."""
_NOTED = 300  # of the question, in the log of who took what


def form_asked(request: Request[Any, Any, Any], asked: str | None, forms: Iterable[str]) -> str:
    """The form by the parameter ``format``, else the first of these that the header ``Accept`` names, else JSON."""
    if asked is not None:
        return asked
    accepted = [each.partition(";")[0].strip().lower() for each in request.headers.get("accept", "").split(",")]
    known = {MEDIA_TYPES[form]: form for form in forms}
    return next((known[one] for one in accepted if one in known), "json")


def download(
    request: Request[Any, Any, Any], content: bytes, form: str, stem: str, headers: dict[str, str] | None = None
) -> Response[Any]:
    """The bytes as a file to be kept, which no browser opens as a page of ours; who takes it is written down."""
    if asker_of(request).name:
        asked = request.url.query[:_NOTED]
        request.app.state.access.note(request, f"export.{form}", subject=request.url.path, detail=asked)
    name = attachment(f"{stem}.{form}")
    return Wire(content, media_type=MEDIA_TYPES[form], headers={**SAFE, **name, **(headers or {})})


def attachment(name: str) -> dict[str, str]:
    """The header that lets a browser keep an answer under a name (RFC 6266), whatever signs that holds."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_. ") else "_" for sign in name)
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"}


def table_file(
    request: Request[Any, Any, Any],
    table: Table,
    form: str,
    headers: dict[str, str] | None = None,
    *,
    written: Form = PLAIN,
) -> Response[Any]:
    """The table as a file in a form; raises ``EngineError`` where what writes it is not installed."""
    content = b"".join(ledger_file(table, Path(f"{table.ledger}.{form}"), written))
    return download(request, content, form, table.ledger, headers)
