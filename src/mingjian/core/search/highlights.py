"""Where in a text the words of a query stand, and which stretch of it shows most of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec
from ahocorasick_rs import AhoCorasick

from mingjian.core.model.span import Pair
from mingjian.core.search.queries import Phrase, Query, Term, Word
from mingjian.core.search.tokens import Compacted, searchable, units

SNIPPET = 80
"""Characters of a snippet."""

_PARTS = re.compile(r"[^\W_]{2,}")
_LEAST_PART = 2
_LONGEST_WHOLE = 24
_INSIDE = re.compile(r"[a-z]{2}|[0-9][0-9.]|\.[0-9]")
_ENDS = re.compile(r"[。！？；\n]")
_MOST = 2_000
_PARTS_OF = 2  # a text that holds half of a word in parts is near it


class Snippet(msgspec.Struct, frozen=True):
    """A stretch of the text, and what of the query stands in it: all are places in the text, in code points."""

    start: int
    end: int
    marks: tuple[Pair, ...]


def find_words(query: Query, text: str, within: Pair | None = None) -> tuple[Pair, ...]:
    """Where the words of the query stand in the text, in order, none overlapping or touching another.

    Found are whole words, their aliases and phrases, in either script and width; of words that stand nowhere as a
    whole, their parts of two characters and more. ``within`` is the stretch that is looked at, the whole where it is
    None.

    >>> from mingjian.core.search.parsing import parse_query
    >>> from mingjian.core.rulebook import bundled_rulebook
    >>> find_words(parse_query("40EFLOPS", bundled_rulebook()), "算力达４０ ＥＦＬＯＰＳ。")
    ((3, 12),)
    """
    compacted = _compact(text)
    first, last = map(compacted.before, within or (0, len(text)))
    folded = compacted.text[first:last]
    found: list[Pair] = []
    for keys in _wanted(query):
        found += _places_of(keys, folded) or _parts_of(keys, folded)
    merged = ((start + first, end + first) for start, end in _merged(found[:_MOST]))
    return tuple((compacted.place(start), compacted.place(end - 1) + 1) for start, end in merged)


def best_snippets(query: Query, text: str, within: Pair | None = None, most: int = 1) -> tuple[Snippet, ...]:
    """The stretches that show most of the query's words, best first, none overlapping another.

    ``within`` is the stretch of the text that is looked at, the whole where it is None. A text that holds none of the
    words gives its beginning.
    """
    low, high = within or (0, len(text))
    marks = find_words(query, text, (low, high))
    if not marks:
        return (Snippet(low, min(high, low + SNIPPET), ()),) if high > low else ()
    found: list[Snippet] = []
    for _, _, place in sorted((-gain, start, place) for place, (gain, start) in enumerate(_gains(text, marks))):
        if len(found) == most:
            break
        start, end = _window(text, marks, place, (low, high))
        if all(end <= other.start or start >= other.end for other in found):
            inside = tuple((max(first, start), min(last, end)) for first, last in marks if first < end and last > start)
            found.append(Snippet(start, end, inside))
    return tuple(found)


def lacking(query: Query, text: str) -> tuple[str, ...]:
    """The words that are asked for and stand nowhere in the text under any of their names, as typed; each once.

    A word of which the text holds parts alone is lacking, too; of a clause with several options it is the first.

    >>> from mingjian.core.search.parsing import parse_query
    >>> from mingjian.core.rulebook import bundled_rulebook
    >>> lacking(parse_query("算力 观潮仪", bundled_rulebook()), "岚州的算力与潮水")
    ('观潮仪',)
    """
    folded = _compact(text).text
    clauses = ([term for term in clause.options if _keys(term)] for clause in query.clauses if not clause.excluded)
    asked = [terms for terms in clauses if terms]
    gone = (terms[0].text for terms in asked if not any(_places_of(_keys(term), folded) for term in terms))
    return tuple(dict.fromkeys(gone))


def is_near(query: Query, text: str) -> bool:
    """Whether the text holds one of the words that are asked for; of a single one, at least half of it in parts."""
    folded = _compact(text).text
    wanted = _wanted(query)
    if not wanted or any(_places_of(keys, folded) for keys in wanted):
        return True
    if len(wanted) > 1:
        return False
    held = {folded[start:end] for start, end in _parts_of(wanted[0], folded)}
    return sum(map(len, held)) * _PARTS_OF >= sum(1 for sign in wanted[0][0] if sign.isalnum())


def _gains(text: str, marks: Sequence[Pair]) -> list[tuple[int, int]]:
    """For each mark how many characters of different words stand within a snippet that begins with it."""
    gains: list[tuple[int, int]] = []
    for place, (start, _) in enumerate(marks):
        seen: set[str] = set()
        for first, last in marks[place : place + _LONGEST_WHOLE]:
            if last > start + SNIPPET:
                break
            seen.add(text[first:last])
        gains.append((sum(map(len, seen)), start))
    return gains


def _window(text: str, marks: Sequence[Pair], place: int, bounds: Pair) -> Pair:
    """A stretch round the mark that begins with its sentence, where that is near."""
    first, last = marks[place]
    length = max(SNIPPET, last - first)
    earliest = max(bounds[0], first - length // 3)
    stops = [match.end() for match in _ENDS.finditer(text, earliest, first)]
    start = stops[-1] if stops else earliest
    while start < first and text[start].isspace():
        start += 1
    end = min(bounds[1], start + length)
    cut = next((mark for mark in marks[place + 1 :] if mark[1] > end), None)
    end = min(end, cut[0]) if cut is not None and cut[0] < end else end  # never half of a mark
    return max(bounds[0], min(start, end - 1)), end


def _wanted(query: Query) -> list[tuple[str, ...]]:
    """For each word and phrase that is asked for the keys that stand for it."""
    return [keys for term in query.terms if (keys := _keys(term))]


@lru_cache(maxsize=4)
def _compact(text: str) -> Compacted:
    """The text as it is compared; a hit is asked several times in a row."""
    return Compacted(searchable(text))


def _keys(term: Term) -> tuple[str, ...]:
    """The keys that stand for what is asked for; none for a field that is no word of a text, such as a day."""
    if isinstance(term, Phrase):
        return (term.key,)
    if isinstance(term, Word):
        names = [name for _, alias in term.others for name in (alias.name, alias.of)]
        return tuple(dict.fromkeys((term.key, *(key for key, _ in term.others), *names)))
    return term.keys


def _places_of(keys: Iterable[str], folded: str) -> list[Pair]:
    """Where a key stands as a whole: its marks left out on both sides, words in ASCII not inside longer ones."""
    found: list[Pair] = []
    for key in keys:
        whole = _trimmed(key)
        if whole:
            spans = (match.span() for match in re.finditer(re.escape(whole), folded))
            found += [span for span in spans if not any(_is_inside(folded, place) for place in span)]
            if len(found) > _MOST:
                break
    return found


def _parts_of(keys: Sequence[str], folded: str) -> list[Pair]:
    """Where the longest parts of the first key stand that the text holds."""
    runs = _PARTS.findall(keys[0]) or units(keys[0])
    parts = {run[start : start + 2] for run in runs for start in range(len(run) - 1)} or set(runs)
    found = AhoCorasick(sorted(parts)).find_matches_as_indexes(folded, overlapping=True) if parts else []
    spans = [(start, end) for _, start, end in found[:_MOST]]
    merged = [span for span in _merged(spans) if not any(_is_inside(folded, place) for place in span)]
    long = [pair for pair in merged if pair[1] - pair[0] > _LEAST_PART]
    return long or merged


def _is_inside(folded: str, place: int) -> bool:
    """Whether a number or a word in ASCII goes on beyond this place."""
    beside = folded[max(place - 1, 0) : place + 1]
    if len(beside) < 2 or place == 0:
        return False
    return _INSIDE.match(beside) is not None


def _trimmed(key: str) -> str:
    """The key without the marks round it."""
    found = list(re.finditer(r"[^\W_]", key))
    return key[found[0].start() : found[-1].end()] if found else ""


def _merged(places: Iterable[Pair]) -> list[Pair]:
    """The places in order, those that overlap or touch as one."""
    merged: list[Pair] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
