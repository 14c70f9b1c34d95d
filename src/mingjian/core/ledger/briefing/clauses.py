"""The words of pages that can stand in a sentence of a brief: whole clauses that lean on nothing said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mingjian.core.ledger.briefing.settings import ClauseSettings, brief_settings
from mingjian.core.ledger.building import cite_span
from mingjian.core.model.brief import Part
from mingjian.core.model.facts import Event
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.span import Pair
from mingjian.core.model.things import Member
from mingjian.core.text.folding import fold
from mingjian.core.text.normal import on_one_line
from mingjian.core.text.standing import SHORT_NAME, is_balanced

Parts = tuple[Part, ...]


class Clause(msgspec.Struct, frozen=True):
    """Words of a mention: ``dated`` where its own words of time were left out, ``leaning`` where they lean."""

    parts: Parts
    member: Member
    dated: bool
    leaning: bool

    @property
    def text(self) -> str:
        """The words."""
        return "".join(part.text for part in self.parts)


def best_clause(members: Sequence[Member], *, governed: bool = False, undated: bool = False) -> Clause | None:
    """The clause that reads best among the mentions', nothing where none can stand.

    Of equals the first published. ``governed``: a document or place is named before it. ``undated``: the time of an
    event is told before it, so that its own words of time go.
    """
    found = [clause for member in members for clause in _clauses(member, undated=undated)]
    standing = [clause for clause in found if governed or not clause.leaning]
    return min(standing, key=_rank, default=None)


def holding(members: Iterable[Member], cite: Cite) -> Clause | None:
    """The clause of the mention in which these words stand."""
    for member in members:
        low, high = member.fact.evidence.pair
        if member.page.id == cite.page and low <= cite.start and cite.end <= high and cite.layer == "text":
            for clause in _clauses(member, undated=False):
                if any(cite.text in part.text for part in clause.parts):
                    return clause
    return None


def spoken_words(words: str) -> tuple[str, bool]:
    """The beginning of what somebody said up to the end of a sentence, and whether something was left out.

    Empty where not even the first sentence is short enough.
    """
    settings = brief_settings().clauses
    line = _without_courtesies(on_one_line(words), settings).strip(settings.edges.replace("！", "").replace("？", ""))
    if len(line) <= settings.quote_most:
        return line, False
    end = max(line.rfind(mark, 0, settings.quote_most) for mark in settings.sentence_end)
    cut = line[: end + 1].rstrip("。；")
    return (cut, True) if is_balanced(cut, 0, len(cut)) else ("", True)


def _without_courtesies(line: str, settings: ClauseSettings) -> str:
    """The words from the sentence that comes to the matter."""
    while line.startswith(settings.courtesies):
        ends = [at for mark in settings.sentence_end if (at := line.find(mark)) >= 0]
        if not ends:
            break
        line = line[min(ends) + 1 :]
    return line


def begins_with_what_is_done(clause: Clause) -> bool:
    """Whether the words begin with the verb of the event, and name nobody before it."""
    fact = clause.member.fact
    return isinstance(fact, Event) and clause.text.startswith(on_one_line(fact.trigger_span.text))


def _rank(clause: Clause) -> tuple[bool, bool, bool, bool]:
    """What makes a clause read worse than another; traditional characters among the simple ones are put behind."""
    fact = clause.member.fact
    nobody = isinstance(fact, Event) and not fact.actors
    return clause.leaning, begins_with_what_is_done(clause), nobody, fold(clause.text) != _narrow(clause.text)


def _narrow(words: str) -> str:
    """The words as folding leaves simplified text: marks and digits in half width."""
    return "".join(fold(sign) if not "\u4e00" <= sign <= "\u9fff" else sign for sign in words)


def _clauses(member: Member, *, undated: bool) -> Iterator[Clause]:
    settings = brief_settings().clauses
    evidence = member.fact.evidence
    if evidence.layer != "text" or any(sign in evidence.text for sign in settings.broken):
        return
    gone = _date_words(member, settings) if undated else None
    cite = cite_span(member, evidence)
    text = _whole_sentences(evidence.text, settings)
    parts = tuple(
        Part(words, "words", (cite,)) for low, high in _kept(text, gone) if (words := on_one_line(text[low:high]))
    )
    parts = _trimmed(parts, settings.edges)
    words = "".join(part.text for part in parts)
    fits = settings.least <= len(words) <= settings.most and not fold(words).endswith(settings.trailing)
    if fits and is_balanced(words, 0, len(words)):
        yield Clause(parts, member, gone is not None, fold(words).startswith(settings.leaning))


def is_governed(clause: Clause) -> bool:
    """Whether a document or place before the words is all that they lean on."""
    return not clause.leaning or fold(clause.text).startswith(brief_settings().clauses.governed)


def _whole_sentences(words: str, settings: ClauseSettings) -> str:
    """The words, if they are too long up to the end of a sentence."""
    if len(words) <= settings.most:
        return words
    end = max(words.rfind(mark, 0, settings.most) for mark in settings.sentence_end)
    return words[: end + 1] if end > 0 else words


def _date_words(member: Member, settings: ClauseSettings) -> Pair | None:
    """Where in the evidence the event's words of time stand, if the rest reads on without them."""
    fact = member.fact
    if not isinstance(fact, Event) or fact.date_span is None:
        return None
    low, high = fact.date_span.start - fact.evidence.start, fact.date_span.end - fact.evidence.start
    text = fact.evidence.text
    inside = 0 <= low < high < len(text) and text[low:high] == fact.date_span.text
    held = inside and (text[low - 1 : low] or "。") in settings.holds_date
    return (low, high) if inside and not held and text[high] not in settings.holds_date else None


def _kept(text: str, gone: Pair | None) -> Iterator[Pair]:
    """The stretches between brackets that give short names, and without what is to go."""
    dropped = [match.span() for match in SHORT_NAME.finditer(fold(text))]
    if gone is not None and gone[1] <= len(text):
        dropped.append(gone)
    at = 0
    for low, high in sorted(dropped):
        if low > at:
            yield at, low
        at = max(at, high)
    if at < len(text):
        yield at, len(text)


def _trimmed(parts: Parts, edges: str) -> Parts:
    """The parts without marks at either end of all."""
    found = list(parts)
    while found and not found[0].text.strip(edges):
        del found[0]
    while found and not found[-1].text.strip(edges):
        del found[-1]
    if found:
        found[0] = msgspec.structs.replace(found[0], text=found[0].text.lstrip(edges))
        found[-1] = msgspec.structs.replace(found[-1], text=found[-1].text.rstrip(edges))
    return tuple(found)
