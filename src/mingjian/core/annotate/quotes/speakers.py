"""Who says it: the person, pronoun, office, meeting or organisation that a cue belongs to."""

from __future__ import annotations

import re

import msgspec

from mingjian.core.annotate.quotes.scene import Content, Said, Scene, Speaker, latest
from mingjian.core.model.facts import Person
from mingjian.core.model.span import Pair
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between
from mingjian.core.text.sentences import sentence_at

_NO_VERB = frozenset({"turn", "bare", "own", "continued", "told"})
_NEAR = 8
_TITLE_LENGTH = 16
_SUBJECT = 40
_WHERE = frozenset("在于")
_BETWEEN = 3
LONGEST_AT_VERB = 160  # characters of the longest match of a cue that ends at the verb
_NAMED = ("post-name", "bare-name", "folk", "plain-name")


def speaker_of(scene: Scene, match: Match, cue: Pair, content: Content, said: list[Said]) -> Speaker | None:
    """Who says the content; None where the words do not tell."""
    fields = match.rule.fields
    if fields["form"] in _NO_VERB:
        return _without_verb(scene, match, cue, said)
    low = _clause_start(scene, match, cue)
    person = _person(scene, low, cue[0])
    strict = bool(fields.get("strict"))
    if person is not None and strict and scene.article.folded.find("《", person.place[1], cue[0]) >= 0:
        return None
    if fields["form"] == "joined":
        return _right_before(scene, low, cue[0], person, said)
    found = person or _heading_clause(scene, low, cue[0], said, people=bool(fields.get("people")))
    if found or (strict and content.mode == "indirect" and not said):
        return found
    return _carried(scene, low, cue[0], said, strict=strict)


def _without_verb(scene: Scene, match: Match, cue: Pair, said: list[Said]) -> Speaker | None:
    """Who says what stands behind a label, before a name, behind another quotation, or behind a colon."""
    form = match.rule.fields["form"]
    if form == "turn":
        return _labelled(scene, cue)
    if form == "bare":
        return _standing(scene, match, cue)
    if form == "own":
        low = _clause_start(scene, match, cue)
        return _person(scene, low, cue[0]) or _pronoun(scene, low, cue[0], said)
    if form == "continued":
        return _going_on(scene, match.start, said)
    return _telling(scene, _clause_start(scene, match, cue), cue, said)


def _heading_clause(scene: Scene, low: int, high: int, said: list[Said], *, people: bool) -> Speaker | None:
    """Who speaks in a clause without the name of a person."""
    found = _pronoun(scene, low, high, said)
    if found is None:
        body = _organisation(scene, low, high)
        found = body if body and (body.body or not people) else None
    return found or _unnamed(scene, low, high)


def _standing(scene: Scene, match: Match, cue: Pair) -> Speaker | None:
    """The person whom the words after the saying name at once."""
    attribution = match.span("attribution") or cue
    person = _person(scene, *attribution)
    return person if person and person.place[0] - attribution[0] <= _TITLE_LENGTH else None


def _labelled(scene: Scene, cue: Pair) -> Speaker | None:
    """The person or organisation whom the label of a turn names, or who answers all questions of the page."""
    folded = scene.article.folded
    found = scene.cues["label"].match(folded, *cue)
    label = found.span("who") if found else cue
    for mention in mentions_between(scene.people, *label):
        speaker, behind = _named(mention), scene.article.folded[mention.end : label[1]]
        if not behind or (speaker.person and (speaker.person.title or "").endswith(behind)):
            return speaker
    if folded[slice(*label)] not in scene.settings["answers"]:
        answering = label[1] < cue[1] - 1 and scene.cues["answer"].search(folded, *cue)
        return Speaker(scene.article.text[slice(*label)], label) if answering else None
    office = scene.answering.office(cue[0])
    if office is not None:
        return Speaker(scene.article.text[slice(*office)], office)
    person = scene.answering.person(cue[0])
    return _named(person) if person is not None else None


