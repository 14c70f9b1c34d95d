"""What the finding of quotes works on: the article and its names, who speaks, and what was said so far."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Literal

import msgspec

from mingjian.core.annotate.quotes.answering import Answering
from mingjian.core.annotate.quotes.marks import Marks
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Person
from mingjian.core.model.span import Pair
from mingjian.core.text.mentions import Mention

START = attrgetter("start")
AFTER = frozenset({"after", "bare", "own"})
"""The forms of rules whose content stands before the match."""


class Scene(msgspec.Struct, frozen=True):
    """The article, the places of its names and of its quotation marks, and the patterns to ask round a match."""

    article: Article
    marks: Marks
    people: tuple[Mention, ...]
    organisations: tuple[Mention, ...]
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]
    answering: Answering


class Speaker(msgspec.Struct, frozen=True):
    """Who speaks: the name to report, the person behind it if known, and the place of the words.

    ``words`` is where the name stands if the place is a pronoun; ``body`` names whom an unnamed speaker speaks for;
    ``named``: the words by the verb name somebody of whom the page tells no more.
    """

    name: str
    place: Pair
    person: Person | None = None
    words: Pair | None = None
    body: Mention | None = None
    named: bool = False


class Content(msgspec.Struct, frozen=True):
    """What is said."""

    mode: Literal["direct", "indirect"]
    place: Pair


class Said(msgspec.Struct, frozen=True):
    """A quote found before: where its words and its cue end, and who spoke."""

    start: int
    end: int
    speaker: Speaker


def latest(said: list[Said], place: int) -> Said | None:
    """The quote that begins nearest before the place; ``said`` is in the order of the page."""
    number = bisect_left(said, place, key=START)
    return said[number - 1] if number else None
