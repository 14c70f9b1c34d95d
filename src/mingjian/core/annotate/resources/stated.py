"""Clauses that state something built or opened: where they stand, whose it is, how far it has come."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

import msgspec

from mingjian.core.model.annotation import Quantity
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Names, Normalized, Organisation, Parts, Person, Region
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of_names
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at
from mingjian.core.text.titles import titles_of

_LONG = 40  # a clause longer than this lists many things
_GOVERNED = 200  # characters before a clause in which a deadline may stand that governs it
_SHORT = 12  # a clause that only leads to the next is no longer
_SEVERAL = 2  # phases of a clause that are told of one by one
_LISTED = "、"
_MANY = 60  # numbers of one sentence that are looked at
_STATUSES = ("target", "supported", "realised", "directed")


class Ground(msgspec.Struct, frozen=True):
    """What all of these facts are read against: the article, its numbers and names, and the words for how far."""

    article: Article
    statuses: GroupFindings
    quantities: Sequence[Quantity]
    mentions: Sequence[Mention]
    titled: Stretches


class Stated(msgspec.Struct, frozen=True):
    """A match in its clause, who and which place are named before it, and how far words may still tell of it.

    ``scope`` begins with the clause and ends before the next match, or with the sentence; ``lead`` is where a short
    clause before it begins (到2027年，…), or it itself.
    """

    match: Match
    clause: Pair
    scope: Pair
    lead: int
    owner: Mention | None
    region: Mention | None


def ground_of(article: Article, statuses: GroupFindings, quantities: Sequence[Quantity], names: Names) -> Ground:
    """The ground of one article; people own none of it."""
    mentions = tuple(one for one in mentions_of_names(names) if not isinstance(one.bearer, Person))
    return Ground(article, statuses, quantities, mentions, Stretches(titles_of(article)))


def stated_in(ground: Ground, matches: Sequence[Match], each: re.Pattern[str] | None = None) -> Iterator[Stated]:
    """Each match with its clause: one a clause; none in a heading, a title, or words that stood before.

    Of a clause in which ``each`` is found several times, every part between enumeration marks is one of its own.
    """
    article, taken = ground.article, -1
    told: set[str] = set()
    for number, match in enumerate(matches):
        sentence = sentence_at(article.sentences, match.start)
        if sentence is None or match.start < taken or article.body[sentence.block].role in HEADING_ROLES:
            continue
        if ground.statuses.cues["purpose"].match(article.folded, sentence.start, sentence.end):
            continue
        clauses = clauses_between(article.folded, sentence.start, sentence.end)
        whole = _clause(clauses, match)
        clause = _part(article.folded, whole, match, each)
        words = article.folded[slice(*clause)]
        if words in told or _unsaid(ground, match, (clause[0], sentence.end)):
            continue
        told.add(words)
        taken = clause[1]
        later = (matches[index].start for index in range(number + 1, len(matches)))
        after = (start for start in later if start >= taken)
        scope = (clause[0], max(taken, min(next(after, sentence.end), sentence.end)))
        owner, region = _nearest(ground, sentence.start, match)
        lead = _lead(ground, article.body[sentence.block].start, clauses, whole)
        yield Stated(match, clause, scope, lead, owner, region)


def of_batches(ground: Ground, found: GroupFindings) -> list[Match]:
    """The matches, without batches of something else: what a batch is of that does not say it was named last."""
    return [match for match in found.matches if _says_of_what(match) or _is_own_batch(ground, found, match)]


def _says_of_what(match: Match) -> bool:
    return not match.rule.fields.get("batch") or bool(match.rule.fields.get("own"))


def _is_own_batch(ground: Ground, found: GroupFindings, match: Match) -> bool:
    start = max(0, match.start - found.settings["batch_reach"])
    before = found.cues["batched"].finditer(ground.article.folded, start, match.start)
    last = max(before, key=re.Match.end, default=None)
    return last is not None and last["own"] is not None


def counted_in(ground: Ground, match: Match) -> Quantity | None:
    """The number that the match itself gives as the count."""
    place = match.span("count")
    held = quantities_in(ground, place) if place else []
    return held[0] if held else None


def _clause(clauses: Sequence[Pair], match: Match) -> Pair:
    """The clause that the match begins in, as far as the match reaches; the match alone where a clause lists much."""
    start, end = clauses[clause_number(clauses, match.start)]
    end = max(end, match.end)
    length = match.end - match.start
    return (match.start, match.end) if end - start > max(_LONG, 2 * length) else (start, end)


def _part(folded: str, clause: Pair, match: Match, each: re.Pattern[str] | None) -> Pair:
    """The part of the clause between enumeration marks that holds the match, where several parts tell of one each."""
    if each is None or len({one.group() for one in each.finditer(folded, *clause)}) < _SEVERAL:
        return clause
    start = folded.rfind(_LISTED, clause[0], match.start) + 1 or clause[0]
    end = folded.find(_LISTED, match.end, clause[1])
    return (start, clause[1] if end < 0 else end)


def _lead(ground: Ground, start: int, clauses: Sequence[Pair], clause: Pair) -> int:
    """Where the deadline (up to the last full stop) or the short clause begins that governs it; else where it does."""
    folded, reach = ground.article.folded, max(start, clause[0] - _GOVERNED)
    full_stop = folded.rfind("。", reach, clause[0])
    governs = ground.statuses.cues["governs"].search(folded, max(reach, full_stop), clause[0])
    if governs is not None:
        return governs.start()
    before = [one for one in clauses if one[1] <= clause[0]]
    return before[-1][0] if before and before[-1][1] - before[-1][0] <= _SHORT else clause[0]


def _unsaid(ground: Ground, match: Match, place: Pair) -> bool:
    """Whether the clause denies, doubts, asks or merely talks of it, or a document's title holds it."""
    cues, folded = ground.statuses.cues, ground.article.folded
    return (
        ground.titled.holding(match.start, match.end) is not None
        or (not match.rule.fields.get("said") and cues["unreal"].search(folded, place[0], match.end) is not None)
        or cues["talk"].match(folded, match.end, place[1]) is not None
        or folded[place[1] - 1 : place[1]] in ("?", "？")
    )


