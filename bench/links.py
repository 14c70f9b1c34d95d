"""Which mentions on the pages of a gold folder are one thing, in the lines that its scorer reads.

    python -m bench.links --gold FOLDER --pred OUT.jsonl [--values]

The pages are ``FOLDER/seeds/*.txt`` and ``FOLDER/pages/*.txt``; they are added to a fresh workspace and linked there. A
line is a mention, ``{doc, kind, start, end, cluster}``, or a pair of documents, ``{pair, relation}``. A series of
statistics is one cluster; with ``--values`` each of its values is, for folders whose truth counts values.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from mingjian import Corpus
from mingjian.core.books import Asked, Books
from mingjian.core.link.things.figures import days_apart
from mingjian.core.model.facts import Fact, Mentioned, Policy, Statistic
from mingjian.core.model.page import Page
from mingjian.core.model.span import Pair
from mingjian.core.model.things import FIELDS, Member, MentionRef
from mingjian.read.plain import text_page

Line = dict[str, Any]
_SEASON = 92  # days by which two pages may miss each other about when one number held


def gold_pages(folder: Path) -> Iterator[Page]:
    """The pages of a gold folder, under the names that its truth calls them."""
    for path in sorted((folder / "seeds").glob("*.txt")):
        yield text_page(f"seed_{path.stem[:3]}", path.read_bytes())
    for path in sorted((folder / "pages").glob("*.txt")):
        yield text_page(f"page_{path.stem}", path.read_bytes())


def mention_lines(books: Books, *, values: bool = False) -> Iterator[Line]:
    """Every place that tells of a thing, once for each thing; of two at one place, that told by more pages first.

    ``values``: the values of a series are told apart.
    """
    for page in books.pages():
        things = (thing for thing in books.of_page(page.id) if thing.kind in FIELDS)
        for thing in sorted(things, key=lambda each: (-each.pages, each.id)):
            members = books.members(thing.id)
            points = points_of(members) if values else {}
            places = {
                (place, f"{thing.id}{points.get(member.ref, '')}")
                for member in members
                if member.page.id == page.id
                for place in _places(member.fact)
            }
            for (start, end), cluster in sorted(places):
                yield {"doc": page.doc_id, "kind": FIELDS[thing.kind], "start": start, "end": end, "cluster": cluster}


def points_of(members: Sequence[Member]) -> dict[MentionRef, str]:
    """Which value of a series each mention tells, as the truth counts them; nothing for things that are no series.

    Two mentions tell one value where they hold as of one day; or where the numbers are the same and not both have a
    day of their own, or days in one season. What has no day and no number that another has tells the only value that
    has, or else one of its own.
    """
    told = [(member.ref, member.fact) for member in members if isinstance(member.fact, Statistic)]
    days = {ref: fact.as_of.end if fact.as_of else None for ref, fact in told}
    values = {ref: fact.normalized.value if fact.normalized else None for ref, fact in told}
    found: dict[MentionRef, str] = {}
    for ref, day in sorted(days.items(), key=lambda each: (each[1] or "9999", each[0])):
        alike = (other for other in found if values[other] == values[ref] and _of_season(days[other], day))
        first = next((other for other in found if day is not None and days[other] == day), next(alike, None))
        found[ref] = found[first] if first is not None else f"#{day or values[ref]}"
    return found if any(days.values()) else dict.fromkeys(found, "#")


def _of_season(first: str | None, second: str | None) -> bool:
    days = days_apart(first, second)
    return days is None or abs(days) <= _SEASON


def _places(fact: Fact) -> tuple[Pair, ...]:
    """All places of a page that tell the fact: its own, where its words stand again, its name, other words for it.

    A page that is a document names it in its headline (or in that of the notice that issues it) and by its number, and
    tells of it in the body.
    """
    names = ("title", "notice", "doc_no") if isinstance(fact, Policy) else ()
    named = [pair for name in names for pair in fact.parts.get(name, ())]
    return (fact.evidence.pair, *fact.evidence.also, *named, *(fact.mentions if isinstance(fact, Mentioned) else ()))


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


def lines_of(folder: Path, *, values: bool = False) -> list[Line]:
    """All lines for the pages of a gold folder; ``values``: those of a series are told apart."""
    with tempfile.TemporaryDirectory() as place, Corpus.open(Path(place) / "links", write=True, create=True) as corpus:
        for added in corpus.add(gold_pages(folder)):
            if added.failure is not None:
                print(f"{added.doc_id}: {added.failure.reason}")
        with corpus.books() as books:
            names = {page.id: page.doc_id for page in books.pages()}
            pairs = list(pair_lines(corpus, names))
            return [*mention_lines(books, values=values), *pairs, *story_lines(books, pairs)]


def main() -> None:
    """Write the lines and print how many there are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--pred", type=Path, required=True)
    parser.add_argument("--values", action="store_true", help="tell the values of a series apart")
    options = parser.parse_args()
    lines = lines_of(options.gold, values=options.values)
    with options.pred.open("w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    print(f"{len(lines)} lines")


if __name__ == "__main__":
    main()
