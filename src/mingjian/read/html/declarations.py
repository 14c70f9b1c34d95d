"""What the markup declares of its page, each with the words as they stand in the markup.

The parser keeps no offsets, so the few elements that declare something are looked for in the markup itself;
comments and scripts are stepped over, so that what they quote declares nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from mingjian.core.model.page import Declaration
from mingjian.core.model.span import cite
from mingjian.read.html.linked_data import find_linked_data

_MOST_DECLARATIONS = 200
_FARTHEST = 400_000  # characters of the head, and of the body, that are looked at
_OPENING = re.compile(
    r"""<(?:!--|(title|script|style|meta|link)(?=[\s/>])((?:[^<>"']++|"[^"]{0,8000}"|'[^']{0,8000}'){0,80}+)>?)""",
    re.IGNORECASE,
)
_CLOSINGS = {"": ("-->",), "script": ("</script", "</SCRIPT"), "style": ("</style", "</STYLE"), "title": ("<",)}
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,80})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_NAMING = ("name", "property", "itemprop", "http-equiv")
_VARIABLES = ("createTime", "create_time", "publish_time", "publishTime", " ct")
_ASSIGNMENT = re.compile(
    r"""\s?(createTime|create_time|publish_time|publishTime|ct)\s{0,4}=\s{0,4}"""
    r"""["']([0-9]{10}(?:[0-9]{3})?|20[0-9]{2}-[0-9:T. -]{4,20})["']"""
)
_SPACES = re.compile(r"\s+")


class _Element(NamedTuple):
    """An element of the markup: its name in lower case, where its attributes stand, where its content does."""

    name: str
    attributes: tuple[int, int]
    content: tuple[int, int]


def find_declarations(markup: str) -> tuple[Declaration, ...]:
    """The title element, metas, the canonical link and JSON-LD values, in the order of the markup."""
    found: list[Declaration] = []
    titled = False
    for element in _declaring(markup):
        if element.name == "title":
            if not titled:
                found += _declare(markup, "title", *element.content)
            titled = True
        elif element.name == "script":
            if "ld+json" in markup[slice(*element.attributes)].lower():
                found += find_linked_data(markup, *element.content)
        elif element.name in ("meta", "link"):
            found += _of_attributes(markup, element)
        if len(found) >= _MOST_DECLARATIONS:
            break
    found += _assigned(markup)
    return tuple(found[:_MOST_DECLARATIONS])


def _assigned(markup: str) -> Iterator[Declaration]:
    """Times of publishing that scripts set as variables, as pages of WeChat do that print none: ``script:ct``."""
    for name in _VARIABLES:
        place = markup.find(name)
        while place >= 0:
            match = _ASSIGNMENT.match(markup, place)
            if match is not None:
                yield from _declare(markup, f"script:{match[1].lower()}", *match.span(2))
                break
            place = markup.find(name, place + 1)


def _declaring(markup: str) -> Iterator[_Element]:
    """The elements of the head, and those of the body where it holds such at all; titles there are of drawings."""
    body = max(markup.find("<body", 0, _FARTHEST), markup.find("<BODY", 0, _FARTHEST))
    end = min(len(markup), max(body, 0) + _FARTHEST)
    yield from _elements(markup, 0, body if body >= 0 else end)
    if body >= 0 and any(markup.find(sign, body, end) >= 0 for sign in ("<meta", "ld+json")):
        yield from (element for element in _elements(markup, body, end) if element.name != "title")


def _elements(markup: str, start: int, end: int) -> Iterator[_Element]:
    place = start
    while (opening := _OPENING.search(markup, place, end)) is not None:
        name, behind = (opening[1] or "").lower(), opening.end()
        place = _end_of_content(markup, name, behind, end)
        yield _Element(name, opening.span(2), (behind, place))


def _end_of_content(markup: str, name: str, start: int, end: int) -> int:
    """Where the element's closing tag begins; the end where it has none, and at once for elements without content."""
    closings = _CLOSINGS.get(name)
    if closings is None:
        return start
    nearest = end
    for closing in closings:
        place = markup.find(closing, start, nearest)
        nearest = place if place >= 0 else nearest
    return nearest


def _of_attributes(markup: str, element: _Element) -> Iterator[Declaration]:
    if element.name == "link" and "canonical" not in markup[slice(*element.attributes)]:
        return
    values: dict[str, tuple[int, int]] = {}
    for match in _ATTRIBUTE.finditer(markup, *element.attributes):
        values.setdefault(match[1].lower(), match.span(match.lastindex or 0))
    if element.name == "link":
        if "href" in values and "canonical" in markup[slice(*values.get("rel", (0, 0)))].lower().split():
            yield from _declare(markup, "link:canonical", *values["href"])
        return
    for naming in _NAMING if "content" in values else ():
        name = markup[slice(*values.get(naming, (0, 0)))].strip().lower()
        if name:
            yield from _declare(markup, name, *values["content"])


def _declare(markup: str, name: str, start: int, end: int) -> Iterator[Declaration]:
    """The declaration whose raw words stand between the two places, without the white space around them."""
    raw = markup[start:end]
    start, end = start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip())
    value = _SPACES.sub(" ", html.unescape(raw)).strip()
    if start < end and value:
        yield Declaration(name, value, cite(markup, start, end, "html"))
