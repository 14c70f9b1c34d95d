"""重大事件摘要: prose on the main events and figures, put together from cited words and a few words of glue."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Event, Organisation
from mingjian.core.model.record import DigestSentence
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.mentions import mentions_between
from mingjian.core.text.normal import on_one_line
from mingjian.core.text.sentences import sentence_at
from mingjian.core.text.standing import (
    SHORT_NAME,
    Contents,
    Standing,
    is_balanced,
    opening,
    reads_on,
    stands_alone,
    without_tail,
)

# Forms of writing, not words: what ends so is a sentence already.
_ENDED = ("。”", "！”", "？”", "。」", "！」", "？」", "！", "？", "!", "?", "…")
_START = attrgetter("start")
_LATIN = 0.1  # blanks among the characters, from which share on a sentence is not Chinese
_EDGES = "，,。；;：:、 \t\n\u3000"

Piece: TypeAlias = Pair | str
"""A place on the page, or glue."""


class _Stretch(msgspec.Struct, frozen=True, gc=False):
    """Words that make one sentence: their place, the date to put before them, and the day that they tell of."""

    start: int
    end: int
    before: Pair | None = None
    date_words: Pair | None = None
    day: str | None = None


class _Scene(msgspec.Struct, frozen=True):
    """What every sentence is put together from."""

    article: Article
    found: GroupFindings
    standing: Standing
    told: Contents
    settings: Mapping[str, Any]


def digest_events(standing: Standing, contents: Contents) -> tuple[DigestSentence, ...]:
    """The main events and figures in page order, each in its own words: who is named in full, shells are left out."""
    article, found = standing.article, standing.found
    scene = _Scene(article, found, standing, contents, found.settings["digest"])
    sentences: list[DigestSentence] = []
    before: _Stretch | None = None
    for stretch in sorted(_stretches(scene), key=lambda stretch: stretch.start):
        if reads_on(found, article.folded, (stretch.start, stretch.end), before.end if before else None):
            pieces = list(_pieces(scene, stretch, before))
            if pieces:
                sentences.append(_sentence(article.text, pieces))
                before = stretch
    return tuple(sentences)


# ---- what to tell


def _stretches(scene: _Scene) -> list[_Stretch]:
    """The leading sentence where the title names its matter, the main events, then figures that none of them tells."""
    chosen: list[_Stretch] = []
    lead = _lead(scene)
    for events in _main_events(scene):
        stretch = _event_stretch(scene, events)
        if stretch is not None and not _overlaps(stretch, chosen):
            chosen.append(stretch)
    if lead is not None and not _overlaps(lead, chosen):
        chosen.append(lead)
    most = len(chosen) + scene.settings["most_figures"]
    for figure in sorted(scene.told.figures, key=lambda figure: figure.evidence.start):
        if len(chosen) == most:
            break
        stretch = _whole(scene, figure.evidence.start)
        if stretch is not None and not _overlaps(stretch, chosen):
            chosen.append(stretch)
    return chosen


def _lead(scene: _Scene) -> _Stretch | None:
    """The first sentence that stands alone, if it holds enough of the title."""
    for sentence in scene.article.sentences[: scene.settings["lead_sentences"]]:
        stretch = _whole(scene, sentence.start)
        if stretch is not None:
            words = scene.article.folded[stretch.start : stretch.end]
            return stretch if _share(scene.told.title_pairs(), words) >= scene.settings["lead_share"] else None
    return None


def _share(pairs: Collection[str], words: str) -> float:
    """How many of the pairs of characters the words hold."""
    return sum([pair in words for pair in pairs]) / len(pairs) if pairs else 0.0


def _main_events(scene: _Scene) -> list[list[Event]]:
    """The events that matter most, those of one sentence together: real, recent, early, near to the title's words."""
    minor = scene.found.settings["minor_events"]
    events = [event for event in scene.told.events if event.type not in minor] or list(scene.told.events)
    real = [event for event in events if event.actuality in ("realised", "ongoing")] or events
    pairs = scene.told.title_pairs()
    latest = max((event.date.end for event in real if event.date.end), default="")[:4]

    def rank(item: tuple[int, Event]) -> float:
        number, event = item
        recent = not event.date.end or event.date.end[:4] == latest
        shared = _share(pairs, event.evidence.text)
        return -(3.0 * shared + recent + 0.5 * bool(event.actors) - 0.3 * number)

    groups: dict[int, list[Event]] = {}
    for _, event in sorted(enumerate(real), key=rank):
        sentence = sentence_at(scene.article.sentences, event.evidence.start)
        if sentence is not None and (sentence.start in groups or len(groups) < scene.settings["most_events"]):
            groups.setdefault(sentence.start, []).append(event)
    return [sorted(group, key=lambda event: event.evidence.start) for group in groups.values()]


# ---- one stretch


def _event_stretch(scene: _Scene, events: Sequence[Event]) -> _Stretch | None:
    """The words of one sentence that tell these events, with the numbers of the clauses after them."""
    first, folded = events[0], scene.article.folded
    sentence = sentence_at(scene.article.sentences, first.evidence.start)
    if sentence is None:
        return None
    start = _start_of_telling(scene, first, opening(scene.found, folded, sentence.start, sentence.end))
    end = max(_end_of_telling(scene, event, sentence.end) for event in events)
    if end - start > scene.settings["longest"] and len(events) > 1:
        end = _end_of_telling(scene, first, sentence.end)
    bare = end - start < scene.found.settings["bare"] and not first.actors
    if bare or end - start > scene.settings["longest_event"] or not _stands(scene, start, end):
        return _whole(scene, first.evidence.start)
    date = first.support[0] if first.date.text and first.date_span is None and first.support else None
    before = date.pair if date is not None and date.text == first.date.text else None
    return _Stretch(
        start,
        end,
        before if before and not start <= before[0] < end else None,
        first.date_span.pair if first.date_span is not None else None,
        first.date.start if first.date.precision == "day" else None,
    )


