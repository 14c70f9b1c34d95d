"""The sentences in which figures may stand, each with its clauses, times, cues and names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.model.annotation import Anchor, Quantity, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Names
from mingjian.core.model.span import Pair
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_of
from mingjian.core.text.metrics import MetricWords, metric_words
from mingjian.core.text.titles import inside, titles_of

REACH_OF_CUES = 8


class ScenePage(msgspec.Struct, frozen=True):
    """What all sentences of the page share: text, places of names, patterns and settings, the day of publication."""

    text: str
    folded: str
    compared: re.Pattern[str]
    metric_words: MetricWords
    result: re.Pattern[str]
    no_goal: re.Pattern[str]
    counted_from: re.Pattern[str]
    compared_after: tuple[str, ...]
    due_ends: tuple[str, ...]
    reached: str
    anchor: Anchor


class Scene(msgspec.Struct, frozen=True):
    """One sentence with all that figures of it are read from: its clauses, and the times, cues and names in it.

    ``governor`` is a deadline of an earlier part, which holds on after a semicolon.
    """

    page: ScenePage
    start: int
    end: int
    clauses: tuple[Pair, ...]
    times: Sequence[TimeExpression]
    governor: TimeExpression | None
    cues: Mapping[str, Sequence[Match]]
    places: Sequence[Mention]
    bearers: Sequence[Mention]

    def clause_of(self, offset: int) -> Pair:
        """The clause that holds the place."""
        index = bisect_right(self.clauses, (offset, len(self.page.text))) - 1
        return self.clauses[max(index, 0)] if self.clauses else (self.start, self.end)

    def between(self, kind: str, start: int, end: int) -> Sequence[Match]:
        """The cues of the kind that begin in ``start..end``."""
        found = self.cues.get(kind)
        return [match for match in found if start <= match.start < end] if found else ()


def scenes_of(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> Iterator[tuple[Scene, Sequence[Quantity]]]:
    """The sentences that hold a quantity, a deadline, a planned day or an ambition, with their quantities."""
    page, cues, cue_starts = _page(article, found, anchor), *_outside_titles(article, found.matches)
    places, bearers = _placed(mentions_of(names.regions)), _placed(mentions_of((*names.organisations, *names.regions)))
    starts = [sentence.start for sentence in article.sentences]
    numbers, days = _by_sentence(quantities, article, starts), _by_sentence(times, article, starts)
    ambitions = _by_sentence([match for match in cues if match.rule.fields["type"] == "ambition"], article, starts)
    governor: TimeExpression | None = None
    goes_on = False
    for number, sentence in enumerate(article.sentences):
        if governor is not None and not goes_on:
            governor = None
        here, dated = numbers.get(number, ()), days.get(number, ())
        if governor is None and not here and not dated and number not in ambitions:
            continue
        start, end = sentence.start, sentence.end
        goes_on = article.folded[end - 1] in ";；"
        if article.body[sentence.block].role in HEADING_ROLES:
            continue
        due = [time for time in dated if is_due(page, time)]
        near = _by_type(cues[bisect_left(cue_starts, start - 1) : bisect_left(cue_starts, end + REACH_OF_CUES)])
        if here or governor or due or "ambition" in near or _is_planned(page, near, dated):
            yield (
                Scene(page, start, end, clauses_between(article.folded, start, end), dated, governor, near,
                      _inside(places, start, end), _inside(bearers, start, end)),
                here,
            )  # fmt: skip
        governor = due[-1] if due else governor


def _is_planned(page: ScenePage, cues: Mapping[str, Any], times: Iterable[TimeExpression]) -> bool:
    """Whether a plan or an aim is told of with a day to come."""
    return ("plan" in cues or "goal" in cues) and any(is_coming(page, time) for time in times)


def _page(article: Article, found: GroupFindings, anchor: Anchor) -> ScenePage:
    settings = found.settings
    return ScenePage(
        article.text, article.folded, found.cues["compared"], metric_words(found.cues), found.cues["result"],
        found.cues["no-goal"], found.cues["counted-from"],
        tuple(settings["compared_after"]), tuple(settings["due_ends"]), settings["reached"], anchor,
    )  # fmt: skip


def _outside_titles(article: Article, matches: Sequence[Match]) -> tuple[Sequence[Match], list[int]]:
    """The cues that stand in no title, and where they begin."""
    titles = titles_of(article)
    kept = [match for match in matches if not inside(titles, match.start)] if titles else matches
    return kept, [match.start for match in kept]


def _by_sentence(things: Iterable[Any], article: Article, starts: Sequence[int]) -> dict[int, list[Any]]:
    """The things by the number of the sentence in which they begin."""
    found: dict[int, list[Any]] = {}
    for thing in things:
        number = bisect_right(starts, thing.start) - 1
        if number >= 0 and thing.start < article.sentences[number].end:
            found.setdefault(number, []).append(thing)
    return found


def _placed(mentions: Sequence[Mention]) -> tuple[Sequence[Mention], list[int]]:
    return mentions, [mention.start for mention in mentions]


def _inside(placed: tuple[Sequence[Mention], list[int]], start: int, end: int) -> Sequence[Mention]:
    mentions, starts = placed
    return mentions[bisect_left(starts, start) : bisect_left(starts, end)]


def is_due(page: ScenePage, time: TimeExpression) -> bool:
    """Whether the time is a day by which something is to be done: no length of a procedure (受理后10个工作日内)."""
    if time.function != "deadline" or time.type == "SET":
        return False
    if time.type == "DURATION":
        counted = page.counted_from.search(page.folded, max(0, time.start - REACH_OF_CUES), time.end)
        return counted is None and not time.value.startswith("PT")
    return True


def is_coming(page: ScenePage, time: TimeExpression) -> bool:
    """Whether the time ends after the publication."""
    end, latest = time.date.end, page.anchor.day or page.anchor.latest
    return end is not None and latest is not None and end > latest and time.function != "since"


def _by_type(matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.rule.fields["type"], []).append(match)
    return found
