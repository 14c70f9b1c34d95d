"""Sentences of pages that speak of what a need names, where no hit tells of it: words, and no facts."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from mingjian.core.books import Books
from mingjian.core.link.things.answering import was_known
from mingjian.core.match.candidates import Bounds, search_words
from mingjian.core.match.reasons import PASSAGES, Wish, reasons_of
from mingjian.core.match.strength import is_telling, is_weak
from mingjian.core.match.telling import Body, Stretch, Telling, Words, stretch_of
from mingjian.core.model.ledger.cells import Cite, Filed
from mingjian.core.model.matching import Passage, Reason
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.model.things import Member, PageCard
from mingjian.core.text.folding import fold
from mingjian.core.text.places import leftmost_longest
from mingjian.core.text.sentences import split_sentences

_ID = 16
_SPACE = re.compile(r"\s+")
_ALIKE = 0.8  # share of pairs of signs that two sentences have in common which are one
_WORDS = 2  # words of the need that must be shared, unless it has but one
_AGAINST = ("came-to-nothing", "seeks")


def find_passages(
    books: Books, words: Words, wish: Wish, bounds: Bounds, told: Iterable[Member]
) -> tuple[Passage, ...]:
    """The sentences that are good enough, the best first, one a page; none that the members ``told`` stand in.

    Of sentences that say nearly the same the best is given.
    """
    known, found = _Known(told), list[Passage]()
    for page in _pages(books, words, wish, bounds):
        found += sorted(_of_page(wish, words, page, known), key=lambda one: -one.score)[:1]
    kept: dict[frozenset[str], Passage] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.words)):
        pairs = frozenset(map("".join, pairwise(fold(one.words.text))))
        if not any(_are_alike(pairs, other) for other in kept):
            kept[pairs] = one
    return tuple(kept.values())


def _are_alike(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two sentences have most of their pairs of signs in common."""
    return len(first & second) >= _ALIKE * len(first | second)


class _Known:
    """Where what is shown beside stands, also on the pages that print the same."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._spans: dict[str, list[Span]] = {}
        self._words: dict[str, list[str]] = {}
        for member in members:
            evidence = member.fact.evidence
            self._spans.setdefault(member.page.id, []).append(evidence)
            self._words.setdefault(member.page.group, []).append(fold(evidence.text))

    def holds(self, sentence: Stretch) -> bool:
        """Whether one of them stands in a sentence, or in the same sentence of another reprint."""
        span, page = sentence.span, sentence.page
        if any(one.start < span.end and span.start < one.end for one in self._spans.get(page.id, ())):
            return True
        return any(words in sentence.folded for words in self._words.get(page.group, ()))


def _pages(books: Books, words: Words, wish: Wish, bounds: Bounds) -> Iterator[PageCard]:
    """The pages that hold most of the words of the need, one of each group of reprints; not those that it is from."""
    own = {cite.page for cite in wish.need.cites}
    groups = {page.group for page in map(books.page, own) if page is not None}
    for name in words.pages(" ".join(search_words(wish)), wish.settings.passages.pages):
        page = books.page(name)
        if page is None or page.group in groups or not _counts(page, bounds):
            continue
        groups.add(page.group)
        yield page


def _counts(page: PageCard, bounds: Bounds) -> bool:
    return bounds.as_of is None or was_known(page, bounds.as_of)


def _of_page(wish: Wish, words: Words, page: PageCard, known: _Known) -> Iterator[Passage]:
    """The passages of a page, each read closely that names most at first sight."""
    body = words.body(page.id)
    found = _naming_most(wish, page, body) if body is not None else []
    for one in found[: wish.settings.passages.closely]:
        if _may_answer(wish, one) and not known.holds(one):
            yield from _passage(wish, words, one)


def _naming_most(wish: Wish, page: PageCard, body: Body) -> list[Stretch]:
    """The sentences that name anything, first those that name most: only blocks in which a name stands are cut."""
    places = sorted(_places(wish, page, body))
    blocks = [block for block in body.blocks if _between(places, block.start, block.end)]
    sentences = split_sentences(body.text, blocks)
    told = ((len({name for _, name in _between(places, one.start, one.end)}), one) for one in sentences)
    ordered = sorted(((names, one) for names, one in told if names), key=lambda each: (-each[0], each[1].start))
    return [stretch_of(page, cite(body.text, one.start, one.end)) for _, one in ordered]


def _places(wish: Wish, page: PageCard, body: Body) -> Iterator[tuple[int, str]]:
    """Where the page names something of the need: by its words, and as its card has things of taxonomies."""
    for found in wish.naming.finditer(fold(body.text)) if wish.naming is not None else ():
        yield found.start(), found.group()
    for name in wish.tagged:
        for start, _ in page.named_at.get(name, ()):
            yield start, name


def _between(places: Sequence[tuple[int, str]], start: int, end: int) -> Sequence[tuple[int, str]]:
    """Those of ordered places that lie between two."""
    return places[bisect_left(places, (start,)) : bisect_left(places, (end,))]


def _may_answer(wish: Wish, sentence: Stretch) -> bool:
    """Whether it tells of what there is: nothing that came to nothing, no need; of other pages, what may be AI."""
    cues = wish.book.cues("corpus/matching")
    if any(cues[name].search(sentence.folded) for name in _AGAINST):
        return False
    return sentence.page.ai or cues["at-work"].search(sentence.folded) is not None


def _passage(wish: Wish, words: Words, one: Stretch) -> Iterator[Passage]:
    """The sentence as a passage where it shares enough."""
    page, span = one.page, one.span
    reasons = reasons_of(wish, PASSAGES, _filed(one), Telling(words, (one,), named=True))
    score = round(sum(reason.points for reason in reasons), 2)
    if not _is_good(wish, reasons, score):
        return
    yield Passage(
        id=hashlib.blake2b(_SPACE.sub("", one.folded).encode(), digest_size=_ID // 2).hexdigest(),
        words=Cite(page.id, span.start, span.end, span.text),
        title=page.title,
        source=page.source,
        published=page.published,
        score=score,
        reasons=reasons,
    )


def _is_good(wish: Wish, reasons: Sequence[Reason], score: float) -> bool:
    """Whether it shares so much with the need that it is worth reading, and nothing that is not wanted."""
    if any(reason.relation == "unwanted" for reason in reasons) or is_weak(wish, reasons):
        return False
    shared = [span.pair for one in reasons if one.points > 0 for span in one.need]
    told = [pair for aspect in wish.need.aspects if not aspect.unwanted for pair in aspect.places]
    if score < wish.settings.passages.least or _apart(shared) < min(_WORDS, _apart(told)):
        return False
    return any(_tells_the_work(wish, one) for one in reasons)


def _tells_the_work(wish: Wish, one: Reason) -> bool:
    """Whether it says what is done, and not only in which trade, where, or that there is money."""
    if one.kind == "text":
        return one.points >= wish.settings.passages.words
    return one.relation == "same" and (
        one.kind == "scenario" or (one.kind == "technology" and is_telling(wish, one.value))
    )


def _apart(places: Iterable[Pair]) -> int:
    """How many stretches of the need are named: a word that is a trade, too, is one."""
    return sum(1 for _ in leftmost_longest(places))


def _filed(one: Stretch) -> Filed:
    """The places that the sentence names, by which it is near; all else is looked for in its words."""
    named = one.page.named_at
    within = (code for name, code in one.page.regions.items() if any(map(one.holds, named.get(name, ()))))
    return Filed(regions=tuple(dict.fromkeys(within)))
