"""Which clauses state a measure: the words of its instrument, for whom it is, and its terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from mingjian.core.annotate.measures.tense import blocks_of_the_past, is_of_policy, tells_results
from mingjian.core.model.article import HEADING_ROLES, Article, Sentence
from mingjian.core.model.span import Pair
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.sentences import sentence_at

_DASH = "—"
_HEADING = 18


class Statement(msgspec.Struct, frozen=True):
    """One measure: its match, the clause that holds the match, and the stretch of all clauses that belong to it.

    ``up_to`` are the clauses of the sentence up to that of the match.
    """

    match: Match
    sentence: Sentence
    clause: Pair
    place: Pair
    up_to: tuple[Pair, ...]


def statements_in(article: Article, found: GroupFindings) -> Iterator[Statement]:
    """What may be measures of the body, in page order; what was done before is none."""
    matches = [(sentence_at(article.sentences, match.start), match) for match in found.matches]
    past = blocks_of_the_past(article, found.cues) if matches else frozenset()
    of_policy = bool(matches) and is_of_policy(article, found.cues)
    for sentence, group in groupby(matches, key=lambda pair: pair[0]):
        if sentence is None or sentence.block in past or article.body[sentence.block].role in HEADING_ROLES:
            continue
        if not (of_policy or found.cues["willed"].search(article.folded, sentence.start, sentence.end)):
            continue
        if tells_results(article, sentence, found.cues):
            continue
        clauses = tuple(_clauses(article, sentence, found.cues["article"]))
        if _heads_paragraph(article, sentence, clauses):
            continue
        chosen = _chosen(article, [match for _, match in group if "instrument" in match.rule.fields], clauses, found)
        ties = {number: _tie(article.folded, clauses[number], chosen[number], found) for number in chosen}
        yield from _grouped(article, sentence, clauses, _without_lead_up(chosen, ties, found.settings), found.cues)


def is_slogan(article: Article, statement: Statement, cues: Mapping[str, re.Pattern[str]], *, told: bool) -> bool:
    """Whether words that alone say little stand without a number, a day or a duty, or in a list of goals.

    ``told``: something is told of who acts, whom it is for, how much or by when.
    """
    fields = statement.match.rule.fields
    if fields.get("technical") and not cues["technical"].search(article.folded, *statement.place):
        return True
    if not fields.get("weak"):
        return not told and cues["specific"].search(article.folded, *statement.place) is None
    if article.folded[statement.sentence.start] == _DASH or cues["goal"].search(article.folded, *statement.place):
        return True
    if any(cues["by-year"].match(article.folded, *clause) for clause in statement.up_to[:-1]):
        return True
    if cues["from-year"].match(article.folded, *statement.clause):
        return True
    asked = ["duty" if fields.get("duty") else "specific", *(() if told else ("bound",))]
    return any(cues[cue].search(article.folded, *statement.place) is None for cue in asked)


def _heads_paragraph(article: Article, sentence: Sentence, clauses: Sequence[Pair]) -> bool:
    """Whether a short numbered sentence at the start of a paragraph names what the rest of it is about."""
    block = article.body[sentence.block]
    numbered = len(clauses) == 1 and sentence.start == block.start < clauses[0][0]
    return numbered and sentence.end < block.end and sentence.end - sentence.start <= _HEADING


def _clauses(article: Article, sentence: Sentence, numbered: re.Pattern[str]) -> Iterator[Pair]:
    """The clauses without the number of an article at their start."""
    for start, end in clauses_between(article.folded, sentence.start, sentence.end):
        number = numbered.match(article.folded, start, end)
        low = number.end() if number else start
        if low < end:
            yield low, end


def _chosen(
    article: Article, matches: Iterable[Match], clauses: Sequence[Pair], found: GroupFindings
) -> dict[int, Match]:
    """For each clause its match of the highest rank, if the clause gives or asks anything."""
    chosen: dict[int, Match] = {}
    for match in matches:
        number = clause_number(clauses, match.start)
        best = chosen.get(number)
        if best is None or _rank(match) > _rank(best):
            chosen[number] = match
    return {
        number: chosen[number]
        for number in sorted(chosen)
        if clauses
        and (
            chosen[number].rule.fields.get("task")
            or not _is_passive(article.folded, _reach(clauses[number], chosen[number]), found.cues)
        )
    }


def _is_passive(folded: str, clause: Pair, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a clause tells what was done, or only says who qualifies."""
    if cues["qualifier"].match(folded, *clause):
        return True
    return not cues["willing"].match(folded, *clause) and cues["done"].search(folded, *clause) is not None


