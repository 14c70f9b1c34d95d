"""Who leads a measure and who helps, as brackets, 由…牵头 or the subject of the sentence tell, and for whom it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

import msgspec

from mingjian.core.annotate.measures.statements import Statement
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between

_START = attrgetter("start")
_SEMICOLONS = "；;"
_HEADING = 80
_FAR = 6
_ANYWHERE = frozenset({"for-whom", "supported"})


class Parties(msgspec.Struct, frozen=True):
    """Where those stand who lead and who help; ``sentence`` is the end of the one of which they are the subject."""

    lead: tuple[Pair, ...] = ()
    assisting: tuple[Pair, ...] = ()
    sentence: int = 0

    @property
    def named(self) -> bool:
        """Whether the text says that they lead, and they are not only what the sentence is about."""
        return bool(self.lead) and not self.sentence


class Offices(msgspec.Struct, frozen=True):
    """What is asked for who leads: the organisations, the marks of leading, and the patterns."""

    organisations: tuple[Mention, ...]
    leads: tuple[Match, ...]
    cues: Mapping[str, re.Pattern[str]]


def parties_of(article: Article, statement: Statement, offices: Offices, last: Parties) -> Parties:
    """Who leads: by 由…牵头 in the words, the subject of the sentence, or brackets that close the paragraph.

    ``last`` are those of the measure before: a subject governs the next sentence too behind a semicolon.
    """
    stated = _by(article, statement, offices) or _subject(article, statement, offices)
    if stated is None and last.sentence and article.folded[last.sentence - 1] in _SEMICOLONS:
        following = statement.sentence.start - last.sentence
        stated = msgspec.structs.replace(last, sentence=statement.sentence.end) if 0 <= following <= 1 else None
    return (
        stated or _at_the_end(article, statement, offices) or _in_the_heading(article, statement, offices) or Parties()
    )


def _by(article: Article, statement: Statement, offices: Offices) -> Parties | None:
    for match in _leads_between(offices.leads, *statement.place):
        place = match.span("lead")
        if place and match.rule.fields.get("near"):
            return Parties(_offices(article, place, offices))
    return None


def _at_the_end(article: Article, statement: Statement, offices: Offices) -> Parties | None:
    """The first mark behind the measure in the same paragraph, or in the line right below."""
    numbers = (statement.sentence.block, statement.sentence.block + 1)
    blocks = [article.body[number] for number in numbers if number < len(article.body)]
    for match in _leads_between(offices.leads, statement.clause[0], blocks[-1].end):
        inside = match.start < blocks[0].end
        below = len(blocks) > 1 and not inside and match.start == blocks[1].start
        found = _marked(article, match, offices) if inside or below else None
        if found:
            return found
    return None


def _in_the_heading(article: Article, statement: Statement, offices: Offices) -> Parties | None:
    """The mark in the heading of the measure's paragraph, or in that above it."""
    for number in range(statement.sentence.block, max(statement.sentence.block - _FAR, -1), -1):
        block = article.body[number]
        heads = block.role in HEADING_ROLES
        end = block.end if heads else min(block.start + _HEADING, statement.clause[0])
        if heads or offices.cues["heading-number"].match(article.folded, block.start, end):
            for match in _leads_between(offices.leads, block.start, end):
                if article.folded.find("。", block.start, match.start) < 0:
                    return _marked(article, match, offices)
        if heads:
            break
    return None


def _marked(article: Article, match: Match, offices: Offices) -> Parties | None:
    """Who leads and helps by a mark that stands for a whole task."""
    place, helping = match.span("lead"), match.span("assisting")
    if place is None or match.rule.fields.get("near"):
        return None
    return Parties(_offices(article, place, offices), _offices(article, helping, offices) if helping else ())


def _leads_between(leads: Sequence[Match], low: int, high: int) -> Sequence[Match]:
    return leads[bisect_left(leads, low, key=_START) : bisect_left(leads, high, key=_START)]


def _offices(article: Article, place: Pair, offices: Offices) -> tuple[Pair, ...]:
    """The offices that a list names, each as it is printed."""
    found: list[Pair] = []
    start = place[0]
    for mark in offices.cues["lead-marks"].finditer(article.folded, *place):
        if start < mark.start() and any(
            mention.start < mark.start() and mark.end() < mention.end
            for mention in mentions_between(offices.organisations, start, place[1])
        ):
            continue
        found.append((start, mark.start()))
        start = mark.end()
    found.append((start, place[1]))
    return tuple(item for item in found if item[1] > item[0])


def _subject(article: Article, statement: Statement, offices: Offices) -> Parties | None:
    """Those with whom the clause of the measure begins, or the nearest clause before it that names who acts.

    Those who are only encouraged act in no clause but their own.
    """
    folded, sentence = article.folded, statement.sentence
    for low, _ in reversed(statement.up_to):
        actor = offices.cues["actor"].match(folded, low, statement.place[1])
        if actor and (actor.start() == actor.start("who") or low >= statement.place[0]):
            return Parties((actor.span("who"),), sentence=sentence.end)
        named = _acting(folded, low, statement, offices)
        if named:
            return Parties(named, sentence=sentence.end)
    return None


def _acting(folded: str, low: int, statement: Statement, offices: Offices) -> tuple[Pair, ...]:
    """The organisations at the start of a clause, joined by 会同 or marks, if a verb follows at once."""
    found: list[Pair] = []
    place = low
    for mention in mentions_between(offices.organisations, low, statement.place[1]):
        between = folded[place : mention.start]
        if mention.start < place:
            continue
        if between and not (found and offices.cues["joint"].fullmatch(between)):
            break
        found.append(mention.pair)
        place = mention.end
    return tuple(found) if found and offices.cues["acts"].match(folded, place) else ()


def is_of_firm(article: Article, statement: Statement, offices: Offices) -> bool:
    """Whether a company is the subject: what it gives or does is an act of its own, not of a policy."""
    for low, high in reversed(statement.up_to):
        first = next(iter(mentions_between(offices.organisations, low, high)), None)
        if first and first.start == low:
            return getattr(first.bearer, "type", None) == "company"
    return False


def beneficiary_of(
    article: Article, statement: Statement, lead: Sequence[Pair], cues: Mapping[str, re.Pattern[str]]
) -> Pair | None:
    """For whom the measure is: in the words up to its action, or whom its terms support."""
    low, high = statement.place
    for cue in ("for-clause", "for-whom", "qualified", "supported"):
        found = cues[cue].search(article.folded, low, high if cue in _ANYWHERE else statement.clause[1])
        if found and not any(start < found.end("who") and found.start("who") < stop for start, stop in lead):
            return found.span("who")
    return None


def by_role(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The matches that mark who leads, in page order."""
    return tuple(match for match in matches if match.rule.fields.get("role") == "lead")
