"""From the lines of a Word file to the text layer: what each stretch and container of it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from mingjian.core.model.page import Container, Stretch
from mingjian.read.origin import without_surrogates
from mingjian.read.word.body import Line

_DEEPEST_HEADING = 6
_OPENING_LINES = 12
_BODY_LENGTH = 60
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
_TAGS = {"body": "body", "page-header": "header", "page-footer": "footer"}


class Section(msgspec.Struct, frozen=True):
    """Lines of one part, under the name that their paths begin with."""

    name: str
    lines: tuple[Line, ...]


class _Writer:
    """The text layer as it grows."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []
        self.containers: list[Container] = []
        self.length = 0

    def section(self, section: Section) -> None:
        marks = "" if section.name == "body" else section.name
        around = self._open(_TAGS.get(section.name, "section"), marks, -1)
        table, inner = 0, around
        for line, path in _paths(section):
            pieces = list(_shown(line))
            if line.table != table:
                table, inner = line.table, self._next_table(line.table, inner, around)
            if pieces:
                self._line(pieces, path, marks)
        if inner != around:
            self._close(inner)
        self._close(around)

    def _next_table(self, table: int, inner: int, around: int) -> int:
        if inner != around:
            self._close(inner)
        return self._open("table", "", around) if table else around

    def _line(self, pieces: Iterable[tuple[str, bool]], path: str, marks: str) -> None:
        if self.length:
            self.parts.append("\n")
            self.length += 1
        for words, link in pieces:
            start, self.length = self.length, self.length + len(words)
            self.parts.append(words)
            self.stretches.append(Stretch(start, self.length, path, marks, link))

    def _open(self, tag: str, marks: str, around: int) -> int:
        """Begins a container at the next stretch; returns its index."""
        self.containers.append(Container(len(self.stretches), -1, tag, marks, around))
        return len(self.containers) - 1

    def _close(self, index: int) -> None:
        """Ends the container, which is forgotten where it holds no words."""
        opened = self.containers[index]
        if opened.start == len(self.stretches):
            del self.containers[index:]
            return
        start = self.stretches[opened.start].start
        self.containers[index] = Container(start, self.length, opened.tag, opened.marks, opened.parent)


def written(sections: Iterable[Section]) -> tuple[str, tuple[Stretch, ...], tuple[Container, ...]]:
    """The text layer with a line for each line, and what each stretch and container of it is."""
    writer = _Writer()
    for section in sections:
        writer.section(section)
    return "".join(writer.parts), tuple(writer.stretches), tuple(writer.containers)


def _paths(section: Section) -> Iterator[tuple[Line, str]]:
    """The lines and their paths: the title is the one ``h1`` where there is one, headings stand below it."""
    titles = _titles(section)
    for index, line in enumerate(section.lines):
        if index in titles:
            yield line, f"{section.name}/h1"
        elif line.heading is not None:
            level = min(line.heading + bool(titles), _DEEPEST_HEADING)
            yield line, f"{section.name}/h{max(level, 1)}"
        else:
            yield line, f"{section.name}/table/tr/td" if line.table else f"{section.name}/p"


def _titles(section: Section) -> frozenset[int]:
    """The lines of the title: those of its style; else what stands large and centred before the first paragraph."""
    styled = frozenset(index for index, line in enumerate(section.lines) if line.heading == 0)
    if styled:
        return styled
    found: set[int] = set()
    for index, line in enumerate(section.lines[:_OPENING_LINES]):
        if line.like_title and line.heading is None:
            found.add(index)
        elif found or sum(len(words) for words, _ in line.pieces) > _BODY_LENGTH:
            break
    return frozenset(found)


def _shown(line: Line) -> Iterator[tuple[str, bool]]:
    """The pieces with neighbours of one kind joined, without white space around the line and control characters."""
    joined: list[tuple[str, bool]] = []
    for raw, link in line.pieces:
        words = without_surrogates(raw).translate(_CONTROLS)
        if joined and joined[-1][1] == link:
            joined[-1] = (joined[-1][0] + words, link)
        else:
            joined.append((words, link))
    while joined and not joined[0][0].strip():
        del joined[0]
    while joined and not joined[-1][0].strip():
        del joined[-1]
    for index, (words, link) in enumerate(joined):
        cut = words.lstrip() if index == 0 else words
        cut = cut.rstrip() if index == len(joined) - 1 else cut
        if cut:
            yield cut, link
