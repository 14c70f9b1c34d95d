"""The static files over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from mingjian.serve.access.rights import needs
from mingjian.serve.web.assets import ROOT, asset, version_of_assets

_FOR_GOOD = "public, max-age=31536000, immutable"
_NOW = "no-cache"


@get(f"{ROOT}/{{version:str}}/{{name:path}}", sync_to_thread=False, include_in_schema=False, opt=needs("anyone"))
def static_file(request: Request[Any, Any, Any], version: FromPath[str], name: FromPath[Path]) -> Response[bytes]:
    """Send a static file, with gzip where it is taken; under the address of today's files it may be kept for good."""
    found = asset(name.as_posix().lstrip("/"))
    if found is None:
        raise NotFoundException(f"there is no static file {name}")
    packed = found.gzipped is not None and "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": _FOR_GOOD if version == version_of_assets() else _NOW, "Vary": "Accept-Encoding"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    body = found.gzipped if packed and found.gzipped is not None else found.body
    return Response(body, media_type=found.media_type, headers=headers)
