"""The numbers of documents: 国发〔2025〕11号."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.model.article import Metadata
from mingjian.core.model.outcome import Cited
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold
from mingjian.core.text.matching import Match

_ROUND = 6  # characters round a number that tell whether it stands for the document


def numbers_of(resolved: Sequence[tuple[Named, str]], context: Context) -> dict[str, Pair]:
    """By key of a document: where its number stands, right behind its title, right before it, or under its heading."""
    found: dict[str, Pair] = {}
    places = [(one, key) for one, key in resolved if one.outer is None and not one.kind.endswith("reference")]
    starts = [one.whole[0] for one, _ in places]
    ends = sorted((one.whole[1], number) for number, (one, _) in enumerate(places))
    for match in context.by_kind.get("number", ()):
        number = _without_lead(match, context)
        key = _behind(number, places, ends, context) or _before(number, places, starts, context)
        if key is not None:
            found.setdefault(key, number)
    return found


def numbers_alone(bound: Iterable[Pair], context: Context) -> dict[str, list[Pair]]:
    """The numbers that stand for documents which the page names by nothing else, as printed, with their places."""
    folded = context.article.folded
    named = {folded[slice(*pair)] for pair in bound}
    found: dict[str, list[Pair]] = {}
    for match in context.by_kind.get("number", ()):
        pair = _without_lead(match, context)
        words = folded[slice(*pair)]
        if words not in named and context.cues["number-alone"].search(
            folded, max(0, match.start - _ROUND), match.end + _ROUND
        ):
            found.setdefault(words, []).append(pair)
    return found


def number_of_headline(keys: Iterable[str], metadata: Metadata, context: Context) -> dict[str, Pair]:
    """The number by which the headline calls the one document of which the page tells: 东政发〔2025〕7号文解读."""
    title, every = metadata.title, list(keys)
    if len(every) != 1 or not isinstance(title, Cited) or title.evidence.layer != "text":
        return {}
    found = context.cues["number-in-headline"].search(fold(title.evidence.text))
    if found is None:
        return {}
    low = title.evidence.start
    return {every[0]: (low + found.start("number"), low + found.end("number"))}


def _without_lead(match: Match, context: Context) -> Pair:
    """Where the number stands, without the words that run into it."""
    lead = context.cues["number-lead"].match(match.text)
    return (match.start + (lead.end() if lead is not None else 0), match.end)


def _behind(number: Pair, places: Sequence[tuple[Named, str]], ends: Sequence[Pair], context: Context) -> str | None:
    """The document whose title the number follows: at once, in brackets, or as the next line of a heading."""
    index = bisect_right(ends, (number[0], len(places))) - 1
    if index < 0:
        return None
    one, key = places[ends[index][1]]
    between = context.article.folded[one.whole[1] : number[0]]
    if one.kind == "heading":
        return key if len(between) <= context.settings["heading_gap"] else None
    return key if context.cues["before-number"].match(between) else None


def _before(number: Pair, places: Sequence[tuple[Named, str]], starts: Sequence[int], context: Context) -> str | None:
    """The document whose title follows the number at once, or behind the word of issue."""
    index = bisect_left(starts, number[1])
    if index == len(places):
        return None
    one, key = places[index]
    act = context.acts.get(one.whole[0])
    first = act.start if act is not None else one.whole[0]
    between = context.article.folded[number[1] : first]
    return key if first >= number[1] and context.cues["behind-number"].match(between) else None
