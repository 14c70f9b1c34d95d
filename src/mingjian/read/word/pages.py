"""The page of a Word file (``reader`` says what it holds)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import with_words
from mingjian.read.limits import whole
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reading
from mingjian.read.word.body import Body, Line
from mingjian.read.word.numbering import Numbering
from mingjian.read.word.packages import Package, not_word, open_package
from mingjian.read.word.reader import MEDIA_TYPE
from mingjian.read.word.styles import Styles
from mingjian.read.word.text import Section, written
from mingjian.read.xml_trees import attribute, child

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_PARTS = (
    ("footnotes", "footnotes"),
    ("endnotes", "footnotes"),
    ("header", "page-header"),
    ("footer", "page-footer"),
)
_NOTE_KINDS = (None, "normal")


def docx_page(content: bytes, origin: Origin, reading: Reading) -> Page:
    """The page of a Word file; raises ``ReadError`` where the bytes are none, which says what they are instead."""
    package = open_package(content, origin.doc_id, reading.limits)
    main = _main_part(package)
    root = package.tree(main) if main is not None else None
    if main is None or root is None:
        raise not_word(package, origin.doc_id)
    text, stretches, containers = written(_sections(package, main, root, origin.doc_id))
    return Page(
        doc_id=origin.doc_id,
        content=content,
        media_type=MEDIA_TYPE,
        encoding="utf-8",
        text=text,
        path=origin.path,
        url=origin.url,
        retrieved_at=origin.retrieved_at,
        stretches=stretches,
        containers=containers,
    )


def _main_part(package: Package) -> str | None:
    related = _related(package, "")
    found = next((target for kind, target in related if kind == "officeDocument"), "word/document.xml")
    return found if found.startswith("word/") and found in package.names else None


def _related(package: Package, part: str) -> list[tuple[str, str]]:
    """The kinds and names of the parts that a part refers to, in its order."""
    folder, name = posixpath.split(part)
    root = package.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: list[tuple[str, str]] = []
    for item in root if root is not None else ():
        target = unquote(item.get("Target", ""))
        if item.get("TargetMode") != "External" and target:
            place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found.append((item.get("Type", "").rpartition("/")[2], posixpath.normpath(place)))
    return found


def _sections(package: Package, main: str, root: Element, source: str) -> Iterator[Section]:

    related = _related(package, main)
    trees = {kind: package.tree(target) for kind, target in related if kind in ("styles", "numbering")}
    body = Body(Styles(trees.get("styles")), Numbering(trees.get("numbering")), source)
    inner = child(root, "body")
    yield Section("body", tuple(body.lines(root if inner is None else inner)))
    for kind, name in _PARTS:
        seen: set[tuple[str, ...]] = set()
        for target in dict.fromkeys(place for found, place in related if found == kind):
            tree = package.tree(target)
            lines = () if tree is None else tuple(_notes(body, tree) if name == "footnotes" else body.lines(tree))
            words = tuple("".join(part for part, _ in line.pieces) for line in lines)
            if words not in seen:
                seen.add(words)
                yield Section(name, lines)


def _notes(body: Body, root: Element) -> Iterator[Line]:
    """The lines of notes, without those that only draw the rule between text and notes."""
    for note in root:
        if attribute(note, "type") in _NOTE_KINDS:
            yield from body.lines(note)


def pages_of_word(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The page of the file; raises ``ReadError`` where the bytes are no Word file."""
    content = whole(stream, origin.doc_id, reading.limits)
    if not content.startswith(b"PK"):
        problem = "not-word: the name says Word, the bytes are something else"
        raise ReadError(origin.doc_id, problem, "open and save it with a word processor, or name it as what it is")
    yield with_words(docx_page(content, origin, reading))
