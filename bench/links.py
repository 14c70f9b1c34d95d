"""Which mentions on the pages of a gold folder are one thing, in the lines that its scorer reads.

    python -m bench.links --gold FOLDER --pred OUT.jsonl

The pages are ``FOLDER/seeds/*.txt`` and ``FOLDER/pages/*.txt``; they are added to a fresh workspace and linked there. A
line is a mention, ``{doc, kind, start, end, cluster}``, or a pair of documents, ``{pair, relation}``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from mingjian import Corpus
from mingjian.core.books import Asked, Books
from mingjian.core.model.facts import Fact, Mentioned, Policy
from mingjian.core.model.page import Page
from mingjian.core.model.span import Pair
from mingjian.core.model.things import FIELDS
from mingjian.read.plain import text_page

Line = dict[str, Any]


def gold_pages(folder: Path) -> Iterator[Page]:
    """The pages of a gold folder, under the names that its truth calls them."""
    for path in sorted((folder / "seeds").glob("*.txt")):
        yield text_page(f"seed_{path.stem[:3]}", path.read_bytes())
    for path in sorted((folder / "pages").glob("*.txt")):
        yield text_page(f"page_{path.stem}", path.read_bytes())


def mention_lines(books: Books) -> Iterator[Line]:
    """Every place that tells of a thing, once for each thing; of two at one place, that told by more pages first.

    Places that tell of a thing come before those that only give its name: 去年的报告 has its title from another.
    """
    for page in books.pages():
        things = [thing for thing in books.of_page(page.id) if thing.kind in FIELDS]
        things.sort(key=lambda each: (-each.pages, each.id))
        for places in (_told_at, _named_at):
            for thing in things:
                facts = [member.fact for member in books.members(thing.id) if member.page.id == page.id]
                for start, end in sorted({place for fact in facts for place in places(fact)}):
                    kind = FIELDS[thing.kind]
                    yield {"doc": page.doc_id, "kind": kind, "start": start, "end": end, "cluster": thing.id}


def _told_at(fact: Fact) -> tuple[Pair, ...]:
    """All places of a page that tell the fact: its own, where its words stand again, other words for it."""
    return (fact.evidence.pair, *fact.evidence.also, *(fact.mentions if isinstance(fact, Mentioned) else ()))


def _named_at(fact: Fact) -> tuple[Pair, ...]:
    """Where a page that is a document names it: in its headline, in that of the notice issuing it, by its number."""
    names = ("title", "notice", "doc_no") if isinstance(fact, Policy) else ()
    return tuple(pair for name in names for pair in fact.parts.get(name, ()))


def pair_lines(corpus: Corpus, names: dict[str, str]) -> Iterator[Line]:
    """What two documents share: each pair once; ``names`` are the documents by the ids of their pages."""
    for page, name in names.items():
        for tie in corpus.reprints_of(page)[1]:
            other = names.get(tie.page.id)
            if other is not None and name < other:
                yield {"pair": [name, other], "relation": tie.relation.kind}


def story_lines(books: Books, tied: Iterable[Line]) -> Iterator[Line]:
    """The pairs of documents that tell one story and share no text."""
    known = {tuple(line["pair"]) for line in tied}
    for story in books.find(Asked(kind="story", ai=False)):
        names = sorted({member.page.doc_id for member in books.members(story.id)})
        for pair in combinations(names, 2):
            if pair not in known:
                yield {"pair": list(pair), "relation": "same_event"}


def lines_of(folder: Path) -> list[Line]:
    """All lines for the pages of a gold folder."""
    with tempfile.TemporaryDirectory() as place, Corpus.open(Path(place) / "links", write=True, create=True) as corpus:
        for added in corpus.add(gold_pages(folder)):
            if added.failure is not None:
                print(f"{added.doc_id}: {added.failure.reason}")
        with corpus.books() as books:
            names = {page.id: page.doc_id for page in books.pages()}
            pairs = list(pair_lines(corpus, names))
            return [*mention_lines(books), *pairs, *story_lines(books, pairs)]


def main() -> None:
    """Write the lines and print how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pred", type=Path, required=True)
    options = parser.parse_args()
    lines = lines_of(options.gold)
    with options.pred.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"{len(lines)} lines")


if __name__ == "__main__":
    main()
