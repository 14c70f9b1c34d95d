"""What JSON-LD says of an article: schema.org's words, and those that Chinese search engines ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from mingjian.core.model.page import Declaration
from mingjian.core.model.span import cite

_PLAIN_KEYS = (
    *("headline", "title", "datePublished", "pubDate", "uploadDate", "dateModified", "upDate", "description"),
    "articleBody",
)
_NAMED_KEYS = ("author", "publisher")
_MOST_OBJECTS = 50
_LONGEST = 100_000


def find_linked_data(markup: str, start: int, end: int) -> Iterator[Declaration]:
    """The declarations ``json-ld:…`` of the script between the two places; nothing where it is not JSON.

    A value whose words cannot be found again in the script is left out.
    """
    if end - start > _LONGEST:
        return
    try:
        decoded = json.loads(markup[start:end].strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return
    for described in _descriptions(decoded):
        for key, name, value in _values(described):
            place = _find(markup, key, value, start, end)
            if place is not None:
                yield Declaration(f"json-ld:{name}", value.strip(), cite(markup, *place, "html"))


def _descriptions(decoded: object) -> Iterator[dict[str, object]]:
    """The objects that describe an article: at the top, in a list, or in a graph."""
    waiting, seen = [decoded], 0
    while waiting and seen < _MOST_OBJECTS:
        item, seen = waiting.pop(0), seen + 1
        if isinstance(item, list):
            waiting += item[:_MOST_OBJECTS]
        elif isinstance(item, dict):
            waiting += [item.get("@graph"), item.get("mainEntity")]
            if {"headline", "datePublished", "pubDate", "uploadDate"} & item.keys():
                yield item


def _values(described: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """The key in the script, the name of the declaration, and the value."""
    for key in _PLAIN_KEYS:
        value = described.get(key)
        if isinstance(value, str) and _writable(value):
            yield key, key, value
    for key in _NAMED_KEYS:
        held = described.get(key)
        for bearer in held[:9] if isinstance(held, list) else [held]:
            value = bearer.get("name") if isinstance(bearer, dict) else bearer
            if isinstance(value, str) and _writable(value):
                yield ("name" if isinstance(bearer, dict) else key), f"{key}.name", value


def _writable(value: str) -> bool:
    return bool(value.strip()) and not any("\ud800" <= character <= "\udfff" for character in value)


def _find(markup: str, key: str, value: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the raw words of the value stand between their quotes, first behind their key, else anywhere."""
    behind_key = re.compile(rf'"{key}"\s{{0,50}}:\s{{0,50}}\[?\s{{0,50}}"((?:[^"\\]|\\.){{1,100000}}+)"', re.DOTALL)
    for match in behind_key.finditer(markup, start, end):
        if _meaning(match[1]) == value:
            raw = match[1]
            left, right = len(raw) - len(raw.lstrip()), len(raw) - len(raw.rstrip())
            return match.start(1) + left, match.end(1) - right
    place = markup.find(f'"{value}"', start, end)
    return (place + 1, place + 1 + len(value)) if place >= 0 and value == value.strip() else None


def _meaning(raw: str) -> str | None:
    try:
        meaning = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        return None
    return meaning if isinstance(meaning, str) else None