def _named(mention: Mention) -> Speaker:
    return Speaker(mention.bearer.name, mention.pair, mention.bearer if isinstance(mention.bearer, Person) else None)


def _going_on(scene: Scene, start: int, said: list[Said]) -> Speaker | None:
    """The person whose words end right before a quotation that has no cue of its own."""
    last = latest(said, start)
    if last is None or last.speaker.person is None or last.end > start:
        return None
    between = scene.article.folded[last.end : start]
    if between.strip(" 　\n。！？!?；;，,…”」"):
        return None
    place, words = last.speaker.place, last.speaker.words
    return msgspec.structs.replace(last.speaker, words=words or place)


def _telling(scene: Scene, low: int, cue: Pair, said: list[Said]) -> Speaker | None:
    """The subject of the words before a colon and a quotation, if a person."""
    folded = scene.article.folded
    if scene.cues["displayed"].search(folded, low, cue[0]):
        return None
    for mention in mentions_between(scene.people, low, cue[0]):
        if not _is_addressed(scene, mention, low):
            return _named(mention) if mention.start - low <= _SUBJECT else None
    return _pronoun(scene, low, cue[0], said) or _subject_before(scene, low, cue[0], said)


def _subject_before(scene: Scene, low: int, cue: int, said: list[Said]) -> Speaker | None:
    """The person with whom the sentence begins, where the clause of the cue has no name of its own."""
    sentence = sentence_at(scene.article.sentences, cue)
    start = sentence.start if sentence else low
    if mentions_between(scene.organisations, low, cue):
        return None
    for mention in mentions_between(scene.people, start, low):
        if not _is_addressed(scene, mention, start):
            return _named(mention)
    return _pronoun(scene, start, low, said)


def _right_before(scene: Scene, low: int, cue: int, person: Speaker | None, said: list[Said]) -> Speaker | None:
    """The person or pronoun that the cue follows at once."""
    if person is not None:
        return person if cue - person.place[1] <= _NEAR // 2 else None
    if scene.article.folded[low - 1 : low] in tuple("，,") and scene.cues["no-subject"].match(
        scene.article.folded[low:cue]
    ):
        return _carried(scene, low, cue, said, strict=True)
    found = _pronoun(scene, low, cue, said) if cue - low <= _NEAR else None
    return found or (_unnamed(scene, low, cue) if cue - low <= _TITLE_LENGTH else None)


def _clause_start(scene: Scene, match: Match, cue: Pair) -> int:
    """Where the clause of the cue begins, or the attribution where the rule marks one."""
    attribution = match.span("attribution")
    if attribution is not None:
        return attribution[0]
    sentence = sentence_at(scene.article.sentences, cue[0])
    clauses = clauses_between(scene.article.folded, sentence.start, cue[1]) if sentence else ()
    return clauses[-1][0] if clauses else cue[0]


def _person(scene: Scene, low: int, high: int) -> Speaker | None:
    for mention in reversed(mentions_between(scene.people, low, high)):
        if not _is_addressed(scene, mention, low):
            folded = scene.article.folded
            if folded[mention.end] not in _WHERE and scene.cues["document"].search(folded, mention.end, high):
                return None
            return _named(mention)
    return None


def _is_addressed(scene: Scene, mention: Mention, low: int) -> bool:
    before = scene.article.folded[max(low, mention.start - 1) : mention.start]
    return scene.cues["addressed"].search(before) is not None


def _pronoun(scene: Scene, low: int, high: int, said: list[Said]) -> Speaker | None:
    """Whom a pronoun means: the person told of since the last quote, or who spoke last."""
    found = _at_verb(scene, "pronoun", low, high)
    if found is None:
        return None
    last = latest(said, low)
    speaker = _told_of(scene, low, last) or (last.speaker if last else None)
    if speaker is None or not (speaker.person or speaker.named):
        return None
    start, end = found.span("who")
    return msgspec.structs.replace(speaker, place=(low + start, low + end), words=speaker.words or speaker.place)


