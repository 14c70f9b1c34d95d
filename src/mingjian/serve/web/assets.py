"""The static files of the workbench: what each holds, how it is sent, and under which address.

All stand under one address that carries a hash of all of them, so that browsers may keep them for good, and modules
find one another by relative names. Only files that are listed here exist: no path of a request reaches the disk.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from mingjian.brief.graphs.html import DRAWING

ROOT = "/static"
CYTOSCAPE = f"vendored/{DRAWING}"
_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "txt": "text/plain; charset=utf-8",
}
_PACKED = frozenset({"css", "js", "svg", "txt"})


class Asset(msgspec.Struct, frozen=True):
    """A file as it is sent: its bytes, the same with gzip (``None`` where that saves nothing), and its media type."""

    body: bytes
    gzipped: bytes | None
    media_type: str


def static_url(name: str) -> str:
    """The address of a static file; ``KeyError`` for one that is not there."""
    if name not in _places():
        raise KeyError(name)
    return f"{ROOT}/{version_of_assets()}/{name}"


@cache
def version_of_assets() -> str:
    """A hash of all static files: it changes with any of them."""
    total = sha256()
    for name, place in _places().items():
        total.update(name.encode() + b"\0" + sha256(place.read_bytes()).digest())
    return total.hexdigest()[:12]


def asset(name: str) -> Asset | None:
    """The static file of this name (``vendored/htmx.min.js``); ``None`` where there is none."""
    return _read(name) if name in _places() else None


@cache
def _read(name: str) -> Asset:
    body = _places()[name].read_bytes()
    ending = name.rpartition(".")[2]
    return Asset(body, gzip.compress(body, 9, mtime=0) if ending in _PACKED else None, _TYPES[ending])


@cache
def _places() -> Mapping[str, Traversable]:
    """Each file by its name, in order; the drawing of graphs is the one that graphs written as HTML carry in them."""
    web = files("mingjian.serve.web").joinpath("static")
    places = dict(_walk(web, ""))
    places |= {f"vendored/{name}": place for name, place in _walk(files("mingjian.brief").joinpath("vendored"), "")}
    return dict(sorted(places.items()))


def _walk(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _walk(each, f"{before}{each.name}/")
        elif each.name.rpartition(".")[2] in _TYPES:
            yield f"{before}{each.name}", each
