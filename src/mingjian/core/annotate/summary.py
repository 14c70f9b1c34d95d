"""Summary: sentences of the body that together say who did what, with which numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.core.model.article import Article, Sentence
from mingjian.core.model.facts import Event, Statistic, Target
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.sentences import sentence_at
from mingjian.core.text.standing import is_balanced, opening, stands_alone, whole_clauses, without_tail

_LIMIT = 200
_FIRST_SENTENCES = 3  # of a page, which are candidates whatever they tell
_FIRST_BLOCKS = 8  # whose opening sentences are candidates too
_USUAL = 80  # characters of a sentence: what a longer one tells counts less for each


class Contents(msgspec.Struct, frozen=True):
    """What a page tells: its events and figures, and its title, folded."""

    events: Sequence[Event]
    figures: Sequence[Target | Statistic]
    title: str = ""


class _Candidate(msgspec.Struct, frozen=True, gc=False):
    """Words that can stand in a summary, and how much they tell."""

    start: int
    end: int
    score: float


def summarise(article: Article, found: GroupFindings, contents: Contents, limit: int = _LIMIT) -> tuple[Span, ...]:
    """Sentences of the body, verbatim and in page order, at most ``limit`` characters in all.

    Those that tell most come first: events, figures, the words of the title, a leading place. A sentence that needs the
    one before is taken together with it or not at all; of a long sentence only the leading clauses are taken.
    """
    chosen: list[Pair] = []
    room = limit
    least = found.settings["least_score"]
    for one in sorted(_candidates(article, found, contents), key=lambda one: (-one.score, one.start)):
        if chosen and one.score < least:
            break
        place = _fitted(article, found, one, room, first=not chosen)
        if place is not None and not _repeats(article.folded, place, chosen):
            chosen.append(place)
            room -= place[1] - place[0]
    return tuple(cite(article.text, *place) for place in _in_order(article, found, chosen))


def _candidates(article: Article, found: GroupFindings, contents: Contents) -> Iterator[_Candidate]:
    """Every stretch worth a place: sentences that tell something, or that lead the page or a paragraph."""
    told = _told(article, found, contents)
    pairs = {contents.title[at : at + 2] for at in range(len(contents.title) - 1)}
    pairs = {pair for pair in pairs if pair.isalnum()}
    settings, last = found.settings, len(article.sentences)
    leading = settings["lead_score"]
    for number in sorted({*told, *_leading(article, found)}):
        place = _unit(article, found, number, leans=_continues(article, contents, number))
        if place is None:
            continue
        words = article.folded[place[0] : place[1]]
        shared = sum(pair in words for pair in pairs) / len(pairs) if pairs else 0.0
        score = told.get(number, 0.0) + leading + settings["title_score"] * shared
        leading = 0.0
        if found.cues["voice"].search(words):
            score *= settings["voice_share"]
        score *= (1 - settings["decline"] * number / last) * min(1.0, (_USUAL / len(words)) ** 0.5)
        yield _Candidate(*place, score)


def _told(article: Article, found: GroupFindings, contents: Contents) -> dict[int, float]:
    """By the number of a sentence, how much its events and figures weigh."""
    settings, numbers = found.settings, {sentence: number for number, sentence in enumerate(article.sentences)}
    weights: dict[int, float] = {}
    seen: dict[int, int] = {}
    for event in contents.events:
        sentence = sentence_at(article.sentences, event.trigger_span.start)
        if sentence is not None:
            number = numbers[sentence]
            weight = settings["minor_score"] if event.type in settings["minor_events"] else settings["event_score"]
            weight *= 1.0 if event.actuality in settings["told_actualities"] else settings["other_share"]
            weights[number] = min(weights.get(number, 0.0) + weight, settings["most_score"])
    for figure in contents.figures:
        sentence = sentence_at(article.sentences, figure.evidence.start)
        if sentence is not None:
            number = numbers[sentence]
            seen[number] = seen.get(number, 0) + 1
            weights[number] = weights.get(number, 0.0) + settings["figure_score"] / seen[number]
    return weights


def _leading(article: Article, found: GroupFindings) -> list[int]:
    """The numbers of the first sentences of the page that are worth telling, and of its first paragraphs."""
    leading: list[int] = []
    block, blocks = -1, 0
    for number, sentence in enumerate(article.sentences):
        opens = sentence.block != block
        if (opens or len(leading) < _FIRST_SENTENCES) and _is_worth_telling(article, found, sentence):
            leading.append(number)
            blocks += opens
            block = sentence.block
        if blocks == _FIRST_BLOCKS:
            break
    return leading


def _is_worth_telling(article: Article, found: GroupFindings, sentence: Sentence) -> bool:
    role = article.body[sentence.block].role
    if sentence.end - sentence.start < found.settings["shortest"] or role not in found.settings["paragraph_roles"]:
        return False
    return not found.cues["idle"].search(article.folded[sentence.start : sentence.end])


def _continues(article: Article, contents: Contents, number: int) -> bool:
    """Whether the sentence goes on after a semicolon without anybody of its own who acts."""
    sentence = article.sentences[number]
    before = article.sentences[number - 1] if number else None
    if before is None or before.block != sentence.block or article.folded[before.end - 1] not in "；;":
        return False
    acting = (pair for event in contents.events for pair in event.parts.get("actors", ()))
    return not any(sentence.start <= start < sentence.end for start, _ in acting)


def _unit(article: Article, found: GroupFindings, number: int, *, leans: bool) -> Pair | None:
    """The sentence from its first telling word, with the sentence before where it needs that; None if it stays cut."""
    sentence, folded = article.sentences[number], article.folded
    if not _is_worth_telling(article, found, sentence):
        return None
    start = opening(found, folded, sentence.start, sentence.end)
    if sentence.end - start < found.settings["shortest"]:
        return None
    end = without_tail(found, folded, start, sentence.end)
    if not leans and stands_alone(found, folded, start, end):
        return start, end
    before = article.sentences[number - 1] if number else None
    if before is None or before.block != sentence.block or not _is_worth_telling(article, found, before):
        return None
    start = opening(found, folded, before.start, before.end)
    if found.cues["dangling"].match(folded, start, before.end) or not is_balanced(folded, start, sentence.end):
        return None
    return start, sentence.end


def _fitted(article: Article, found: GroupFindings, one: _Candidate, room: int, *, first: bool) -> Pair | None:
    """The candidate as far as there is room: whole, or its leading clauses where those still say something."""
    if one.end - one.start <= room:
        return one.start, one.end
    if not first and room < found.settings["least_room"]:
        return None
    least = one.start + (found.settings["shortest"] if first else found.settings["least_room"])
    least = least if first else max(least, one.start + int((one.end - one.start) * found.settings["least_part"]))
    place = whole_clauses(found, article.folded, (one.start, one.end), least, room)
    if place is None and first:
        return one.start, min(one.end, one.start + room)
    return place


def _in_order(article: Article, found: GroupFindings, chosen: Iterable[Pair]) -> list[Pair]:
    """The places in page order, without those that lean on words which do not stand shortly before."""
    ordered: list[Pair] = []
    for place in sorted(chosen):
        leans = found.cues["leaning"].match(article.folded, *place)
        if not leans or (ordered and place[0] - ordered[-1][1] <= found.settings["near"]):
            ordered.append(place)
    return ordered


def _repeats(folded: str, place: Pair, chosen: Sequence[Pair]) -> bool:
    """Whether the words say for the most part what chosen words say."""
    words = folded[place[0] : place[1]]
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    for start, end in chosen:
        if start < place[1] and place[0] < end:
            return True
        other = folded[start:end]
        if sum(pair in other for pair in pairs) > 0.6 * len(pairs):
            return True
    return False
