"""What the markup declares of its page, each with the words as they stand in the markup.

The parser keeps no offsets, so the few elements that declare something are looked for in the markup itself;
comments and scripts are stepped over, so that what they quote declares nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from mingjian.core.model.page import Declaration
from mingjian.core.model.span import cite
from mingjian.read.linked_data import find_linked_data

_MOST_DECLARATIONS = 200
_FARTHEST = 400_000  # characters of the head, and of the body, that are looked at
_ELEMENT = re.compile(
    r"""<(?:
        (?P<comment>!--)(?:.*?)(?:-->|\Z)
      | (?P<title>title)\b[^<>]{0,400}>(?P<title_words>[^<]{0,4000})
      | (?P<script>script)\b(?P<script_attributes>[^<>]{0,1000})>(?P<code>.*?)(?:</script|\Z)
      | style\b[^<>]{0,1000}>.*?(?:</style|\Z)
      | (?P<element>meta|link)(?=[\s/])(?P<attributes>(?:[^<>"']++|"[^"]{0,8000}"|'[^']{0,8000}'){0,80}+)
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,80})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_NAMING = ("name", "property", "itemprop", "http-equiv")
_SPACES = re.compile(r"\s+")


def find_declarations(markup: str) -> tuple[Declaration, ...]:
    """The title element, metas, the canonical link and JSON-LD values, in the order of the markup."""
    found: list[Declaration] = []
    titled = False
    for element in _elements(markup):
        if element["title"]:
            if not titled:
                found += _declare(markup, "title", *element.span("title_words"))
            titled = True
        elif element["script"]:
            if "ld+json" in element["script_attributes"].lower():
                found += find_linked_data(markup, *element.span("code"))
        elif element["element"]:
            found += _of_attributes(markup, element)
        if len(found) >= _MOST_DECLARATIONS:
            break
    return tuple(found[:_MOST_DECLARATIONS])


def _elements(markup: str) -> Iterator[re.Match[str]]:
    """The elements of the head; those of the body only where it holds such at all."""
    body = max(markup.find("<body"), markup.find("<BODY"), 0) or len(markup)
    yield from _ELEMENT.finditer(markup, 0, min(body, _FARTHEST))
    end = min(len(markup), body + _FARTHEST)
    if any(markup.find(sign, body, end) >= 0 for sign in ("<meta", "<META", "ld+json", "canonical")):
        yield from (element for element in _ELEMENT.finditer(markup, body, end) if not element["title"])


def _of_attributes(markup: str, element: re.Match[str]) -> Iterator[Declaration]:
    start, end = element.span("attributes")
    values: dict[str, tuple[int, int]] = {}
    for match in _ATTRIBUTE.finditer(markup, start, end):
        values.setdefault(match[1].lower(), match.span(match.lastindex or 0))
    if element["element"].lower() == "link":
        if "href" in values and "canonical" in markup[slice(*values.get("rel", (0, 0)))].lower().split():
            yield from _declare(markup, "link:canonical", *values["href"])
        return
    if "content" in values:
        for naming in _NAMING:
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
