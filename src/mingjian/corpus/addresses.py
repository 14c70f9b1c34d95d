"""Where a page stands, in one form: two spellings of one address are one address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from mingjian.core.model.page import Page

_SCHEMES = ("http", "https")
_SAFE = ":@!$&'()*+,;=~"


class Address(NamedTuple):
    """The address of a page; ``stands_on_web`` is false of a name that only its file or container gave it."""

    name: str
    stands_on_web: bool


def address_of(page: Page, settings: Mapping[str, Any]) -> Address:
    """Where the page stands: what its container says, else what its markup says, else the name that it was given."""
    told = [page.url or ""] + [
        each.value for name in settings["declared"] for each in page.declarations if each.name == name
    ]
    for rank, url in enumerate(told):
        normal = normal_url(url, settings)
        if normal is not None and (rank == 0 or _names_a_page(normal)):
            return Address(normal, stands_on_web=True)
    return Address(page.doc_id, stands_on_web=False)


def normal_url(url: str, settings: Mapping[str, Any]) -> str | None:
    """The address without what does not tell pages apart, or nothing for what is no address on the web.

    Host in lower case without a default port, no fragment (but ``#!`` and ``#/``, which programs in pages route by), no
    tracking parameters, the others in order, escapes in one spelling, no empty path, no ``index.html``; ``http`` and
    ``https`` are one, since sites move from one to the other.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not host:
        return None
    known = settings["default_ports"].values()
    place = host.rstrip(".") if port is None or port in known else f"{host.rstrip('.')}:{port}"
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    path = _path(parts.path, settings["index_names"])
    return urlunsplit(("https", place, path, _query(parts.query, settings["tracking"]), fragment))


def _path(path: str, index_names: list[str]) -> str:
    head, _, last = path.rpartition("/")
    if last.lower() in index_names:
        path = f"{head}/"
    return "/".join(_segment(each) for each in path.split("/")) or "/"


def _segment(words: str) -> str:
    return quote(unquote(words, errors="surrogateescape"), safe=_SAFE, errors="surrogateescape")


def _query(query: str, tracking: list[str]) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if not _tracks(name.lower(), tracking)
    ]
    return urlencode(sorted(kept), errors="surrogateescape")


def _tracks(name: str, tracking: list[str]) -> bool:
    return any(name.startswith(each[:-1]) if each.endswith("*") else name == each for each in tracking)


def _names_a_page(url: str) -> bool:
    """Whether an address names more than a site: many pages call their site's front page canonical."""
    parts = urlsplit(url)
    return len(parts.path) > 1 or bool(parts.query) or bool(parts.fragment)
