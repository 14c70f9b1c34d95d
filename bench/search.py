"""Rank documents for queries with the search index, and write a run for a scorer.

    python -m bench.search --data FOLDER --queries FILE.tsv --run OUT

FOLDER holds collections: files NAME.jsonl or NAME.jsonl.gz of ``{"id", "text"}``, or ``{"id", "title", "text"}``. A row
of the queries is ``qid``, type, name of the collection and the words, parted by tabs; each query searches the
collection of its row alone. OUT gets lines ``qid docid score``. The texts of a collection that are mostly as short as a
headline are titles; the others are bodies.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.documents import Documents, PageDocument, Version
from mingjian.core.search.parsing import parse_query
from mingjian.store.search import SearchReader, SearchWriter, open_search

HITS = 100
_MEDIAN_TITLE = 60  # characters


class Text(msgspec.Struct, frozen=True):
    """One document of a collection."""

    id: str
    text: str
    title: str = ""


class Asked(msgspec.Struct, frozen=True):
    """One query: whose collection it searches."""

    id: str
    type: str
    collection: str
    words: str


def main() -> None:
    """Write the run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    given = parser.parse_args()
    book = bundled_rulebook()
    asked = read_queries(given.queries)
    with given.run.open("w", encoding="utf-8") as out, tempfile.TemporaryDirectory() as folder:
        for name in sorted({one.collection for one in asked}):
            texts = read_collection(given.data, name)
            reader = indexed(texts, Path(folder) / name)
            for one in asked:
                if one.collection == name:
                    hits = reader.rank(parse_query(one.words, book), limit=HITS).hits
                    out.writelines(f"{one.id} {texts[hit.page].id} {HITS - place}\n" for place, hit in enumerate(hits))


def read_queries(path: Path) -> list[Asked]:
    """The queries of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Asked(*line.split("\t", 3)) for line in lines if line.count("\t") >= 3]


def read_collection(folder: Path, name: str) -> list[Text]:
    """The documents of a collection in order."""
    plain = folder / f"{name}.jsonl"
    content = plain.read_bytes() if plain.exists() else gzip.decompress((folder / f"{name}.jsonl.gz").read_bytes())
    return msgspec.json.Decoder(Text).decode_lines(content)


def documents_of(texts: Sequence[Text]) -> Iterator[Documents]:
    """The documents of the texts as pages of a corpus, numbered in order."""
    lengths = sorted(len(one.text) for one in texts)
    titles = bool(lengths) and lengths[len(lengths) // 2] <= _MEDIAN_TITLE
    for number, one in enumerate(texts):
        title, body = (one.text, "") if titles else (one.title, one.text)
        yield Documents(PageDocument(version=Version(number), title=title, body=body))


def indexed(texts: Sequence[Text], folder: Path) -> SearchReader:
    """A new index of the texts in the folder, open for reading."""
    with SearchWriter(folder, "bench") as writer:
        writer.add(documents_of(texts))
        writer.commit(len(texts))
    return open_search(folder)


if __name__ == "__main__":
    main()
