"""The sentences in which figures may stand, each with its clauses, times, cues and names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from mingjian.core.model.annotation import Anchor, Quantity, TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article
from mingjian.core.model.facts import Names, TargetNature
from mingjian.core.model.span import Pair
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.governing_times import REACH_OF_CUES, PageTimes, is_ahead, is_coming, is_due, is_told
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_of
from mingjian.core.text.scopes import NOTHING, Scope, Signs, scopes_of
from mingjian.core.text.titles import inside, titles_of

_OF_SENTENCES = ("condition", "state", "goal-heading", "work-heading")


class ScenePage(PageTimes, frozen=True, kw_only=True):
    """What all sentences of the page share: text, patterns and settings, the day of publication."""

    text: str
    result: re.Pattern[str]
    no_goal: re.Pattern[str]
    opens_goal: re.Pattern[str]
    goal_behind: re.Pattern[str]
    goal_before: re.Pattern[str]
    apart: re.Pattern[str]
    document_asks: re.Pattern[str]
    ordered: tuple[str, ...]
    unstated: tuple[str, ...]
    bare: tuple[str, ...]
    joints: tuple[str, ...]
    least: tuple[str, ...]
    reached: str
    whole_years: tuple[str, ...]
    most: str
    at_least: str
    bound: re.Pattern[str]
    forecast: re.Pattern[str]
    starts_from: re.Pattern[str]
    leads_to: re.Pattern[str]
    later: re.Pattern[str]
    done: re.Pattern[str]


class Scene(msgspec.Struct, frozen=True):
    """One sentence with all that figures of it are read from: its clauses, and the times, cues and names in it.

    ``scope`` is what holds on from an earlier part, ``paragraph`` where the paragraph begins, ``begins`` where the
    clauses do, ``lead`` the sentence in which a document asks for the list of which it is an item.
    """

    page: ScenePage
    paragraph: int
    is_heading: bool
    start: int
    end: int
    clauses: tuple[Pair, ...]
    begins: Sequence[int]
    times: Sequence[TimeExpression]
    scope: Scope
    cues: Mapping[str, Sequence[Match]]
    places: Sequence[Mention]
    bearers: Sequence[Mention]
    lead: Pair | None

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)

    @property
    def governor(self) -> TimeExpression | None:
        """The deadline that holds on from an earlier part."""
        return self.scope.due

    @property
    def told(self) -> TimeExpression | None:
        """The day that an earlier part tells of, which holds on, else the period that opened the paragraph."""
        return self.scope.told or self.scope.period

    def clause_of(self, offset: int) -> Pair:
        """The clause that holds the place."""
        index = bisect_right(self.begins, offset) - 1
        return self.clauses[index if index > 0 else 0] if self.begins else (self.start, self.end)

    def between(self, kind: str, start: int, end: int) -> Sequence[Match]:
        """The cues of the kind that begin in ``start..end``."""
        found = self.cues.get(kind)
        return [match for match in found if start <= match.start < end] if found else ()


Scenes: TypeAlias = Sequence[tuple[Scene, Sequence[Quantity]]]
"""The sentences of a page in which figures may stand, each with its quantities."""


class _Material(msgspec.Struct, frozen=True):
    """What the scenes of a page are made from; quantities and times by the number of their sentence."""

    article: Article
    page: ScenePage
    patterns: Mapping[str, re.Pattern[str]]
    starts: list[int]
    cues: Sequence[Match]
    cue_starts: list[int]
    numbers: Mapping[int, Sequence[Quantity]]
    days: Mapping[int, Sequence[TimeExpression]]
    places: tuple[Sequence[Mention], list[int]]
    bearers: tuple[Sequence[Mention], list[int]]
    leads: Mapping[int, Pair]


def read_scenes(
    article: Article,
    found: GroupFindings,
    quantities: Sequence[Quantity],
    times: Sequence[TimeExpression],
    names: Names,
    anchor: Anchor,
) -> Scenes:
    """The sentences that hold a quantity, and those outside headings that hold a deadline, a plan or an ambition."""
    if not quantities and not times and not found.matches:
        return ()
    material = _material(article, found, quantities, times, names, anchor)
    ambitions = [match for match in material.cues if match.rule.fields["type"] == "ambition"]
    aiming = _by_sentence(ambitions, article, material.starts)
    return tuple(_read(material, aiming))


def _read(material: _Material, aiming: Mapping[int, Any]) -> Iterator[tuple[Scene, Sequence[Quantity]]]:
    for number, scope in enumerate(_scopes(material)):
        here, dated = material.numbers.get(number, ()), material.days.get(number, ())
        if not here and not _may_hold_goal(material, number, dated, is_open=scope.due is not None or number in aiming):
            continue
        scene = _scene(material, number, scope)
        if here or _may_aim(scene):
            yield scene, here


def _may_hold_goal(material: _Material, number: int, dated: Sequence[TimeExpression], *, is_open: bool) -> bool:
    """Whether a sentence without a number is worth a look: outside headings, with a deadline or a time to come."""
    article, page = material.article, material.page
    if article.body[article.sentences[number].block].role in HEADING_ROLES:
        return False
    return is_open or any(is_coming(page, time) or is_due(page, time) or is_ahead(page, time) for time in dated)


def _may_aim(scene: Scene) -> bool:
    """Whether it can hold a goal: there is a deadline, a year to come, a planned day or an ambition."""
    page = scene.page
    if scene.governor or "ambition" in scene.cues:
        return True
    if any(is_due(page, time) or is_ahead(page, time) for time in scene.times):
        return True
    return ("plan" in scene.cues or "goal" in scene.cues) and any(is_coming(page, time) for time in scene.times)


def _scopes(material: _Material) -> Iterator[Scope]:
    """What earlier parts say for every sentence."""
    article, kinds = material.article, _by_type(material.cues)
    named = [match for match in kinds.get("goal", ()) if match.group("named")]
    aiming, asking, stating, goal_headings, work_headings = (
        _by_sentence(matches, article, material.starts)
        for matches in (named, *(kinds.get(kind, ()) for kind in _OF_SENTENCES))
    )
    natures: dict[int, tuple[TargetNature, Pair]] = {
        number: (nature_of(matches[-1]), (matches[-1].start, matches[-1].end))
        for number, matches in _by_sentence(kinds.get("nature", ()), article, material.starts).items()
    }
    reports = _by_sentence(kinds.get("report", ()), article, material.starts)
    reviews = {number for number, matches in work_headings.items() if matches[-1].group("done")}
    telling = {*material.days, *aiming, *natures, *asking, *stating}
    cues = material.patterns
    signs = Signs(
        material.days, aiming, natures, asking, stating, telling,
        cues["numbered"], goal_headings, work_headings, reviews, reports,
        _limits(material), cues["listing"], material.page,
    )  # fmt: skip
    return scopes_of(article, signs)


def _limits(material: _Material) -> dict[int, TimeExpression]:
    """The deadline that a block names at its end for all of it, by block: 完成时限：2026年9月底."""
    article, page = material.article, material.page
    named, done = material.patterns["limit"], material.patterns["limit-done"]
    found = {}
    for number, times in material.days.items():
        time = times[-1]
        is_named = named.search(article.folded, max(0, time.start - REACH_OF_CUES), time.start)
        if (is_named or done.match(article.folded, time.end)) and (is_due(page, time) or is_coming(page, time)):
            found[article.sentences[number].block] = time
    return found


def _scene(material: _Material, number: int, scope: Scope) -> Scene:
    article = material.article
    sentence = article.sentences[number]
    start, end = sentence.start, sentence.end
    first = bisect_left(material.cue_starts, start - 1)
    cues = _by_type(material.cues[first : bisect_left(material.cue_starts, end + REACH_OF_CUES)])
    clauses = clauses_between(article.folded, start, end)
    places, bearers = _inside(material.places, start, end), _inside(material.bearers, start, end)
    days = material.days.get(number, ())
    if scope.weak and not _goes_on(material, (start, end), days, cues):
        scope = NOTHING
    if scope.last is not None and material.patterns["continues"].match(article.folded, start, end):
        scope = msgspec.structs.replace(scope, period=scope.last)
    block = article.body[sentence.block]
    is_heading, begins = block.role in HEADING_ROLES, [clause[0] for clause in clauses]
    return Scene(
        material.page, block.start, is_heading, start, end, clauses, begins, days, scope, cues, places, bearers,
        material.leads.get(sentence.block),
    )  # fmt: skip


def _goes_on(
    material: _Material, place: Pair, days: Sequence[TimeExpression], cues: Mapping[str, Sequence[Match]]
) -> bool:
    """Whether a sentence goes on with the goals of the one before: it begins as an order, and tells no day or state."""
    start, end = place
    if "state" in cues and any(start <= match.start < end for match in cues["state"]):
        return False
    page = material.page
    if any(time.type == "SET" or is_told(page, time) or is_due(page, time) for time in days):
        return False
    begins = material.patterns["goes-on"].match(material.article.folded, start, end)
    return begins is not None


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
        article, _page(article, found, anchor), found.cues, starts, cues, cue_starts,
        _by_sentence(quantities, article, starts), _by_sentence(times, article, starts),
        _placed(mentions_of(names.regions)), _placed(mentions_of((*names.organisations, *names.regions))),
        dict(_leads(article, found.cues)),
    )  # fmt: skip


def _leads(article: Article, cues: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[int, Pair]]:
    """The sentence in which a document asks for what the list behind it says, by the blocks that are its items."""
    ends = {sentence.block: sentence for sentence in article.sentences}
    lead = None
    for number, block in enumerate(article.body):
        if lead is not None and cues["numbered"].match(article.folded, block.start, block.end):
            yield number, lead
            continue
        last = ends.get(number)
        place = (last.start, last.end) if last is not None else (0, 0)
        asks = cues["listing"].search(article.folded, *place) and cues["document-asks"].search(article.folded, *place)
        lead = place if asks else None


def _page(article: Article, found: GroupFindings, anchor: Anchor) -> ScenePage:
    settings, cues = found.settings, found.cues
    return ScenePage(
        folded=article.folded,
        anchor=anchor,
        compared=cues["compared"],
        multiple=cues["multiple"],
        base=cues["base"],
        of=settings["of"],
        counted_from=cues["counted-from"],
        effort=cues["effort"],
        act=cues["act"],
        compared_after=tuple(settings["compared_after"]),
        periods=tuple(settings["periods"]),
        text=article.text,
        result=cues["result"],
        no_goal=cues["no-goal"],
        opens_goal=cues["opens-goal"],
        goal_behind=cues["goal-behind"],
        goal_before=cues["goal-before"],
        apart=cues["apart"],
        document_asks=cues["document-asks"],
        due_ends=tuple(settings["due_ends"]),
        ordered=tuple(settings["ordered_kinds"]),
        unstated=tuple(settings["unstated_kinds"]),
        bare=tuple(settings["bare"]),
        joints=tuple(settings["joints"]),
        least=tuple(settings["least"]),
        reached=settings["reached"],
        whole_years=tuple(settings["whole_years"]),
        most=settings["most"],
        at_least=settings["at_least"],
        bound=cues["bound"],
        forecast=cues["forecast"],
        starts_from=cues["starts-from"],
        leads_to=cues["leads-to"],
        later=cues["later"],
        done=cues["done"],
    )


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


def nature_of(match: Match) -> TargetNature:
    """What the match of a word for the nature of a target says."""
    return "binding" if match.group("binding") else "expected"


def _by_type(matches: Iterable[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        found.setdefault(match.rule.fields["type"], []).append(match)
    return found
