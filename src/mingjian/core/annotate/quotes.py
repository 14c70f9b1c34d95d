"""Who said what, in which capacity, verbatim or reported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from mingjian.core.model.article import Article, Sentence
from mingjian.core.model.facts import Names, Person, Quote
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at, trim

# Forms of writing, not words: quotation marks.
_OPEN, _CLOSE = "“「", "”」"
_AFTER = frozenset({"after", "bare"})
_NO_VERB = frozenset({"bare", "turn"})
_LONGEST = 900
_LEAST = 6
_FAR = 80
_NEAR = 8
_TITLE_LENGTH = 16


class _Scene(msgspec.Struct, frozen=True):
    article: Article
    people: tuple[Mention, ...]
    organisations: tuple[Mention, ...]
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]


class _Speaker(msgspec.Struct, frozen=True):
    """Who speaks: the name to report, the person behind it if known, and the place of the words."""

    name: str
    place: Pair
    person: Person | None = None
    words: Pair | None = None


class _Content(msgspec.Struct, frozen=True):
    mode: Literal["direct", "indirect"]
    place: Pair


def annotate_quotes(article: Article, found: GroupFindings, names: Names) -> tuple[Quote, ...]:
    """The quotes of the body in page order, one a cue verb; the evidence is the content alone."""
    scene = _Scene(article, mentions_of(names.people), mentions_of(names.organisations), found.cues, found.settings)
    quotes: list[Quote] = []
    taken: set[tuple[str, int]] = set()
    said = Stretches()
    last: _Speaker | None = None
    for match in sorted(found.matches, key=_bare_last):
        cue = match.span("cue") or match.span("attribution") or (match.start, match.end)
        side = "before" if match.rule.fields["form"] in _AFTER else "behind"
        if (side, cue[1]) in taken:
            continue
        content = _content(article, match, cue)
        speaker = _speaker(scene, match, cue, content, last) if content else None
        if content is None or speaker is None or said.touching(*content.place):
            continue
        said.add(*content.place)
        taken.add((side, cue[1]))
        last = speaker if speaker.person or not last else last
        quotes.append(_quote(article, match, cue, speaker, content))
    return tuple(sorted(quotes, key=lambda quote: quote.evidence.start))


def _bare_last(match: Match) -> tuple[bool, int]:
    return (match.rule.fields["form"] == "bare", match.start)


def _quote(article: Article, match: Match, cue: Pair, speaker: _Speaker, content: _Content) -> Quote:
    start = speaker.place[0] if speaker.place[1] <= cue[0] and cue[0] - speaker.place[0] < _FAR else cue[0]
    person = speaker.person
    words = speaker.words or speaker.place
    elsewhere = not (start <= words[0] and words[1] <= cue[1])
    return Quote(
        evidence=cite(article.text, *content.place),
        by=match.rule.id,
        parts={"speaker": (words,)} | _capacity(person),
        support=(cite(article.text, *words),) if elsewhere else (),
        speaker=speaker.name,
        title=person.title if person else None,
        affiliation=person.affiliation if person else None,
        mode=content.mode,
        cue_span=cite(article.text, start, cue[1]),
    )


def _capacity(person: Person | None) -> dict[str, tuple[Pair, ...]]:
    """Where the page gives the speaker's title and affiliation, which may be long before the quote."""
    return (
        {}
        if person is None
        else {name: person.parts[name] for name in ("title", "affiliation") if name in person.parts}
    )


# ---- what is said


def _content(article: Article, match: Match, cue: Pair) -> _Content | None:
    """What is said: in quotation marks before or after the cue, or in the rest of the sentence."""
    if match.rule.fields["form"] in _AFTER:
        return _quoted_before(article, match.start)
    start = match.end if match.rule.fields["form"] != "joined" else cue[1]
    sentence = sentence_at(article.sentences, cue[0])
    if sentence is None:
        return None
    if match.rule.fields["form"] == "turn":
        return _Content("direct", trim(article.text, start, article.body[sentence.block].end))
    return _quoted_from(article, start, sentence) or _reported(article, start, sentence)


def _quoted_before(article: Article, close: int) -> _Content | None:
    """The words in quotation marks that end at ``close``, if they are a saying and not a name."""
    sentence = sentence_at(article.sentences, close)
    if sentence is None:
        return None
    low = max(article.body[sentence.block].start, close - _LONGEST)
    depth = 0
    for place in range(close, low - 1, -1):
        depth += (article.folded[place] in _CLOSE) - (article.folded[place] in _OPEN)
        if depth == 0:
            break
    else:
        return None
    content = (place + 1, close)
    ended = article.folded[close - 1] in "。！？!?，,…"
    long = content[1] - content[0] > 2 * _LEAST and article.folded[close + 1] in ",，"
    if content[1] - content[0] < _LEAST or not (ended or long):
        return None
    return _Content("direct", content)


def _quoted_from(article: Article, start: int, sentence: Sentence) -> _Content | None:
    """The words in quotation marks that begin at ``start``, if they are a saying and not a name."""
    if article.folded[start : start + 1] not in tuple(_OPEN):
        return None
    high = min(article.body[sentence.block].end, start + _LONGEST)
    depth = 0
    for place in range(start, high):
        depth += (article.folded[place] in _OPEN) - (article.folded[place] in _CLOSE)
        if depth == 0:
            break
    else:
        return None
    content = (start + 1, place)
    after = article.folded[place + 1 : place + 2]
    ended = article.folded[place - 1] in "。！？!?，,…" or after in "。！？；;，,\n… "
    return _Content("direct", content) if ended and place - start > _LEAST else None


