"""Markup nested beyond any page that people wrote, made flat before it is parsed.

Parsers ask all open elements at every new one, so 100,000 nested elements cost them 10,000,000,000 questions.
"""

from __future__ import annotations

import re

_MANY_TAGS = 8_000  # below this no nesting is deep enough to matter, and the markup is not looked at
_DEEPEST = 512  # where browsers stop, too
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,40})[^<>]{0,4000}>")
_CROWDED = re.compile(r"<([A-Za-z][A-Za-z0-9:-]{0,40})(?=[\s/])[^<>]{8000,}")
_PIECE = 4_000  # half of the 8,000 characters of a crowded tag, so that one piece lies in it whatever its place
_MOST_ATTRIBUTES = 1_000
_UNCOUNTED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "option",
        "tbody",
        "thead",
        "tfoot",
    ]
)  # never hold anything, or are closed by the next of their kind


def flatten(markup: str) -> str:
    """The markup with line breaks for the tags below the 512th level; all but hostile markup comes back as it is.

    Tags with thousands of attributes lose them: parsers compare each with all others.
    """
    if _may_be_crowded(markup):
        markup = _CROWDED.sub(_bare, markup)
    if markup.count("<") < _MANY_TAGS:
        return markup
    kept: list[str] = []
    depth = done = 0
    for tag in _TAG.finditer(markup):
        if tag[2].lower() in _UNCOUNTED:
            continue
        closing = bool(tag[1])
        if depth > _DEEPEST or (depth == _DEEPEST and not closing):
            kept += (markup[done : tag.start()], "" if closing else "<br>")
            done = tag.end()
        depth = max(0, depth - 1) if closing else depth + 1
    return "".join((*kept, markup[done:]))


def _may_be_crowded(markup: str) -> bool:
    """Whether a tag is so long: then a whole piece without a bracket lies in it, and its own stands shortly before."""
    was_empty = False
    for start in range(0, len(markup), _PIECE):
        end = start + _PIECE
        is_empty = markup.find("<", start, end) < 0 and markup.find(">", start, end) < 0
        if is_empty and not was_empty:
            opening = markup.rfind("<", max(0, start - _PIECE), start)
            if opening >= 0 and _CROWDED.match(markup, opening):
                return True
        was_empty = is_empty
    return False


def _bare(tag: re.Match[str]) -> str:
    return f"<{tag[1]} " if tag[0].count("=") > _MOST_ATTRIBUTES < len(tag[0].split()) else tag[0]
