"""What finding the left end of a name needs: lexicon hits by place, words that cut, stems too general."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from mingjian.core.annotate.organisations.found import Setting
from mingjian.core.model.article import Article
from mingjian.core.rulebook.nouns import Entry, Lexicon
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.place_names import PLACES, Places

_BRACKETS = re.compile(r"[()（）]")  # a form of writing, no words
_RUNS_ON = 4
_DOT = "·"
FIRMS = frozenset({"listed_companies", "technology_companies"})


class Surroundings(msgspec.Struct, frozen=True):
    """The page, what the rules and lexicons found on it, and the word lists made ready."""

    article: Article
    found: GroupFindings
    hits: Sequence[LexiconHit]
    starts: Sequence[int]
    by_end: Mapping[int, LexiconHit]
    places: Places
    bodies: Mapping[str, Entry]
    setting: Setting
    cuts: re.Pattern[str]
    stops: frozenset[str]
    generic: re.Pattern[str]
    plain: frozenset[str]
    titles: Sequence[int]
    is_at_home: bool

    @property
    def folded(self) -> str:
        """The page in its folded form."""
        return self.article.folded

    def hits_between(self, start: int, end: int) -> Sequence[LexiconHit]:
        """The names of lexicons that begin in ``start..end``."""
        return self.hits[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def is_place(self, hit: LexiconHit) -> bool:
        """Whether the hit names a place here."""
        return (hit.start, hit.end) in self.places.named


def surroundings(
    article: Article,
    found: GroupFindings,
    hits: Sequence[LexiconHit],
    places: Places,
    bodies: Mapping[str, Entry],
    setting: Setting,
) -> Surroundings:
    """All that the steps of this package read of one page."""
    settings = found.settings
    hits = _whole(hits, article.folded, settings)
    cuts, stops, generic = _patterns(tuple(settings["keep"]), tuple(settings["stop"]), tuple(settings["generic"]))
    return Surroundings(
        article=article,
        found=found,
        hits=hits,
        starts=[hit.start for hit in hits],
        by_end={hit.end: hit for hit in hits},
        places=places,
        bodies=bodies,
        setting=setting,
        cuts=cuts,
        stops=stops,
        generic=generic,
        plain=_plain_words(found.lexicons["plain_words"]),
        titles=[hit.start for hit in hits if hit.entry.lexicon == "titles"],
        is_at_home=any(word in article.folded for word in settings["at_home"]),
    )


@lru_cache(maxsize=4)
def _plain_words(words: Lexicon) -> frozenset[str]:
    """The frequent words of two characters, which are no brand of a firm."""
    return frozenset(fold(" ".join(entry.fields["words"] for entry in words.entries)).split())


def _whole(hits: Sequence[LexiconHit], folded: str, settings: Mapping[str, Any]) -> list[LexiconHit]:
    """The hits without those torn from a longer word or from a foreign person's name; places stay."""
    names, posts = frozenset(settings["false_joins"]), frozenset(settings["title_joins"])
    kept = []
    for hit in hits:
        lexicon = hit.entries[0].lexicon
        if lexicon in PLACES:
            kept.append(hit)
            continue
        last = folded[hit.end - 1 : hit.end + 1]
        if lexicon == "titles":
            is_torn = last in posts
        else:
            first = folded[hit.start - 1 : hit.start + 1]
            is_torn = first in names or last in names or (lexicon in FIRMS and _DOT in f"{first[:1]}{last[1:]}")
        if not is_torn:
            kept.append(hit)
    return kept


@lru_cache(maxsize=4)
def _patterns(
    keep: tuple[str, ...], stop: tuple[str, ...], generic: tuple[str, ...]
) -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    """A pattern of the words that cut or never cut, the words that cut, and a pattern of stems too general."""
    return re.compile(_either((*keep, *stop))), frozenset(stop), re.compile(f"(?:{_either(generic)}){{0,12}}")


def _either(words: tuple[str, ...]) -> str:
    """An alternation by first characters: ``re`` walks through few branches; of two words the longer is tried first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))


def after_cuts(start: int, end: int, inside: Sequence[LexiconHit], around: Surroundings, *, mild: str = "") -> int:
    """Where a name that ends at ``end`` can begin at the earliest: after cutting words, titles and open brackets.

    ``mild`` names a kind of full names in which, with a place at the head, some single characters do not cut.
    """
    folded = around.folded
    low, offices = start, tuple(around.found.settings["offices"])
    covered = [(hit.start, hit.end) for hit in inside if hit.entry.lexicon != "titles"]
    # A word that never cuts may run on into the suffix: 联合实验室.
    for found in around.cuts.finditer(folded, start, end + _RUNS_ON):
        cuts = found.end() <= end and found.group() in around.stops
        if cuts and not any(a <= found.start() and found.end() <= b for a, b in covered):
            may_begin = found.start() == low or is_edge(folded, found.start())
            stays = (may_begin and begins_name(found.start(), around)) or (
                mild and _is_mild(found, low, inside, around, mild)
            )
            low = low if stays else found.end()
    for hit in inside:
        if hit.entry.lexicon == "titles" and hit.end <= end and not folded.startswith(offices, hit.end):
            low = max(low, hit.end)
    return _after_open_bracket(folded, low, end)


def begins_name(start: int, around: Surroundings) -> bool:
    """Whether a numeral there is the head of a name, and counts nothing: 一数科技, 一米八科技, but not 一家科技公司."""
    settings, numeral, counted, behind = around.found.settings, *around.folded[start : start + 3].ljust(3)
    if numeral not in settings["numerals"] or counted in settings["sums"]:
        return False
    is_plain = counted in settings["counted"] or numeral + counted in around.plain
    return not is_plain or behind in settings["digits"]


def _is_mild(found: re.Match[str], low: int, inside: Sequence[LexiconHit], around: Surroundings, kind: str) -> bool:
    """Whether a character that cuts may be part of the name that a place begins at ``low``."""
    if found.group() not in around.found.settings["mild"][kind] or any(hit.start == found.end() for hit in inside):
        return False
    places = [hit for hit in inside if low <= hit.start and hit.end <= found.start() and around.is_place(hit)]
    if (
        found.group() in around.found.settings["joining_words"]
    ):  # 上海金融与|法律研究中心, but not 上海青正与|法律研究中心
        return any(around.generic.fullmatch(around.folded, hit.end, found.start()) for hit in places)
    return bool(places)


def _after_open_bracket(folded: str, low: int, end: int) -> int:
    depth: list[int] = []
    if not _BRACKETS.search(folded, low, end):
        return low
    for place in range(low, end):
        if folded[place] in "(（":
            depth.append(place)
        elif folded[place] in ")）":
            if not depth:
                low = place + 1
            else:
                depth.pop()
    return depth[0] + 1 if depth else low


def is_closed(folded: str, start: int, end: int) -> bool:
    """Whether every bracket that opens in the name closes in it, and none closes before."""
    depth = 0
    for bracket in _BRACKETS.finditer(folded, start, end):
        depth += 1 if bracket.group() in "(（" else -1
        if depth < 0:
            return False
    return depth == 0


def name_end(match: Match) -> int:
    """Where the name ends: before the post that licenses it, where the pattern took one along."""
    post = match.span("post")
    return match.end if post is None else post[0]


def is_edge(folded: str, start: int) -> bool:
    """Whether no word stands directly before ``start``."""
    return start == 0 or not folded[start - 1].isalnum()