def _reported(article: Article, start: int, sentence: Sentence) -> _Content | None:
    """The rest of the sentence without its closing mark."""
    if start >= sentence.end:
        return None
    start, end = trim(article.text, start, sentence.end)
    while end > start and article.text[end - 1] in "。！？!?；;":
        end -= 1
    return _Content("indirect", (start, end)) if end - start >= _LEAST else None


# ---- who says it


def _speaker(scene: _Scene, match: Match, cue: Pair, content: _Content, last: _Speaker | None) -> _Speaker | None:
    """The person, pronoun, office, meeting or organisation that the cue belongs to."""
    fields = match.rule.fields
    if fields["form"] in _NO_VERB:
        return _labelled(scene, cue) if fields["form"] == "turn" else _standing(scene, cue)
    low = _clause_start(scene.article, match, cue)
    person = _person(scene, low, cue[0])
    if person is not None and fields.get("strict") and "《" in scene.article.folded[person.place[1] : cue[0]]:
        return None
    if fields["form"] == "joined":
        return _right_before(scene, low, cue[0], person, last)
    if person is not None:
        return person
    found = _pronoun(scene, low, cue[0], last) or _organisation(scene, low, cue[0])
    found = found or _office(scene, low, cue[0])
    if found or (fields.get("strict") and content.mode == "indirect"):
        return found
    return _carried(scene, low, cue[0], last)


def _standing(scene: _Scene, cue: Pair) -> _Speaker | None:
    """The person whom the words after the saying name at once."""
    person = _person(scene, cue[0], cue[1])
    return person if person and person.place[0] - cue[0] <= _TITLE_LENGTH else None


def _labelled(scene: _Scene, cue: Pair) -> _Speaker | None:
    """The person whom the label of a turn names, or who answers all questions of the page."""
    label = (cue[0], cue[1] - 1)
    for mention in mentions_between(scene.people, *label):
        if mention.end == label[1]:
            return _Speaker(mention.bearer.name, mention.pair, mention.bearer)  # type: ignore[arg-type]
    if scene.article.folded[slice(*label)] not in scene.settings["answers"] or not scene.article.body:
        return None
    found = scene.cues["answers"].search(scene.article.folded, scene.article.body[0].start, cue[0])
    return _Speaker(scene.article.text[slice(*found.span("who"))], found.span("who")) if found else None


def _right_before(scene: _Scene, low: int, cue: int, person: _Speaker | None, last: _Speaker | None) -> _Speaker | None:
    """The person or pronoun that the cue follows at once."""
    if person is not None:
        return person if cue - person.place[1] <= _NEAR // 2 else None
    return _pronoun(scene, low, cue, last) if cue - low <= _NEAR else None


def _clause_start(article: Article, match: Match, cue: Pair) -> int:
    """Where the clause of the cue begins, or the attribution where the rule marks one."""
    attribution = match.span("attribution")
    if attribution is not None:
        return attribution[0]
    sentence = sentence_at(article.sentences, cue[0])
    if sentence is None:
        return cue[0]
    return clauses_between(article.folded, sentence.start, cue[1])[-1][0]


def _person(scene: _Scene, low: int, high: int) -> _Speaker | None:
    for mention in reversed(mentions_between(scene.people, low, high)):
        if not _is_addressed(scene, mention, low):
            if scene.cues["document"].search(scene.article.folded, mention.end, high):
                return None
            return _Speaker(mention.bearer.name, mention.pair, mention.bearer)  # type: ignore[arg-type]
    return None


def _is_addressed(scene: _Scene, mention: Mention, low: int) -> bool:
    before = scene.article.folded[max(low, mention.start - 1) : mention.start]
    return scene.cues["addressed"].search(before) is not None


def _pronoun(scene: _Scene, low: int, high: int, last: _Speaker | None) -> _Speaker | None:
    found = scene.cues["pronoun"].search(scene.article.folded[low:high])
    if found is None or last is None or last.person is None:
        return None
    start, end = found.span("who")
    return msgspec.structs.replace(last, place=(low + start, low + end), words=last.words or last.place)


def _organisation(scene: _Scene, low: int, high: int) -> _Speaker | None:
    """The organisation that the clause begins with, if nothing but circumstances stands between it and the cue."""
    folded = scene.article.folded
    if scene.cues["document"].search(folded[low:high]):
        return None
    for mention in reversed(mentions_between(scene.organisations, low, high)):
        between = scene.cues["circumstances"].search(folded[mention.end : high])
        if between is None or _is_addressed(scene, mention, low):
            continue
        if between["role"]:
            place = (mention.start, mention.end + between.end("role"))
            return _Speaker(scene.article.text[slice(*place)], place)
        return _Speaker(mention.bearer.name, mention.pair)
    return None


def _office(scene: _Scene, low: int, high: int) -> _Speaker | None:
    """A meeting, an office or a class of people without a name."""
    words = scene.article.folded[low:high]
    for cue in ("meeting", "office"):
        found = scene.cues[cue].search(words)
        if found:
            start, end = found.span("who")
            return _Speaker(scene.article.text[low + start : low + end], (low + start, low + end))
    return None


def _carried(scene: _Scene, low: int, cue: int, last: _Speaker | None) -> _Speaker | None:
    """The speaker of the clause before, where the cue's own clause has no subject (…,并强调,…)."""
    if not scene.cues["no-subject"].match(scene.article.folded[low:cue].strip("”」 ")):
        return None
    sentence = sentence_at(scene.article.sentences, cue)
    start = sentence.start if sentence else low
    people = mentions_between(scene.people, start, low)
    if people:
        return _Speaker(people[-1].bearer.name, people[-1].pair, people[-1].bearer)  # type: ignore[arg-type]
    return _pronoun(scene, start, low, last)
