"""What we ask of tantivy itself: to make and open an index, and to count."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from mingjian.store.search.schemas import schema_of


def open_index(folder: Path) -> tantivy.Index:
    """The index in the folder, which is read anew only when asked to; whatever the engine raises where it cannot."""
    writable = os.access(folder, os.W_OK) or not folder.is_dir()
    return _prepared(tantivy.Index.open(str(folder if writable else _linked(folder))))


_LINKED: dict[Path, TemporaryDirectory[str]] = {}


def _linked(folder: Path) -> Path:
    """A folder of links to the files of one that cannot be written: the engine makes a lock file even to read.

    It is made anew each time, for the files may be others by then, and goes with the process.
    """
    _LINKED[folder] = place = TemporaryDirectory(prefix="mingjian-search-")
    for file in folder.iterdir():
        if file.suffix != ".lock":
            Path(place.name, file.name).symlink_to(file.resolve())
    return Path(place.name)


def create_index(folder: Path, part: str) -> tantivy.Index:
    """A new index in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return _prepared(tantivy.Index(schema_of(part), path=str(folder)))


def number_of(query: tantivy.Query, searcher: tantivy.Searcher) -> int:
    """How many documents the query finds."""
    found: int = searcher.search(query, 1).count  # type: ignore[attr-defined]  # the engine's stubs leave it out
    return found


def _prepared(index: tantivy.Index) -> tantivy.Index:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("units", analyzer)
    index.config_reader("manual")
    index.reload()
    return index
