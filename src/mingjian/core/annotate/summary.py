"""Summary and digest: sentences of the body, and sentences built from cited parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingjian.core.model.article import Article, Sentence
from mingjian.core.model.facts import Event, Statistic, Target
from mingjian.core.model.record import DigestSentence
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.sentences import sentence_at

_SHORTEST = 12
_MOST_SENTENCES = 6
_MOST_FIGURES = 2
_LONGEST = 160
# Forms of writing, not words: what ends so is a sentence already.
_ENDED = ("。”", "！”", "？”", "。」", "！」", "？」", "！", "？", "!", "?", "…")
_LEAD_WEIGHT, _EVENT_WEIGHT, _MINOR_WEIGHT = 6, 3, 1


def summarise(article: Article, found: GroupFindings, events: Sequence[Event], limit: int = 200) -> tuple[Span, ...]:
    """Sentences of the body, verbatim and in page order, at most ``limit`` characters in all.

    The first sentence comes before all others, then those that tell most events; what no longer fits is left out.
    """
    ranked = sorted(_weighed(article, found, events), key=lambda weighed: (-weighed[1], weighed[0].start))
    chosen: list[Pair] = []
    room = limit
    for sentence, _ in ranked:
        place = (sentence.start, sentence.end)
        if not chosen and sentence.end - sentence.start > limit:
            place = _shortened(article, sentence, limit)
        if place[1] - place[0] <= room and not _repeats(article, place, chosen):
            chosen.append(place)
            room -= place[1] - place[0]
    return tuple(cite(article.text, *place) for place in sorted(chosen))


def _weighed(article: Article, found: GroupFindings, events: Sequence[Event]) -> Iterable[tuple[Sentence, int]]:
    """Every sentence worth a place, with its weight: the first of the page, and those that tell events."""
    first = next((sentence for sentence in article.sentences if _is_worth_telling(article, found, sentence)), None)
    weights = {first: _LEAD_WEIGHT} if first else {}
    for event in events:
        sentence = sentence_at(article.sentences, event.trigger_span.start)
        if sentence is not None and (sentence in weights or _is_worth_telling(article, found, sentence)):
            weight = _MINOR_WEIGHT if event.type in found.settings["minor_events"] else _EVENT_WEIGHT
            weights[sentence] = weights.get(sentence, 0) + weight
    return weights.items()


def _is_worth_telling(article: Article, found: GroupFindings, sentence: Sentence) -> bool:
    role = article.body[sentence.block].role
    if sentence.end - sentence.start < _SHORTEST or role not in found.settings["paragraph_roles"]:
        return False
    return not found.cues["idle"].search(article.folded[sentence.start : sentence.end])


def _shortened(article: Article, sentence: Sentence, limit: int) -> Pair:
    """The leading clauses of a sentence that is longer than the limit."""
    end = sentence.start
    for clause in clauses_between(article.folded, sentence.start, sentence.end):
        if clause[1] - sentence.start > limit:
            break
        end = clause[1]
    return (sentence.start, end if end > sentence.start else min(sentence.end, sentence.start + limit))


def _repeats(article: Article, place: Pair, chosen: Sequence[Pair]) -> bool:
    words = article.folded[place[0] : place[1]]
    return any(words in article.folded[start:end] for start, end in chosen)


def digest_events(
    article: Article, found: GroupFindings, events: Sequence[Event], figures: Sequence[Target | Statistic]
) -> tuple[DigestSentence, ...]:
    """重大事件摘要: one sentence a main event, then the main figures, each built from cited parts."""
    main = [event for event in events if event.type not in found.settings["minor_events"]] or list(events)
    realised = [event for event in main if event.actuality in ("realised", "ongoing")]
    sentences = _told_events(article, found, sorted(realised or main, key=lambda event: event.evidence.start))
    most = len(sentences) + _MOST_FIGURES
    told = [span for sentence in sentences for span in sentence.support]
    for evidence in sorted((figure.evidence for figure in figures), key=_start):
        if len(sentences) >= most:
            break
        whole = _whole_sentence(article, evidence)
        if not _inside(evidence, told) and not any(_inside(span, (whole,)) for span in told):
            told.append(whole)
            sentences.append(_sentence(found, (whole,)))
    return tuple(sentences)


def _told_events(article: Article, found: GroupFindings, events: Iterable[Event]) -> list[DigestSentence]:
    """The first sentences about events; one that an earlier sentence tells already has none of its own."""
    sentences: list[DigestSentence] = []
    told: list[Span] = []
    for event in events:
        if len(sentences) == _MOST_SENTENCES - _MOST_FIGURES:
            break
        if not _inside(event.evidence, told):
            sentences.append(_event_sentence(article, found, event))
            told += sentences[-1].support
    return sentences


def _whole_sentence(article: Article, evidence: Span) -> Span:
    """The sentence of a figure or of an event without actors, which says of whom it speaks, unless it is too long."""
    sentence = sentence_at(article.sentences, evidence.start)
    if sentence is None or sentence.end - sentence.start > _LONGEST:
        return evidence
    return cite(article.text, min(sentence.start, evidence.start), max(sentence.end, evidence.end))


def _event_sentence(article: Article, found: GroupFindings, event: Event) -> DigestSentence:
    """When, who and what of one event, in words of the page: the whole sentence where only that names who."""
    actors = event.parts.get("actors", ())
    whole = _whole_sentence(article, event.evidence)
    named = whole.start <= actors[0][0] < whole.end if actors else True
    clause = _completed(article, found, event.evidence)
    told = clause if actors and (not named or clause.start <= actors[0][0] < clause.end) else whole
    before: list[Span] = []
    date = event.support[0] if event.date.text and event.date_span is None and event.support else None
    if date is not None and date.text == event.date.text and not _inside(date, (told,)):
        before.append(date)
    if not named:
        return _sentence(found, (*before, cite(article.text, *actors[0]), told), joined=True)
    return _sentence(found, (*before, told))


def _completed(article: Article, found: GroupFindings, evidence: Span) -> Span:
    """The evidence, with the rest of its sentence where it breaks off before what was said or done."""
    sentence = sentence_at(article.sentences, evidence.start)
    words = article.folded[evidence.start : evidence.end]
    if sentence is None or not found.cues["broken-off"].search(words) or sentence.end - evidence.start > _LONGEST:
        return evidence
    return cite(article.text, evidence.start, max(sentence.end, evidence.end))


def _sentence(found: GroupFindings, parts: Sequence[Span], *, joined: bool = False) -> DigestSentence:
    """The parts with commas between them; ``joined`` leaves none between the last two, a subject and its verb."""
    words = [" ".join(part.text.split()).strip("，,。；;：: ") for part in parts]
    joint = found.cues["joint"].match(fold(words[-1]))
    words[-1] = words[-1][joint.end() :] if joint else words[-1]
    if joined:
        words[-2:] = ["".join(words[-2:])]
    told = "，".join(words)
    return DigestSentence(told if told.endswith(_ENDED) else f"{told}。", tuple(parts))


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _start(span: Span) -> int:
    return span.start
