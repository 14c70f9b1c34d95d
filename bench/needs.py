"""How well matching answers needs whose answers were judged by hand, beside BM25 of the search index.

    python -m bench.needs [--half dev|held] [--errors]

``needs_pages.jsonl`` holds invented pages with the words of what they offer, ``needs.jsonl`` needs with a grade for
each offer that answers (2) or comes near (1); ``needs.md`` tells how both were made. The pages are extracted into a
workspace of their own, and every need is matched as on one day. A hit is worth the best grade of the offers in whose
words its mentions lie; an offer that stood there before is worth nothing again.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Literal, NamedTuple

import msgspec

from mingjian.core.books import Asked, Books
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.match.asking import match_sought
from mingjian.core.match.settings import matching_settings
from mingjian.core.model.matching import Matching, Passage
from mingjian.core.model.needs import Sought
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.parsing import parse_query
from mingjian.core.search.queries import Clause
from mingjian.corpus import Corpus
from mingjian.corpus.matching import PageWords
from mingjian.errors import QuestionError
from mingjian.read.plain import text_page
from mingjian.store.search import SearchReader

DAY = "2026-09-28"
_HERE = Path(__file__).parent
_TOP, _RECALL, _MOST = 5, 10, 20
_ANSWERS = 2

Half = Literal["dev", "held"]


class Page(msgspec.Struct, frozen=True):
    """An invented page; ``offers`` are the words of each of its offers, in stretches, by their ids."""

    id: str
    half: Half
    title: str
    outlet: str
    published: str
    text: str
    offers: dict[str, list[str]]

    def told(self) -> str:
        """The page as a text file."""
        return f"标题：{self.title}\n来源：{self.outlet}\n时间：{self.published}\n\n{self.text}\n"


class Judged(msgspec.Struct, frozen=True):
    """A need with the grades of the offers that are worth anything."""

    id: str
    half: Half
    need: str
    judged: dict[str, int]

    @property
    def answerable(self) -> bool:
        """Whether anything answers it."""
        return _ANSWERS in self.judged.values()


class Found(NamedTuple):
    """What a way of ranking gave: offers of each hit, with those folded into it, and whether it is flagged as weak."""

    offers: frozenset[str]
    also: frozenset[str] = frozenset()
    weak: bool = False
    name: str = ""


class Scores(NamedTuple):
    """Of a need that can be answered: nDCG of the first five, whether the first answers, recall of the first ten."""

    ndcg: float
    first: float
    recall: float
    weak_first: float


def read(half: Half | None = None) -> tuple[list[Page], list[Judged]]:
    """All pages, and the needs of a half or of both."""
    pages = msgspec.json.Decoder(Page).decode_lines((_HERE / "needs_pages.jsonl").read_bytes())
    needs = msgspec.json.Decoder(Judged).decode_lines((_HERE / "needs.jsonl").read_bytes())
    return pages, [need for need in needs if half in {None, need.half}]


class Offers:
    """Which offers the mentions of a thing lie in."""

    def __init__(self, books: Books, pages: Sequence[Page], texts: Mapping[str, str]) -> None:
        self._books = books
        self._places = {page.id: list(_places(page, texts[page.id])) for page in pages}

    def of_thing(self, thing: str) -> frozenset[str]:
        """The ids of the offers."""
        spans = ((member.page.doc_id, member.fact.evidence) for member in self._books.members(thing))
        return frozenset(
            offer
            for page, span in spans
            for offer, start, end in self._places[page]
            if start < span.end and span.start < end
        )

    def of_words(self, page: str, pair: Pair) -> frozenset[str]:
        """The offers that words of a page (by its id) tell of."""
        card = self._books.page(page)
        places = self._places[card.doc_id] if card is not None else ()
        return frozenset(offer for offer, start, end in places if start < pair[1] and pair[0] < end)

    def of_page(self, page: str) -> frozenset[str]:
        """All offers of a page."""
        return frozenset(offer for offer, _, _ in self._places[page])

    def extracted(self) -> set[str]:
        """The offers of which some ledger that needs are matched against has a row."""
        kinds = {LEDGERS[ledger].kind for ledger in matching_settings().ledgers}
        things = (thing for kind in kinds for thing in self._books.find(Asked(kind=kind, ai=False)))
        return {offer for thing in things for offer in self.of_thing(thing.id)}


def _unless(found: Iterable[Found], *, weak: bool) -> list[Found]:
    return [one for one in found if one.weak is not weak]


def _places(page: Page, text: str) -> Iterator[tuple[str, int, int]]:
    for offer, stretches in page.offers.items():
        for words in stretches:
            at = text.index(words)
            yield offer, at, at + len(words)


def scores(found: Sequence[Found], judged: Mapping[str, int]) -> Scores:
    """What a ranking is worth to a need that can be answered."""
    gains, seen = list[int](), set[str]()
    for one in found:
        fresh = one.offers - seen
        gains.append(max((judged.get(offer, 0) for offer in fresh), default=0))
        seen |= one.offers
    best = sorted(judged.values(), reverse=True)
    listed = {offer for one in found[:_RECALL] for offer in one.offers | one.also}
    answers = {offer for offer, grade in judged.items() if grade == _ANSWERS}
    hit = next((one for one in found if one.offers & answers), None)
    return Scores(
        ndcg=_dcg(gains) / _dcg(best),
        first=float(gains[:1] == [_ANSWERS]),
        recall=len(answers & listed) / len(answers),
        weak_first=float(hit is not None and hit.weak),
    )


def _dcg(gains: Sequence[int]) -> float:
    return sum((2.0**gain - 1) / math.log2(place + 2) for place, gain in enumerate(gains[:_TOP]))


class Ways:
    """The ways of ranking that are set side by side."""

    def __init__(self, books: Books, words: PageWords, index: SearchReader, offers: Offers) -> None:
        self._books, self._words, self._index, self._offers = books, words, index, offers

    def match(self, need: str) -> list[Found]:
        """The hits of matching."""
        return [self._found(matching, place) for matching in self.matched(need) for place in range(len(matching.hits))]

    def together(self, need: str) -> list[Found]:
        """The hits that are not weak, then passages, then the other hits: as they are read."""
        return [
            each
            for matching in self.matched(need)
            for hits in (self.match(need),)
            for each in (
                *_unless(hits, weak=True),
                *map(self.of_passage, matching.passages),
                *_unless(hits, weak=False),
            )
        ]

    def matched(self, need: str) -> Iterator[Matching]:
        """What matching gives; nothing where the need says nothing that could be matched."""
        try:
            yield match_sought(self._books, self._words, Sought(words=need, limit=_MOST), DAY)
        except QuestionError:
            return

    def _found(self, matching: Matching, place: int) -> Found:
        hit = matching.hits[place]
        also = frozenset(offer for one in hit.also for offer in self._offers.of_thing(one.thing))
        weak = bool(getattr(hit, "weak", False)) or hit.over is not None
        return Found(self._offers.of_thing(hit.thing), also, weak, f"{hit.score:.2f} {hit.ledger} {hit.name}")

    def of_passage(self, passage: Passage) -> Found:
        """What a passage is worth."""
        words = passage.words
        return Found(self._offers.of_words(words.page, words.pair), name=f"{passage.score:.2f} passage {words.text}")

    def facts(self, need: str) -> list[Found]:
        """The things of the facts that search ranks first for any word of the need."""
        kinds = [LEDGERS[ledger].kind for ledger in matching_settings().ledgers]
        named = (self._books.holding(*each) for each in self._words.facts(need, kinds, 4 * _MOST))
        things = dict.fromkeys(thing.id for thing in named if thing is not None)
        return [Found(self._offers.of_thing(thing)) for thing in things][:_MOST]

    def pages(self, need: str, numbered: Mapping[int, str]) -> list[Found]:
        """The pages that search ranks first for any word of the need, each worth the best of its offers."""
        query = parse_query(need, bundled_rulebook())
        any_word = Clause(tuple(term for clause in query.clauses for term in clause.options))
        asked = msgspec.structs.replace(query, clauses=(any_word,))
        hits = self._index.rank(asked, "page", limit=_MOST).hits
        return [Found(self._offers.of_page(numbered[hit.page])) for hit in hits]


def measure(folder: Path, half: Half | None, *, errors: bool) -> Iterator[str]:
    """The lines of a report: what was extracted, then each way of ranking by halves."""
    pages, needs = read(half)
    given = {page.id: text_page(page.id, page.told().encode()) for page in pages}
    texts = {name: page.text for name, page in given.items()}
    with Corpus.open(folder, write=True, create=True) as corpus:
        deque(corpus.add(given.values()), maxlen=0)
        deque(corpus.follow(), maxlen=0)
    with (
        Corpus.open(folder) as corpus,
        corpus.searching() as (index, _),
        corpus.books() as books,
        corpus.store.reading() as reader,
    ):
        offers = Offers(books, pages, texts)
        ways = Ways(books, PageWords(reader, index), index, offers)
        numbered = {kept.number: kept.doc_id for kept in map(reader.page, range(1, len(pages) + 1)) if kept}
        yield from _report(needs, ways, numbered, offers.extracted())
        if errors:
            yield from _errors(needs, ways, offers.extracted())


def _report(
    needs: Sequence[Judged], ways: Ways, numbered: Mapping[int, str], extracted: Iterable[str]
) -> Iterator[str]:
    known = set(extracted)
    rankings: Mapping[str, Callable[[str], list[Found]]] = {
        "match": ways.match,
        "with passages": ways.together,
        "BM25 of facts": ways.facts,
        "BM25 of pages": partial(ways.pages, numbered=numbered),
    }
    for half in sorted({need.half for need in needs}):
        own = [need for need in needs if need.half == half]
        answerable = [need for need in own if need.answerable]
        wanted = {offer for need in own for offer, grade in need.judged.items() if grade == _ANSWERS}
        told = [need for need in answerable if any(need.judged.get(one) == _ANSWERS for one in known)]
        yield f"{half}: {len(own)} needs, {len(answerable)} with an answer, of {len(told)} it is extracted"
        yield f"  offers that answer: {len(wanted)}, extracted {len(wanted & known)}"
        for name, way in rankings.items():
            yield f"  {name:14}{_line(own, way)}"
        yield f"  {'of extracted':14}{_line(told, ways.match)}"
        yield f"  {_passages(own, ways)}"


def _passages(needs: Sequence[Judged], ways: Ways) -> str:
    """How many passages there are, and how many of them answer, or come near."""
    grades = [
        max((need.judged.get(offer, 0) for offer in ways.of_passage(passage).offers), default=0)
        for need in needs
        for matching in ways.matched(need.need)
        for passage in matching.passages
    ]
    return f"passages {len(grades)}: answer {grades.count(_ANSWERS)}, near {grades.count(1)}, neither {grades.count(0)}"


def _line(needs: Sequence[Judged], way: Callable[[str], list[Found]]) -> str:
    every = [scores(way(need.need), need.judged) for need in needs if need.answerable]
    ndcg, first, recall, weak = (fmean(each) for each in zip(*every, strict=True))
    nothing = [all(one.weak for one in way(need.need)) for need in needs if not need.answerable]
    left = f", nothing fits and so told {sum(nothing)}/{len(nothing)}" if nothing else ""
    return f"nDCG@5 {ndcg:.3f}, P@1 {first:.3f}, recall@10 {recall:.3f}, answers flagged weak {weak:.3f}{left}"


def _errors(needs: Sequence[Judged], ways: Ways, extracted: Iterable[str]) -> Iterator[str]:
    """The needs that are not answered as well as could be, with what was found."""
    known = set(extracted)
    for need in needs:
        found = ways.match(need.need)
        if need.answerable and scores(found, need.judged).ndcg > 1 - 1e-9:
            continue
        if not need.answerable and all(one.weak for one in found):
            continue
        lacking = sorted(set(need.judged) - known)
        yield f"\n{need.id} {need.need}\n  judged {need.judged}" + (f", not extracted {lacking}" if lacking else "")
        for matching in ways.matched(need.need):
            yield "  " + "; ".join(f"{one.kind} {one.label} {one.weight:g}" for one in matching.need.aspects)
            for hit, one in zip(matching.hits[:6], found, strict=False):
                grade = max((need.judged.get(offer, 0) for offer in one.offers), default=0)
                yield f"  [{grade}]{' weak' if one.weak else ''} {one.name} {sorted(one.offers)}"
                told = (f"{reason.kind}/{reason.relation} {reason.label} {reason.points:g}" for reason in hit.reasons)
                yield f"       {'; '.join(told)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "held"))
    parser.add_argument("--errors", action="store_true", help="also the needs that are not answered well, with hits")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for line in measure(Path(temporary) / "workspace", options.half, errors=options.errors):
            print(line, flush=True)


if __name__ == "__main__":
    main()