def _reach(clause: Pair, match: Match) -> Pair:
    return clause[0], max(clause[1], match.end)


def _rank(match: Match) -> int:
    return int(match.rule.fields.get("rank", 0))


class _Kept(NamedTuple):
    """A match with the numbers of the first and the last clause that only lead up to it or go on with it."""

    first: int
    match: Match
    last: int


def _tie(folded: str, clause: Pair, match: Match, found: GroupFindings) -> bool | None:
    """Whether a clause goes on with the measure before it (并…), or stands alone by its own day or by who is bound."""
    if found.cues["and"].match(folded, *clause):
        return True
    if match.rule.fields.get("follows"):
        return None
    if found.cues["own-day"].match(folded, *clause):
        return False
    actor = found.cues["actor"].match(folded, *clause)
    bound = actor is not None and folded.startswith(tuple(found.settings["binding"]), actor.end())
    return False if bound else None


def _without_lead_up(
    chosen: dict[int, Match], ties: Mapping[int, bool | None], settings: Mapping[str, Any]
) -> dict[int, _Kept]:
    """The matches that are measures of their own, by the numbers of their clauses; ``ties`` tell of their words.

    What is chosen or assessed before something is given in the same sentence is no measure of its own; nor is what
    only goes on with the measure before it.
    """
    kept: dict[int, _Kept] = {}
    for number, match in chosen.items():
        first = number
        while kept and _leads_up(kept[max(kept)].match, match, settings):
            first = kept.pop(max(kept)).first
        tied = ties[number]
        if kept and (_goes_on(kept[max(kept)].match, match, settings) if tied is None else tied):
            kept[max(kept)] = kept[max(kept)]._replace(last=number)
        else:
            kept[number] = _Kept(first, match, number)
    return kept


def _leads_up(before: Match, match: Match, settings: Mapping[str, Any]) -> bool:
    return _instrument(match) in settings["gives"] and _instrument(before) in settings["led_up_to"]


def _goes_on(before: Match, match: Match, settings: Mapping[str, Any]) -> bool:
    """Whether a match only adds terms to the measure before it."""
    same = _instrument(before) == _instrument(match) or bool(match.rule.fields.get("follows"))
    return same or (_instrument(before) in settings["gives"] and _rank(match) < _rank(before))


def _instrument(match: Match) -> str:
    return str(match.rule.fields["instrument"])


def _grouped(
    article: Article,
    sentence: Sentence,
    clauses: Sequence[Pair],
    kept: dict[int, _Kept],
    cues: Mapping[str, re.Pattern[str]],
) -> Iterator[Statement]:
    """The statements of one sentence, each with the clauses round its own that belong to it."""
    numbers = sorted(kept)
    before = -1
    for index, number in enumerate(numbers):
        first, match, last = kept[number]
        limit = kept[numbers[index + 1]].first if index + 1 < len(numbers) else len(clauses)
        while first - 1 > before and _qualifies(article.folded, clauses[first - 1], clauses[first][0], cues):
            first -= 1
        while last + 1 < limit and cues["terms"].search(article.folded, *clauses[last + 1]):
            last += 1
        before = last
        place = (clauses[first][0], max(clauses[last][1], match.end))
        yield Statement(match, sentence, _reach(clauses[number], match), place, tuple(clauses[: number + 1]))


def _qualifies(folded: str, clause: Pair, behind: int, cues: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a clause says for whom, by when or out of what the next gives something, or whom the next binds."""
    return bool(cues["leading"].match(folded, *clause) or cues["no-subject"].match(folded, behind))