def _start_of_telling(scene: _Scene, event: Event, start: int) -> int:
    """Where the sentence begins, or the clause of the event where the sentence is long and that clause names who."""
    actors, low = event.parts.get("actors", ()), event.evidence.start
    named_before = bool(actors) and start <= actors[0][0] < low
    if low <= start or not actors or named_before or event.evidence.end - start <= scene.settings["longest"]:
        return start
    return low


def _end_of_telling(scene: _Scene, event: Event, end: int) -> int:
    """The end of the event's last clause, or of a later one that still gives a number."""
    best, folded = event.evidence.end, scene.article.folded
    figures = [figure.evidence for figure in scene.told.figures if best <= figure.evidence.end <= end]
    for low, high in clauses_between(folded, event.evidence.end, end):
        if high - event.evidence.start > scene.settings["longest"]:
            break
        if any(low <= figure.start < high or low < figure.end <= high for figure in figures):
            best = high
    last = max(folded.rfind(mark, event.evidence.start, best) for mark in "，,") + 1
    words = folded[max(last, event.evidence.start) : best]
    whole = is_balanced(folded, event.evidence.start, best) and not scene.found.cues["broken-off"].search(words)
    return best if whole else without_tail(scene.found, folded, event.evidence.start, end)


def _whole(scene: _Scene, offset: int) -> _Stretch | None:
    """The whole sentence there, from its first telling word; None where it does not stand alone or is too long."""
    number = bisect_right(scene.article.sentences, offset, key=_START) - 1
    place = scene.standing.alone(number) if number >= 0 else None
    if place is None or place[1] - place[0] > scene.settings["longest_whole"] or scene.standing.is_spoken(*place):
        return None
    return _Stretch(*place)


def _stands(scene: _Scene, start: int, end: int) -> bool:
    """Whether the words stand alone, and the page itself says them."""
    return stands_alone(scene.found, scene.article.folded, start, end) and not scene.standing.is_spoken(start, end)


def _overlaps(stretch: _Stretch, others: Iterable[_Stretch]) -> bool:
    return any(stretch.start < other.end and other.start < stretch.end for other in others)


# ---- pieces: places on the page, and glue


def _pieces(scene: _Scene, stretch: _Stretch, before: _Stretch | None) -> list[Piece]:
    """When, who and what: the date, full names, and the words without brackets that give short names."""
    start = stretch.start
    pieces: list[Piece] = [stretch.before, scene.settings["comma"]] if stretch.before else []
    if before is not None and stretch.day and stretch.day == before.day and stretch.date_words:
        low, high = stretch.date_words
        if low == start and before.date_words and before.date_words[0] == before.start and high < stretch.end:
            pieces.append(scene.settings["same_day"])
            start = high + 1 if scene.article.folded[high] in "，," else high
    short = _short_names(scene, start, stretch.end, first=before is None)
    for low, high, full in sorted((*short, *_brackets(scene, start, stretch.end)), key=itemgetter(0)):
        if low >= start:
            pieces += [(start, low)] if low > start else []
            pieces += [full] if full is not None else []
            start = high
    return [*pieces, (start, stretch.end)] if start < stretch.end else pieces


def _brackets(scene: _Scene, start: int, end: int) -> Iterator[tuple[int, int, Pair | None]]:
    for match in SHORT_NAME.finditer(scene.article.folded, start, end):
        yield match.start(), match.end(), None


def _short_names(scene: _Scene, start: int, end: int, *, first: bool) -> Iterator[tuple[int, int, Pair | None]]:
    """Short names of organisations, with a place that prints the full one.

    Those are put in full that the page itself binds in a bracket, for the digest leaves the bracket out, and the one
    that opens the ``first`` sentence.
    """
    folded, named = scene.article.folded, set()
    for mention in mentions_between(scene.told.mentions, start, end):
        bearer = mention.bearer
        if not isinstance(bearer, Organisation) or bearer.name in named:
            continue
        named.add(bearer.name)
        full = max(bearer.mentions, key=lambda pair: (pair[1] - pair[0], -pair[0]))
        words, printed = folded[full[0] : full[1]], folded[mention.start : mention.end]
        bound = any(SHORT_NAME.match(folded, high) for low, high in bearer.mentions if high - low == full[1] - full[0])
        opens = first and mention.start == start and printed in words
        if len(words) > len(printed) and (bound or opens) and is_balanced(folded, start, mention.start):
            yield mention.start, mention.end, full


# ---- words


def _sentence(text: str, pieces: Sequence[Piece]) -> DigestSentence:
    """The pieces one after the other, without marks at the ends, closed by a full stop where none closes them."""
    trimmed = list(pieces)
    for at, edge in ((0, 0), (-1, 1)):
        piece = trimmed[at]
        if not isinstance(piece, str):
            trimmed[at] = _trimmed(text, piece, edge)
    words = "".join(piece if isinstance(piece, str) else on_one_line(text[piece[0] : piece[1]]) for piece in trimmed)
    support = tuple(cite(text, *piece) for piece in trimmed if not isinstance(piece, str))
    ended = words.endswith(_ENDED) or (words[-1:].isascii() and words.count(" ") > _LATIN * len(words))
    return DigestSentence(words if ended else f"{words}。", support)


def _trimmed(text: str, place: Pair, edge: int) -> Pair:
    start, end = place
    while edge == 0 and start < end - 1 and text[start] in _EDGES:
        start += 1
    while edge == 1 and start < end - 1 and text[end - 1] in _EDGES:
        end -= 1
    return start, end