def _nearest(ground: Ground, start: int, match: Match) -> tuple[Mention | None, Mention | None]:
    """Whose it is (the organisation, else the place, named last before the match in its sentence), and that place."""
    speaker, folded = ground.statuses.cues["speaker"], ground.article.folded
    before = mentions_between(ground.mentions, start, match.start)
    found = [one for one in before if not speaker.match(folded, one.end)]
    inside = mentions_between(ground.mentions, match.start, match.end)
    organisations = [mention for mention in found if isinstance(mention.bearer, Organisation)]
    regions = [mention for mention in (*found, *inside) if isinstance(mention.bearer, Region)]
    region = regions[-1] if regions else None
    return (organisations[-1] if organisations else found[-1] if found else None), region


def name_of(mention: Mention | None) -> str | None:
    """What the owner or place is called."""
    return mention.bearer.name if mention else None


def support_of(article: Article, clause: Pair, *mentions: Mention | None) -> tuple[Span, ...]:
    """The owners and places that the clause rests on and that stand outside it, each once."""
    outside = sorted({one.pair for one in mentions if one and not clause[0] <= one.start < one.end <= clause[1]})
    return tuple(cite(article.text, *pair) for pair in outside)


def status_of(ground: Ground, stated: Stated) -> str:
    """Done, a target, supported or asked for, by the words of the clause up to the match's end."""
    words = ground.article.folded[stated.lead : stated.match.end]
    return next((name for name in _STATUSES if ground.statuses.cues[name].search(words)), "stated")


def stage_of(found: GroupFindings, words: str, stages: Sequence[str]) -> str | None:
    """The first of these stages whose cue the words hold, as records name it."""
    return next((stage.replace("-", "_") for stage in stages if found.cues[f"stage-{stage}"].search(words)), None)


def quantity_in(ground: Ground, place: Pair, units: Container[str]) -> Quantity | None:
    """The first number of the place that is counted in one of these units."""
    return next((one for one in quantities_in(ground, place) if one.normal_unit in units), None)


def quantities_in(ground: Ground, place: Pair) -> list[Quantity]:
    """The numbers that stand in the place."""
    first = bisect_left(ground.quantities, place[0], key=_start)
    held = takewhile(lambda one: one.start < place[1], ground.quantities[first : first + _MANY])
    return [one for one in held if one.end <= place[1]]


def figure_behind(ground: Ground, found: GroupFindings, cue: str, place: Pair) -> Quantity | None:
    """The number of the place that begins where the cue's words end."""
    words = found.cues[cue].search(ground.article.folded, *place)
    if words is None:
        return None
    behind = (one for one in quantities_in(ground, place) if one.start <= words.end() <= one.number[0])
    return next(behind, None)


def _start(quantity: Quantity) -> int:
    return quantity.start


def normalized(quantity: Quantity | None) -> Normalized | None:
    """The number in base units."""
    if quantity is None:
        return None
    return Normalized(quantity.normal_value, quantity.normal_max, quantity.normal_unit)


def parts_of(**places: Pair | None) -> Parts:
    """The parts that stand somewhere."""
    return {name: (place,) for name, place in places.items() if place is not None}


def pair_of(mention: Mention | None) -> Pair | None:
    """Where the mention stands."""
    return mention.pair if mention else None


def number_of(quantity: Quantity | None) -> Pair | None:
    """Where the number stands with its unit."""
    return quantity.number if quantity else None
