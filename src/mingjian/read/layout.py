"""From the element tree to the text layer: words in order, white space as browsers show it, and where each run came from."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from mingjian.core.model.page import Stretch

_MARKS_KEPT = 4  # so many of the nearest elements with a class or id are named
_LONGEST_MARK = 200
_LONGEST_PATH = 1_000

_NOTHING, _SPACE, _CELL, _BLOCK = range(4)
_SEPARATORS = ("", " ", "\t", "\n")
_BLOCKS = (
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre search "
    "section select summary table tbody tfoot thead tr ul xmp"
)
_SEPARATION = (
    dict.fromkeys(_BLOCKS.split(), _BLOCK)
    | dict.fromkeys(("td", "th"), _CELL)
    | dict.fromkeys(("button", "label"), _SPACE)
)
_UNSEEN = frozenset(
    [
        "annotation",
        "annotation-xml",
        "audio",
        "canvas",
        "datalist",
        "frame",
        "head",
        "iframe",
        "link",
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "rp",
        "rt",
        "script",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_KEPT_AS_TYPED = frozenset(("pre", "listing", "xmp", "plaintext"))
_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])display\s{0,9}:\s{0,9}none", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
_BREAK_IN_HAN = re.compile(f"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")


class _Place(NamedTuple):
    """Where a node stands: what a stretch says of it, and whether its white space counts."""

    path: str
    marks: tuple[str, ...]
    link: bool
    typed: bool


class _Writer:
    """The text as it grows: a separator waits until words follow, and the widest one asked for wins."""

    __slots__ = ("length", "parts", "stretches", "waiting")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []
        self.length = 0
        self.waiting = _NOTHING

    def separate(self, by: int) -> None:
        self.waiting = max(self.waiting, by)

    def write(self, raw: str, place: _Place) -> None:
        words = raw.strip()
        if not words:
            self.separate(_BLOCK if place.typed and "\n" in raw else _SPACE)
            return
        if raw[0] != words[0]:
            self.separate(_BLOCK if place.typed and "\n" in raw[: raw.index(words[0])] else _SPACE)
        if self.length and self.waiting:
            self.parts.append(_SEPARATORS[self.waiting])
            self.length += 1
        shown = words if place.typed else _collapsed(words)
        self.parts.append(shown)
        start, self.length = self.length, self.length + len(shown)
        self.stretches.append(Stretch(start, self.length, place.path, " ".join(place.marks), place.link))
        self.waiting = _NOTHING
        if raw[-1] != words[-1]:
            self.waiting = _BLOCK if place.typed and "\n" in raw[raw.rindex(words[-1]) :] else _SPACE


def lay_out(root: LexborNode | None) -> tuple[str, tuple[Stretch, ...]]:
    """The text layer and its stretches, one for each run of text; walks with a stack of its own, so no nesting is too deep.

    A line break of the source between two Han characters joins them, as they were one line in the author's mind;
    any other run of white space is one space. Blank lines do not exist.
    """
    writer = _Writer()
    place = _Place("", (), link=False, typed=False)
    above: list[tuple[LexborNode, _Place, int]] = []
    node = root
    while node is not None:
        tag = node.tag or "-"
        if tag == "-text":
            writer.write(node.text_content or "", place)
        elif tag[0] != "-" and tag not in _UNSEEN:
            inner = _enter(node, tag, place)
            if inner is not None:
                by = _SEPARATION.get(tag, _NOTHING)
                writer.separate(by)
                child = node.first_child
                if child is not None:
                    above.append((node, place, by))
                    node, place = child, inner
                    continue
        following = node.next
        while following is None and above:
            node, place, by = above.pop()
            writer.separate(by)
            following = node.next
        node = following
    return "".join(writer.parts), tuple(writer.stretches)


def _enter(node: LexborNode, tag: str, outer: _Place) -> _Place | None:
    """The place inside an element, or nothing where the element is not displayed."""
    attributes = node.attributes
    marks = outer.marks
    if attributes:
        if "hidden" in attributes or _NOT_DISPLAYED.search(attributes.get("style") or ""):
            return None
        own = " ".join((f"{attributes.get('class') or ''} {attributes.get('id') or ''}")[:_LONGEST_MARK].split())
        if own:
            marks = (*marks[1 - _MARKS_KEPT :], own)
    path = outer.path
    if len(path) < _LONGEST_PATH:
        path = f"{path}/{tag}" if path else tag
    return _Place(path, marks, outer.link or tag == "a", outer.typed or tag in _KEPT_AS_TYPED)


def _collapsed(words: str) -> str:
    if "\n" in words:
        words = _BREAK_IN_HAN.sub("", words)
    return _WHITE.sub(" ", words)