def _told_of(scene: Scene, low: int, last: Said | None) -> Speaker | None:
    """The person who is the subject of a sentence between the last quote and the pronoun."""
    sentence = sentence_at(scene.article.sentences, low)
    if sentence is None:
        return None
    block = scene.article.body[max(sentence.block - 1, 0)]
    start = max(block.start, last.end if last else 0)
    for mention in reversed(mentions_between(scene.people, start, low)):
        if _is_subject(scene, mention):
            return _named(mention)
    return None


def _is_subject(scene: Scene, mention: Mention) -> bool:
    """Whether a name stands in the first words of its clause, with nothing but its post before it."""
    sentence = sentence_at(scene.article.sentences, mention.start)
    if sentence is None or _is_addressed(scene, mention, sentence.start):
        return False
    low = clauses_between(scene.article.folded, sentence.start, mention.end)[-1][0]
    before = scene.article.folded[low : mention.start]
    return len(before) <= _SUBJECT and scene.cues["not-subject"].search(before) is None


def _organisation(scene: Scene, low: int, high: int) -> Speaker | None:
    """The organisation that the clause begins with, if nothing but circumstances stands between it and the cue."""
    article = scene.article
    if _at_verb(scene, "document", low, high):
        return None
    for mention in reversed(mentions_between(scene.organisations, low, high)):
        between = scene.cues["circumstances"].search(article.folded[mention.end : high])
        if between is None or _is_addressed(scene, mention, low):
            continue
        if between["role"]:
            place = (mention.start, mention.end + between.end("role"))
            return Speaker(article.text[slice(*place)], place, body=mention)
        return Speaker(mention.bearer.name, mention.pair)
    return None


def _at_verb(scene: Scene, cue: str, low: int, high: int) -> re.Match[str] | None:
    """What a cue that ends at the verb finds in the clause before it: its end alone is searched."""
    words = scene.article.folded[low:high]
    return scene.cues[cue].search(words, max(0, len(words) - LONGEST_AT_VERB))


def _unnamed(scene: Scene, low: int, high: int) -> Speaker | None:
    """A meeting, an office, a class of people, or somebody whom only the words by the verb name."""
    text = scene.article.text
    for cue in ("meeting", *_NAMED, "firm", "office", "platform", "post"):
        found = _at_verb(scene, cue, low, high)
        if found:
            start, end = found.span("elder" if found.groupdict().get("elder") else "who")
            name = text[low + start : low + end]
            if cue != "bare-name" or text.count(name) > 1:
                return Speaker(name, (low + start, low + end), named=cue in _NAMED)
    return None


def _carried(scene: Scene, low: int, cue: int, said: list[Said], *, strict: bool) -> Speaker | None:
    """The speaker of the clause before, where the cue's own clause has no subject (…,并强调,…)."""
    words = scene.article.folded[low:cue].strip("”」 ")
    bare = scene.cues["no-subject"].match(words)
    if not bare and (strict or not scene.cues["gesture"].match(words)):
        return None
    sentence = sentence_at(scene.article.sentences, cue)
    start = sentence.start if sentence else low
    found = None if strict and low == start else _subject_before(scene, low, cue, said)
    return found or (_meeting(scene, start, low) or _adjoining(scene, start, low, said) if bare else None)


def _meeting(scene: Scene, start: int, low: int) -> Speaker | None:
    """The meeting with which the sentence begins."""
    found = scene.cues["meeting-first"].match(scene.article.folded, start, low)
    return Speaker(scene.article.text[slice(*found.span("who"))], found.span("who")) if found else None


def _adjoining(scene: Scene, start: int, low: int, said: list[Said]) -> Speaker | None:
    """Who spoke right before this sentence or clause in the same paragraph."""
    last = latest(said, low)
    if last is None:
        return None
    between = scene.article.folded[last.end : start if start >= last.end else low]
    if "\n" in between or len(between.strip("。！？!?；;，,…”」 ")) > _BETWEEN:
        return None
    place, words = last.speaker.place, last.speaker.words
    return msgspec.structs.replace(last.speaker, words=words or place)
