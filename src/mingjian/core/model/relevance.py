"""What a page is about, as a score that says which words made it."""

from __future__ import annotations

from typing import Literal

import msgspec

from mingjian.core.model.span import Span


class TopicWord(msgspec.Struct, frozen=True):
    """Words that speak for a topic: where they stand first (``also``: everywhere else), and how much they say (0 to 1).

    ``part`` is the best part of the page that they stand in; the headline and the article are cited apart.
    """

    evidence: Span
    weight: float
    part: Literal["title", "lead", "body"]


class TopicScore(msgspec.Struct, frozen=True):
    """How far a page is about one topic (0 to 1), whether that is enough, and the words that made it, heaviest first.

    ``title``, ``lead`` and ``share`` are the parts that the score is the weighted mean of: the heaviest word of the
    headline, the heaviest of the first lines, and how much of the article's sentences speak of it. ``title`` is null
    where the page has no headline. ``passage`` is how far the passage that speaks most of it is about it: a page of
    several stories may have one on the topic, and then scores at least by that.
    """

    score: float
    relevant: bool
    title: float | None
    lead: float
    share: float
    passage: float
    words: tuple[TopicWord, ...]


class Relevance(msgspec.Struct, frozen=True):
    """Whether the page is about artificial intelligence, and whether it is about policy."""

    ai: TopicScore
    policy: TopicScore
