"""From the element tree to the text layer: words in order, and where each run of them came from."""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborNode

from mingjian.core.model.page import Container, Stretch
from mingjian.read.html.places import Place, enter, outermost

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
_CONTAINING = frozenset(
    [
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "dialog",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "main",
        "nav",
        "ol",
        "pre",
        "section",
        "table",
        "td",
        "ul",
    ]
)
_NAMING = ("class", "id", "role", "itemprop")
_LONGEST_MARKS = 300
_MOST_CONTAINERS = 20_000
_LONG, _STOPS = 20, ("。", "！", "？", ". ", "!", "?")
_FEW, _SOME = 80, 150  # characters in sentences
_WHITE = re.compile(r"[ \t\n\r\f]+")
_ODD_WHITE = re.compile(
    r"[ \t\n\r\f](?:(?<! )|[ \t\n\r\f])"
)  # one class first: ``re`` skips words at its greatest speed
_DATE_END = re.compile(r"\d[-/.]\d{1,2}$")
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U0003ffff"
_BREAK_IN_HAN = re.compile(f"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")


class _Writer:
    """The text as it grows: a separator waits until words follow, and the widest one asked for wins."""

    __slots__ = ("around", "containers", "length", "parts", "stretches", "waiting")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.containers: list[Container] = []
        self.around = -1
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

    def open(self, tag: str, attributes: dict[str, str | None]) -> int:
        """Begins a container where the element may hold words; returns the one that is around it."""
        around = self.around
        if len(self.containers) < _MOST_CONTAINERS and (tag in _CONTAINING or "itemprop" in attributes):
            marks = " ".join([words for name in _NAMING if (words := attributes.get(name))]) if attributes else ""
            self.around = len(self.containers)
            self.containers.append(Container(len(self.stretches), -1, tag, marks[:_LONGEST_MARKS], around))
        return around

    def close(self, around: int) -> None:
        """Ends the containers inside ``around``; what holds no words is forgotten."""
        index = self.around
        if index == around:
            return
        self.around = around
        opened = self.containers[index]
        if opened.start == len(self.stretches):
            del self.containers[index:]
            return
        start = self.stretches[opened.start].start
        self.containers[index] = Container(start, self.length, opened.tag, opened.marks, opened.parent)

    def joint(self, words: str, place: Place) -> str:
        """What parts words from those right before them: a space between two links, and between a date and a clock."""
        if self.waiting == _LINK and place.link and self.stretches[-1].link:
            return " "
        dated = words[0].isdigit() and _CLOCK.match(words) and _DATE_END.search(self.parts[-1])
        return " " if dated else ""


class Laid(msgspec.Struct, frozen=True):
    """The text layer, its stretches, one for each run of text, and the elements that hold them."""

    text: str
    stretches: tuple[Stretch, ...]
    containers: tuple[Container, ...]


def lay_out_seen(root: LexborNode | None) -> Laid:
    """The page as its readers see it.

    Pages whose script shows the article keep it in an element that is not displayed: where hardly a sentence is seen,
    and a text would be with such elements, they are taken in.
    """
    seen = lay_out(root)
    if _sentences(seen.text) >= _FEW:
        return seen
    shown = lay_out(root, unseen=True)
    return shown if _sentences(shown.text) >= _SOME else seen


def _sentences(text: str) -> int:
    """How many characters stand in long lines with full stops."""
    long = (line for line in text.split("\n") if len(line) >= _LONG)
    return sum(len(line) for line in long if any(stop in line for stop in _STOPS))


def lay_out(root: LexborNode | None, *, unseen: bool = False) -> Laid:
    """What the elements hold, with ``unseen`` even of those that are not displayed.

    A line break of the source between two Han characters joins them, as they were one line in the author's mind; any
    other run of white space is one space, and one stands between adjoining links, and between a date and a clock time
    of adjoining elements, which pages part by style alone. Blank lines do not exist. The walk keeps its own stack, so
    that no nesting is too deep for it.
    """
    writer, place, node = _Writer(), outermost(), root
    above: list[tuple[LexborNode, Place, int, int]] = []
    while node is not None:
        tag = node.tag or "-undef"
        if tag == "-text":
            raw = node.text_content or " "
            if place.typed or not raw.isspace():
                writer.write(raw, place)
            else:
                writer.waiting = writer.waiting if writer.waiting > _SPACE else _SPACE
        elif (by := _SEPARATION.get(tag, _NOTHING)) != _UNSEEN:
            attributes = node.attributes
            inner = enter(place, tag, attributes, unseen=unseen)
            if inner is not None:
                writer.waiting = by if by > writer.waiting else writer.waiting
                child = node.first_child
                if child is not None:
                    above.append((node, place, by, writer.open(tag, attributes)))
                    node, place = child, inner
                    continue
        node = node.next
        if node is None and above:
            node, place = _leave(above, writer)
    return Laid("".join(writer.parts), tuple(writer.stretches), tuple(writer.containers))


def _leave(above: list[tuple[LexborNode, Place, int, int]], writer: _Writer) -> tuple[LexborNode | None, Place]:
    """The node behind the elements that end here, and its place."""
    following = None
    while following is None and above:
        node, place, by, around = above.pop()
        writer.close(around)
        writer.waiting = max(writer.waiting, by)
        following = node.next
    return following, place


def _white(raw: str, place: Place) -> int:
    return _BLOCK if place.typed and "\n" in raw else _SPACE


def _collapsed(words: str) -> str:
    if "\n" in words:
        words = _BREAK_IN_HAN.sub("", words)
    return _WHITE.sub(" ", words) if _ODD_WHITE.search(words) else words
