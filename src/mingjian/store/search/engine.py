"""What we ask of tantivy itself: to make and open an index, and to count."""

from __future__ import annotations

from pathlib import Path

import tantivy

from mingjian.store.search.schemas import schema_of


def open_index(folder: Path) -> tantivy.Index:
    """The index in the folder, which is read anew only when asked to; whatever the engine raises where it cannot."""
    return _prepared(tantivy.Index.open(str(folder)))


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
