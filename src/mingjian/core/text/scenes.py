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
from mingjian.core.text.titles import inside, titles_of

REACH_OF_CUES = 8


class ScenePage(msgspec.Struct, frozen=True):
    """What all sentences of the page share: text, places of names, patterns and settings, the day of publication."""

    text: str
    folded: str
    compared: re.Pattern[str]
    result: re.Pattern[str]
    no_goal: re.Pattern[str]
    counted_from: re.Pattern[str]
    compared_after: tuple[str, ...]
    due_ends: tuple[str, ...]
    periods: tuple[str, ...]
    reached: str
    anchor: Anchor


class Scene(msgspec.Struct, frozen=True):
    """One sentence with all that figures of it are read from: its clauses, and the times, cues and names in it.

    ``governor`` is a deadline of an earlier part, ``told`` the day that an earlier part tells of: they hold on after a
    semicolon.
    """

    page: ScenePage
    start: int
    end: int
    clauses: tuple[Pair, ...]
    times: Sequence[TimeExpression]
    governor: TimeExpression | None
    told: TimeExpression | None
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


class _Material(msgspec.Struct, frozen=True):
    """What the scenes of a page are made from; quantities and times by the number of their sentence."""

    article: Article
    page: ScenePage
    starts: list[int]
    cues: Sequence[Match]
    cue_starts: list[int]
    numbers: Mapping[int, Sequence[Quantity]]
    days: Mapping[int, Sequence[TimeExpression]]
    places: tuple[Sequence[Mention], list[int]]
    bearers: tuple[Sequence[Mention], list[int]]


def numbered_scenes(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> Iterator[tuple[Scene, Sequence[Quantity]]]:
    """Every sentence that holds a quantity, headings too, with its quantities."""
    material = _material(article, found, quantities, times, names, anchor)
    for number, governor, told in _governors(material, with_headings=True):
        here = material.numbers.get(number)
        if here:
            yield _scene(material, number, governor, told), here


def scenes_of(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> Iterator[tuple[Scene, Sequence[Quantity]]]:
    """The sentences that hold a quantity, a deadline, a planned day or an ambition, with their quantities."""
    material = _material(article, found, quantities, times, names, anchor)
    ambitions = [match for match in material.cues if match.rule.fields["type"] == "ambition"]
    aiming = _by_sentence(ambitions, article, material.starts)
    for number, governor, told in _governors(material, with_headings=False):
        here, dated = material.numbers.get(number, ()), material.days.get(number, ())
        if governor is None and not here and not dated and number not in aiming:
            continue
        scene = _scene(material, number, governor, told)
        due = any(is_due(scene.page, time) for time in dated)
        if here or governor or due or "ambition" in scene.cues or _is_planned(scene.page, scene.cues, dated):
            yield scene, here


def _governors(
    material: _Material, *, with_headings: bool
) -> Iterator[tuple[int, TimeExpression | None, TimeExpression | None]]:
    """The numbers of the sentences, each with the deadline and the day told of that hold on from before a semicolon."""
    governor: TimeExpression | None = None
    told: TimeExpression | None = None
    goes_on = False
    article = material.article
    for number, sentence in enumerate(article.sentences):
        governor, told = (governor, told) if goes_on else (None, None)
        goes_on = article.folded[sentence.end - 1] in ";；"
        if article.body[sentence.block].role in HEADING_ROLES and not with_headings:
            continue
        yield number, governor, told
        for time in material.days.get(number, ()) if goes_on else ():
            governor = time if is_due(material.page, time) else governor
            told = time if is_told(material.page, time) else told


def _scene(material: _Material, number: int, governor: TimeExpression | None, told: TimeExpression | None) -> Scene:
    sentence = material.article.sentences[number]
    start, end = sentence.start, sentence.end
    first = bisect_left(material.cue_starts, start - 1)
    cues = _by_type(material.cues[first : bisect_left(material.cue_starts, end + REACH_OF_CUES)])
    clauses = clauses_between(material.article.folded, start, end)
    places, bearers = _inside(material.places, start, end), _inside(material.bearers, start, end)
    days = material.days.get(number, ())
    return Scene(material.page, start, end, clauses, days, governor, told, cues, places, bearers)


def _material(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> _Material:
    cues, cue_starts = _outside_titles(article, found.matches)
    starts = [sentence.start for sentence in article.sentences]
    return _Material(
        article, _page(article, found, anchor), starts, cues, cue_starts,
        _by_sentence(quantities, article, starts), _by_sentence(times, article, starts),
        _placed(mentions_of(names.regions)), _placed(mentions_of((*names.organisations, *names.regions))),
    )  # fmt: skip


def _is_planned(page: ScenePage, cues: Mapping[str, Any], times: Iterable[TimeExpression]) -> bool:
    """Whether a plan or an aim is told of with a day to come."""
    return ("plan" in cues or "goal" in cues) and any(is_coming(page, time) for time in times)


def _page(article: Article, found: GroupFindings, anchor: Anchor) -> ScenePage:
    settings = found.settings
    return ScenePage(
        article.text, article.folded, found.cues["compared"], found.cues["result"],
        found.cues["no-goal"], found.cues["counted-from"],
        tuple(settings["compared_after"]), tuple(settings["due_ends"]), tuple(settings["periods"]),
        settings["reached"], anchor,
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


def is_told(page: ScenePage, time: TimeExpression) -> bool:
    """Whether a number can be told of the time: it ends on a day, returns not, and nothing is only compared with it."""
    if time.date.end is None or time.type == "SET" or time.value in ("PAST_REF", "FUTURE_REF"):
        return False
    return not _is_plan_or_clock(page, time) and not is_compared(page, time)


def is_compared(page: ScenePage, time: TimeExpression) -> bool:
    """Whether something is only measured against the time: 比去年, 上年同期."""
    if page.folded.startswith(page.compared_after, time.end):
        return True
    return page.compared.search(page.folded, max(0, time.start - 3), time.start) is not None


def _is_plan_or_clock(page: ScenePage, time: TimeExpression) -> bool:
    """A plan's name (“十四五”规划) unless its years are meant (期间), and a length of hours: no day of a number."""
    if time.by == "time.plan":
        return not page.folded.endswith(page.periods, time.start, time.end)
    return time.value.startswith("PT")


def is_coming(page: ScenePage, time: TimeExpression) -> bool:
    """Whether the time ends after the publication."""
    end, latest = time.date.end, page.anchor.day or page.anchor.latest
    return end is not None and latest is not None and end > latest and time.function != "since"


def _by_type(matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.rule.fields["type"], []).append(match)
    return found
