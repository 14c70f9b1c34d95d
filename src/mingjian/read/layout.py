"""From the element tree to the text layer: words in order, and where each run of them came from."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from mingjian.core.model.page import Stretch
from mingjian.read.places import Place, enter, outermost

_UNSEEN, _NOTHING, _LINK, _SPACE, _CELL, _BLOCK = range(-1, 5)
_SEPARATORS = ("", "", " ", "\t", "\n")
_KINDS = {
    _BLOCK: "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol "
    "optgroup option p plaintext pre search section select summary table tbody tfoot thead tr ul xmp",
    _CELL: "td th",
    _SPACE: "button label",
    _LINK: "a",
    _UNSEEN: "-comment -undef -end-of-file !doctype annotation annotation-xml audio canvas datalist frame head iframe "
    "link meta noembed noframes noscript object rp rt script style svg template textarea title video",
}
_SEPARATION = {tag: kind for kind, tags in _KINDS.items() for tag in tags.split()}
_WHITE = re.compile(r"[ \t\n\r\f]+")
_ODD_WHITE = re.compile(r"[\t\n\r\f]| [ \t\n\r\f]")
_DATE_END = re.compile(r"\d[-/.]\d{1,2}$")
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
_BREAK_IN_HAN = re.compile(f"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")


class _Writer:
    """The text as it grows: a separator waits until words follow, and the widest one asked for wins."""

    __slots__ = ("length", "parts", "stretches", "waiting")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []
        self.length = 0
        self.waiting = _NOTHING

    def write(self, raw: str, place: Place) -> None:
        words = raw.strip()
        if not words:
            self.waiting = max(self.waiting, _white(raw, place))
            return
        if raw[0] != words[0]:
            self.waiting = max(self.waiting, _white(raw[: raw.index(words[0])], place))
        if self.length:
            separator = _SEPARATORS[self.waiting] or self.joint(words, place)
            self.parts.append(separator)
            self.length += len(separator)
        shown = words if place.typed else _collapsed(words)
        start, self.length = self.length, self.length + len(shown)
        self.parts.append(shown)
        self.stretches.append(Stretch(start, self.length, place.path, place.shown_marks, place.link))
        self.waiting = _NOTHING if raw[-1] == words[-1] else _white(raw[raw.rindex(words[-1]) :], place)

    def joint(self, words: str, place: Place) -> str:
        """What parts words from those right before them: a space between two links, and between a date and a clock."""
        if self.waiting == _LINK and place.link and self.stretches[-1].link:
            return " "
        dated = words[0].isdigit() and _CLOCK.match(words) and _DATE_END.search(self.parts[-1])
        return " " if dated else ""


def lay_out(root: LexborNode | None) -> tuple[str, tuple[Stretch, ...]]:
    """The text layer and its stretches, one for each run of text.

    A line break of the source between two Han characters joins them, as they were one line in the author's mind; any
    other run of white space is one space, and one stands between adjoining links, and between a date and a clock time
    of adjoining elements, which pages part by style alone. Blank lines do not exist. The walk keeps its own stack, so
    that no nesting is too deep for it.
    """
    writer, place, node = _Writer(), outermost(), root
    above: list[tuple[LexborNode, Place, int]] = []
    while node is not None:
        tag = node.tag or "-undef"
        if tag == "-text":
            raw = node.text_content or " "
            if place.typed or not raw.isspace():
                writer.write(raw, place)
            else:
                writer.waiting = writer.waiting if writer.waiting > _SPACE else _SPACE
        elif (by := _SEPARATION.get(tag, _NOTHING)) != _UNSEEN:
            inner = enter(place, tag, node.attributes)
            if inner is not None:
                writer.waiting = by if by > writer.waiting else writer.waiting
                child = node.first_child
                if child is not None:
                    above.append((node, place, by))
                    node, place = child, inner
                    continue
        node = node.next
        if node is None and above:
            node, place = _leave(above, writer)
    return "".join(writer.parts), tuple(writer.stretches)


def _leave(above: list[tuple[LexborNode, Place, int]], writer: _Writer) -> tuple[LexborNode | None, Place]:
    """The node behind the elements that end here, and its place."""
    following = None
    while following is None and above:
        node, place, by = above.pop()
        writer.waiting = max(writer.waiting, by)
        following = node.next
    return following, place


def _white(raw: str, place: Place) -> int:
    return _BLOCK if place.typed and "\n" in raw else _SPACE


def _collapsed(words: str) -> str:
    if "\n" in words:
        words = _BREAK_IN_HAN.sub("", words)
    return _WHITE.sub(" ", words) if _ODD_WHITE.search(words) else words
