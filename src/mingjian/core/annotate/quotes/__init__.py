"""Who said what, in which capacity, verbatim or reported."""

from __future__ import annotations

from bisect import insort

from mingjian.core.annotate.quotes.answering import Answering
from mingjian.core.annotate.quotes.contents import content_of
from mingjian.core.annotate.quotes.marks import marks_of
from mingjian.core.annotate.quotes.scene import AFTER, START, Content, Said, Scene, Speaker
from mingjian.core.annotate.quotes.speakers import speaker_of
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Names, Parts, Quote
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import mentions_of
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at

_FAR = 80
_NO_WORDS = frozenset({"told", "continued"})


def annotate_quotes(article: Article, found: GroupFindings, names: Names) -> tuple[Quote, ...]:
    """The quotes of the body in page order, one a cue verb; the evidence is the content alone."""
    people, organisations = mentions_of(names.people), mentions_of(names.organisations)
    answering = Answering(article, people, found.cues)
    scene = Scene(article, marks_of(article.folded), people, organisations, found.cues, found.settings, answering)
    quotes: list[Quote] = []
    taken: set[tuple[str, int]] = set()
    held = Stretches()
    said: list[Said] = []
    for match in sorted(found.matches, key=_cued_first):
        cue = match.span("cue") or match.span("attribution") or (match.start, match.end)
        side = "before" if match.rule.fields["form"] in AFTER else "behind"
        if (side, cue[1]) in taken or _heads(article, match):
            continue
        content = content_of(scene, match, cue)
        if content is None or held.touching(*content.place):
            continue
        speaker = speaker_of(scene, match, cue, content, said)
        if speaker is None:
            continue
        held.add(*content.place)
        taken.add((side, cue[1]))
        insort(said, Said(content.place[0], max(content.place[1], cue[1]), speaker), key=START)
        quotes.append(_quote(article, match, cue, speaker, content))
    return tuple(sorted(quotes, key=lambda quote: quote.evidence.start))


def _heads(article: Article, match: Match) -> bool:
    """Whether the match stands in a heading, which names what is said below."""
    sentence = sentence_at(article.sentences, match.start)
    return sentence is not None and article.body[sentence.block].role in HEADING_ROLES


def _cued_first(match: Match) -> tuple[bool, int, bool]:
    """Quotations without a cue come last; where two rules begin together, that with a verb comes first."""
    form = match.rule.fields["form"]
    return form == "continued", match.start, form == "bare"


def _quote(article: Article, match: Match, cue: Pair, speaker: Speaker, content: Content) -> Quote:
    if match.rule.fields["form"] in _NO_WORDS:
        near = match.rule.fields["form"] == "told" and 0 <= cue[0] - speaker.place[1] < _FAR
        cue = (speaker.place[0], cue[0]) if near else speaker.place
    start = speaker.place[0] if speaker.place[1] <= cue[0] and cue[0] - speaker.place[0] < _FAR else cue[0]
    person, body = speaker.person, speaker.body
    words = speaker.words or speaker.place
    elsewhere = not (start <= words[0] and words[1] <= cue[1])
    return Quote(
        evidence=cite(article.text, *content.place),
        by=match.rule.id,
        parts={"speaker": (words,)} | _capacity(speaker),
        support=(cite(article.text, *words),) if elsewhere else (),
        speaker=speaker.name,
        title=person.title if person else None,
        affiliation=person.affiliation if person else article.text[slice(*body.pair)] if body else None,
        mode=content.mode,
        cue_span=cite(article.text, start, cue[1]),
    )


def _capacity(speaker: Speaker) -> Parts:
    """Where the page gives the speaker's title and affiliation, which may be long before the quote."""
    if speaker.body is not None:
        return {"affiliation": (speaker.body.pair,)}
    person = speaker.person
    return {name: person.parts[name] for name in ("title", "affiliation") if person and name in person.parts}
