"""What holds on from one sentence to the next: the deadline of a goal, of a list of goals, or of a part about goals."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TypeGuard

import msgspec

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import HEADING_ROLES, Article, Sentence
from mingjian.core.model.facts import TargetNature
from mingjian.core.model.span import Pair
from mingjian.core.text.governing_times import (
    PageTimes,
    is_ahead,
    is_coming,
    is_due,
    is_fine,
    is_of_an_act,
    is_period,
    is_told,
    is_wide,
    is_yearly,
    may_come,
)

_LONGEST_LABEL = 24  # characters of a sentence that only names what follows: （二）主要目标。
_OPENING = 3  # characters before a time that opens a paragraph: （一）, 公司, 全市
_COMMAS = ",，"
_NO_LEVEL = 9  # deeper than every level that a number tells
_CHAPTER = 0  # the level of 2026年工作安排: what follows is numbered from 一、 on
_LABEL = 2  # the level of a heading without a number: it ends at the next（二）


class Scope(msgspec.Struct, frozen=True):
    """What an earlier part says for a sentence.

    ``due`` is the deadline and ``told`` the day that the part before a semicolon, the sentence before, the lead of the
    list or the heading tells; ``period`` is that with which the paragraph begins, ``last`` the
    last that was told of; ``aims``: that part names goals; ``asks``: it names conditions. ``near``: it ends with a
    semicolon, and so is of the same sentence. ``weak``: only the sentence before tells it, so that what follows must
    show that it is a goal too. ``states``: the sentence before tells what is so. ``lead`` is the sentence that opens
    the list, ``year`` that of the heading above the work of a year: what is told of 全年 there is due in it.
    """

    due: TimeExpression | None = None
    told: TimeExpression | None = None
    period: TimeExpression | None = None
    last: TimeExpression | None = None
    aims: bool = False
    asks: bool = False
    near: bool = False
    weak: bool = False
    states: bool = False
    lead: Pair | None = None
    year: TimeExpression | None = None
    nature: tuple[TargetNature, Pair] | None = None


NOTHING = Scope()
_STATES = Scope(states=True)


class Signs(msgspec.Struct, frozen=True):
    """What scopes are read from: the times by sentence, and which sentences aim, ask or tell a state.

    ``telling`` are all that do so or hold a time; ``reports`` say that accounts of a year are out; ``limits`` are the
    deadlines of whole blocks, by block.
    """

    times: Mapping[int, Sequence[TimeExpression]]
    aiming: Container[int]
    natures: Mapping[int, tuple[TargetNature, Pair]]
    asking: Container[int]
    stating: Container[int]
    telling: Container[int]
    numbered: re.Pattern[str]
    goal_headings: Container[int]
    work_headings: Container[int]
    reviews: Container[int]
    reports: Container[int]
    limits: Mapping[int, TimeExpression]
    listing: re.Pattern[str]
    page: PageTimes


class _Part(msgspec.Struct, frozen=True):
    """A list or a part about goals, with the level of what opened it: it ends at the next of that level.

    ``goes_on``: the last deadline in it holds on; in the work of a year every task has its own or none.
    """

    level: int
    scope: Scope
    goes_on: bool = True


class _Open(msgspec.Struct):
    """What is open at a place of the page."""

    part: _Part | None = None
    items: _Part | None = None
    before: Scope = NOTHING


def scopes_of(article: Article, signs: Signs) -> Iterator[Scope]:
    """One for every sentence of the article, in their order."""
    now = _Open()
    block, goes_on = -1, False
    for number, sentence in enumerate(article.sentences):
        is_first = sentence.block != block
        if is_first:
            block, goes_on = sentence.block, False
            _enter(now, article, signs, sentence)
        scope = _limited(_at(now, goes_on=goes_on), signs, sentence, number)
        yield scope
        goes_on = article.folded[sentence.end - 1] in ";；"
        if is_first and _is_label(signs, article, number):
            _open_part(now, signs, scope, article, number)
        elif scope is not NOTHING or number in signs.telling:
            _pass(now, signs, scope, article, number)


def _enter(now: _Open, article: Article, signs: Signs, first: Sentence) -> None:
    """At the beginning of a block: closes the list and the part that it does not belong to."""
    now.before = NOTHING
    if now.items is None and now.part is None:
        return
    level = _level(article, signs, first)
    is_heading = article.body[first.block].role in HEADING_ROLES
    if is_heading or now.items is None or level == _NO_LEVEL or level <= now.items.level:
        now.items = None
    if now.part is not None and (level <= now.part.level or (is_heading and level == _NO_LEVEL)):
        now.part = None


def _level(article: Article, signs: Signs, sentence: Sentence) -> int:
    """How deep the block stands that holds the sentence, as its number tells."""
    first = article.body[sentence.block].start
    numbered = signs.numbered.match(article.folded, first, sentence.end)
    return int(numbered.lastgroup[1:]) if numbered and numbered.lastgroup else _NO_LEVEL


def _at(now: _Open, *, goes_on: bool) -> Scope:
    """What holds for the sentence: of its earlier part, else of the sentence before, of the list, of the part."""
    if goes_on:
        return now.before
    if now.items is not None:
        return now.items.scope
    return now.part.scope if now.part is not None else now.before


def _limited(scope: Scope, signs: Signs, sentence: Sentence, number: int) -> Scope:
    """With the deadline at the end of the block (完成时限：2026年9月底) for what comes before it and tells no state."""
    limit = signs.limits.get(sentence.block)
    if limit is None or sentence.start > limit.start or number in signs.stating or scope.states:
        return scope
    return msgspec.structs.replace(scope, due=limit, weak=False)


def _open_part(now: _Open, signs: Signs, scope: Scope, article: Article, number: int) -> None:
    """Behind a heading or label: its part begins, with what it tells."""
    level, asks = _level(article, signs, article.sentences[number]), number in signs.asking
    told = _told(signs, scope, article.sentences[number], number)
    of_year = number in signs.work_headings and not asks and number not in signs.goal_headings
    if level == _NO_LEVEL:
        level = _CHAPTER if of_year else _LABEL
    year = signs.times[number][-1] if of_year else None
    if year is not None and (number in signs.reviews or not may_come(signs.page, year)):
        held = Scope(told=year, states=True)
    else:
        held = msgspec.structs.replace(
            told, due=None if year else told.due, told=None, year=year, aims=not asks, asks=asks
        )
    now.part, now.items, now.before = _Part(level, held, year is None), None, NOTHING


def _pass(now: _Open, signs: Signs, scope: Scope, article: Article, number: int) -> None:
    """Behind a sentence: what it tells holds for the next, for the list that it leads, or on in its part."""
    sentence = article.sentences[number]
    goes_on = article.folded[sentence.end - 1] in ";；"
    reported = _reported(signs, number)
    if reported is not None:
        now.part, now.items = _Part(_LABEL, Scope(told=reported, states=True)), None
    told = _told(signs, scope, sentence, number)
    is_telling = told.due is not None or told.told is not None or told.aims or told.asks
    if is_telling and not goes_on and signs.listing.search(article.folded, sentence.start, sentence.end):
        held = msgspec.structs.replace(told, aims=told.aims or told.due is not None)
        level = _level(article, signs, sentence)
        now.items = _Part(level if level < _NO_LEVEL else -1, held)
    elif _takes(now.part, told.due):
        now.part = msgspec.structs.replace(now.part, scope=msgspec.structs.replace(now.part.scope, due=told.due))
    period = _period(signs, scope, sentence, number)
    if goes_on:
        now.before = msgspec.structs.replace(told, near=True, period=period)
    elif told.due is not None and number not in signs.stating:
        now.before = Scope(told.due, weak=True, lead=told.lead)
    else:
        tells = told.told is not None and not is_coming(signs.page, told.told)
        states = scope.states or number in signs.stating or tells
        last = None if told.told is None or is_coming(signs.page, told.told) else told.told
        kept = period or last
        now.before = Scope(period=period, last=last, states=True) if kept else _STATES if states else NOTHING


def _reported(signs: Signs, number: int) -> TimeExpression | None:
    """The year of the accounts that the sentence says are out: the figures that follow are of it."""
    if number not in signs.reports:
        return None
    times = (time for time in signs.times.get(number, ()) if time.date.precision in ("year", "half", "quarter"))
    return next((time for time in times if is_told(signs.page, time)), None)


def _takes(part: _Part | None, due: TimeExpression | None) -> TypeGuard[_Part]:
    """Whether the part goes on with the deadline: a part about goals does so with the end of a year."""
    return part is not None and part.scope.aims and part.goes_on and due is not None and is_yearly(due)


def _period(signs: Signs, scope: Scope, sentence: Sentence, number: int) -> TimeExpression | None:
    """The period of which the paragraph goes on to tell: that which opens the sentence, else one before."""
    for time in signs.times.get(number, ())[:1]:
        opens = time.start - sentence.start <= _OPENING and is_period(time) and is_told(signs.page, time)
        if opens and (number in signs.stating or not is_coming(signs.page, time)):
            return time
    return scope.period


def _told(signs: Signs, scope: Scope, sentence: Sentence, number: int) -> Scope:
    """What holds behind the sentence if it goes on: what it says itself, else what held for it."""
    due, told = _last(signs, number, scope)
    return Scope(
        due,
        told,
        aims=number in signs.aiming or scope.aims,
        asks=number in signs.asking or scope.asks,
        states=scope.states and scope.told is not None,
        lead=scope.lead or (sentence.start, sentence.end),
        year=scope.year,
        nature=signs.natures.get(number, scope.nature),
    )


def _is_label(signs: Signs, article: Article, number: int) -> bool:
    """Whether the sentence is a heading about goals, conditions or the work of a year, or opens as one."""
    sentence = article.sentences[number]
    block, place = article.body[sentence.block], (sentence.start, sentence.end)
    if sentence.start != block.start:
        return False
    is_goal = number in signs.goal_headings
    if not is_goal and number not in signs.work_headings and number not in signs.asking:
        return False
    is_short = sentence.end - sentence.start <= _LONGEST_LABEL and not _has_comma(article.folded, *place)
    is_heading = block.role in HEADING_ROLES
    if not is_heading and (not is_short or signs.listing.search(article.folded, *place) is not None):
        return False
    if is_goal or (is_short and number in signs.asking):
        return True
    is_alone = is_short and sentence.end == block.end
    return is_alone and any(_is_year(time) for time in signs.times.get(number, ())[-1:])


def _is_year(time: TimeExpression) -> bool:
    """Whether it is a year, also one that is not known on a page without a day: 今年重点任务."""
    return time.date.precision == "year" or (time.date.end is None and time.date.basis.startswith("relative:"))


def _has_comma(folded: str, start: int, end: int) -> bool:
    return any(folded.find(mark, start, end) >= 0 for mark in _COMMAS)


def _last(signs: Signs, number: int, scope: Scope) -> tuple[TimeExpression | None, TimeExpression | None]:
    """The deadline and the day told of that hold behind the sentence: its last ones, else those that held before it."""
    due, told = scope.due, scope.told
    for time in signs.times.get(number, ()):
        aimed = is_ahead(signs.page, time) or (number in signs.aiming and is_coming(signs.page, time))
        if aimed or is_due(signs.page, time):
            due = due if is_of_an_act(signs.page, time) else time
        elif is_told(signs.page, time):
            told = time if is_wide(signs.page, time) and not _is_within(time, scope.told) else told
            due = due if scope.near or is_coming(signs.page, time) else None
    return due, told


def _is_within(time: TimeExpression, told: TimeExpression | None) -> bool:
    """Whether the time is only a day or month of the year that is told of: what follows is of the year again."""
    return told is not None and time.function == "at" and is_fine(time) and told.date.precision == "year"
