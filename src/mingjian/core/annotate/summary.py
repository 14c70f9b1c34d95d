"""Summary: sentences of the body that together say who did what, with which numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.places import find_pattern
from mingjian.core.text.standing import SHORT_NAME, Contents, Standing, is_balanced, opening, reads_on, whole_ends

_LIMIT = 200
_FIRST_SENTENCES = 3  # of a page, which are candidates whatever they tell
_FIRST_BLOCKS = 5  # whose opening sentences are candidates too
_END = re.compile("[。！？]")  # a form of writing, not words: more than one sentence is taken whole
_ROUNDS = 4  # of choosing, each without the sentences that would lean on words left out
_SAMPLE = 4  # characters: what two sentences share is counted in pieces of so many
_USUAL = 80  # characters of a sentence: what a longer one tells counts less for each


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """Words that can stand in a summary, how much they tell, and where they may end: first where the matter is told."""

    start: int
    ends: tuple[int, ...]
    score: float


def summarise(standing: Standing, contents: Contents, limit: int = _LIMIT) -> tuple[Span, ...]:
    """Sentences of the body, verbatim and in page order, at most ``limit`` characters in all.

    Those that tell most come first: events, figures, the words of the title, a leading place. Of each the clauses up to
    its first event or figure are taken, then, as far as there is room, those after them that tell more. A sentence that
    needs the one before is taken together with it or not at all.
    """
    candidates = sorted(_candidates(standing, contents, limit), key=lambda one: (-one.score, one.start))
    for _ in range(_ROUNDS):
        chosen = _chosen(standing, candidates, limit)
        left_out = [start for start, end in chosen if not _leans_on_chosen(standing, (start, end), chosen)]
        if not left_out:
            break
        candidates = [one for one in candidates if one.start not in left_out]
    return tuple(cite(standing.article.text, *place) for place in sorted(chosen) if place[0] not in left_out)


def _chosen(standing: Standing, candidates: Sequence[_Candidate], limit: int) -> list[Pair]:
    """The candidates that tell most, the best first, as far as they fit and do not repeat one another.

    The further clauses of a sentence compete with other sentences: each counts a share of what stands before it.
    """
    settings = standing.found.settings
    share, least = settings["further_share"], settings["least_score"]
    steps = sorted(
        (
            (one.score * share**step, -number, end)
            for number, one in enumerate(candidates)
            for step, end in enumerate(one.ends)
        ),
        key=lambda each: (-each[0], -each[1], each[2]),
    )
    taken: dict[int, int] = {}
    for score, negative, end in steps:
        one = candidates[-negative]
        before = taken.get(one.start)
        if before is None:
            low = end > one.ends[0] or (taken and score < least)
            if low or _repeats(standing.article.folded, (one.start, end), taken.items()):
                continue
        if end - (before or one.start) <= limit:
            limit -= end - (before or one.start)
            taken[one.start] = end
    return list(taken.items())


def _leans_on_chosen(standing: Standing, place: Pair, chosen: Iterable[Pair]) -> bool:
    """Whether the words lean on nothing, or on chosen words that stand shortly before."""
    told = max((end for _, end in chosen if end <= place[0]), default=None)
    return reads_on(standing.found, standing.article.folded, place, told)


def _candidates(standing: Standing, contents: Contents, limit: int) -> Iterator[_Candidate]:
    """The stretches worth a place: sentences that tell most, or that lead the page or a paragraph."""
    article, settings = standing.article, standing.found.settings
    told = _told(standing, contents)
    most = sorted(told, key=lambda number: (-told[number], number))[: settings["weighed"]]
    pairs, last = contents.title_pairs(), len(article.sentences)
    leading = settings["lead_score"]
    telling = sorted({fact.evidence.end for fact in (*contents.events, *contents.figures)})
    for number in sorted({*most, *_leading(standing)}):
        place = _unit(standing, number, leans=_continues(standing, contents, number))
        if place is None:
            continue
        ends = _ends(standing, place, telling, limit)
        words = article.folded[place[0] : ends[0]]
        shared = sum([pair in words for pair in pairs]) / len(pairs) if pairs else 0.0
        score = told.get(number, 0.0) + settings["title_score"] * shared
        if standing.is_labelled(place[0]):
            score *= settings["label_share"]
        else:
            score, leading = score + leading, 0.0
        if standing.is_spoken(*place):
            score *= settings["voice_share"]
        length = max(1, len(words) - sum(len(bracket) for bracket in SHORT_NAME.findall(words)))
        score *= 1 - settings["decline"] * number / last
        yield _Candidate(place[0], ends, score * min(1.0, (_USUAL / length) ** 0.5))


def _ends(standing: Standing, place: Pair, telling: Sequence[int], limit: int) -> tuple[int, ...]:
    """Where the words may end: behind the clause that first tells an event or a figure, then behind further ones.

    A short sentence ends where it ends, and so does one that tells nothing.
    """
    start, end = place
    settings, folded = standing.found.settings, standing.article.folded
    if end - start <= settings["short"] or _END.search(folded, start, end - 1):
        return (end,)
    facts = telling[bisect_left(telling, start + 1) : bisect_right(telling, end)]
    if not facts and end - start <= limit:
        return (end,)
    cuts = whole_ends(standing.found, folded, place, limit)
    if end - start > limit:
        facts = facts or cuts[-1:]
        cuts = cuts or [start + limit]
        first = _first(cuts, facts, start + settings["shortest"])
        return (first, *(cut for cut in cuts if cut > first and _tells(facts, first, cut)))
    if not cuts:
        return (end,)
    first = _first([*cuts, end], facts, start + settings["least_room"])
    return (first, *(cut for cut in cuts if cut > first and _tells(facts, first, cut)), *([end] if end > first else ()))


def _first(cuts: Sequence[int], facts: Sequence[int], least: int) -> int:
    """The first place to cut behind a fact, and behind so many characters; else the last place."""
    need = max(facts[0] if facts else 0, least)
    return next((cut for cut in cuts if cut >= need), cuts[-1])


def _tells(facts: Sequence[int], low: int, high: int) -> bool:
    """Whether a fact is told between the two places."""
    return bisect_right(facts, low) < bisect_right(facts, high)


def _told(standing: Standing, contents: Contents) -> dict[int, float]:
    """By the number of a sentence, how much its events and figures weigh, and from when on something holds."""
    settings, starts = standing.found.settings, [sentence.start for sentence in standing.article.sentences]
    minor, real = settings["minor_events"], settings["told_actualities"]
    latest = max((event.date.end for event in contents.events if event.date.end), default="")[:4]
    weights: dict[int, float] = {}
    seen: dict[int, int] = {}
    for event in contents.events:
        number = bisect_right(starts, event.trigger_span.start) - 1
        weight = settings["minor_score"] if event.type in minor else settings["event_score"]
        recent = not event.date.end or event.date.end[:4] == latest
        weight *= (1.0 if event.actuality in real else settings["other_share"]) * (
            1.0 if recent else settings["old_share"]
        )
        weights[number] = min(weights.get(number, 0.0) + weight, settings["most_score"])
    for figure in contents.figures:
        number = bisect_right(starts, figure.evidence.start) - 1
        seen[number] = seen.get(number, 0) + 1
        weights[number] = weights.get(number, 0.0) + settings["figure_score"] / seen[number]
    for match in find_pattern(standing.article.folded, standing.article.body, standing.found.cues["in-force"]):
        number = bisect_right(starts, match.start()) - 1
        weights[number] = max(weights.get(number, 0.0), settings["in_force_score"])
    weights.pop(-1, None)
    return weights


def _leading(standing: Standing) -> list[int]:
    """The numbers of the first sentences of the page that are worth telling, and of its first paragraphs."""
    leading: list[int] = []
    block, blocks = -1, 0
    for number, sentence in enumerate(standing.article.sentences):
        opens = sentence.block != block
        if (opens or len(leading) < _FIRST_SENTENCES) and standing.is_worth_telling(number):
            leading.append(number)
            blocks += opens
            block = sentence.block
        if blocks == _FIRST_BLOCKS:
            break
    return leading


def _continues(standing: Standing, contents: Contents, number: int) -> bool:
    """Whether the sentence counts on, or goes on after a semicolon without anybody of its own who acts."""
    article = standing.article
    sentence = article.sentences[number]
    before = article.sentences[number - 1] if number else None
    if before is None or before.block != sentence.block:
        return False
    if standing.found.cues["ordinal"].match(article.folded, sentence.start):
        return True
    if article.folded[before.end - 1] not in "；;":
        return False
    acting = (pair for event in contents.events for pair in event.parts.get("actors", ()))
    return not any(sentence.start <= start < sentence.end for start, _ in acting)


def _unit(standing: Standing, number: int, *, leans: bool) -> Pair | None:
    """The sentence from its first telling word, with the sentence before where it needs that; None if it stays cut."""
    alone = None if leans else standing.alone(number)
    if alone is not None or not number or not standing.is_worth_telling(number):
        return alone
    sentence, before = standing.article.sentences[number], standing.article.sentences[number - 1]
    if before.block != sentence.block or not standing.is_worth_telling(number - 1):
        return None
    found, folded = standing.found, standing.article.folded
    start = opening(found, folded, before.start, before.end)
    if found.cues["dangling"].match(folded, start, before.end) or not is_balanced(folded, start, sentence.end):
        return None
    return start, sentence.end


def _repeats(folded: str, place: Pair, chosen: Iterable[Pair]) -> bool:
    """Whether the words say for the most part what chosen words say."""
    words = [folded[at : at + _SAMPLE] for at in range(place[0], place[1] - _SAMPLE, _SAMPLE)]
    for start, end in chosen:
        if start < place[1] and place[0] < end:
            return True
        other = folded[start:end]
        if 2 * sum(each in other for each in words) > len(words):
            return True
    return False
