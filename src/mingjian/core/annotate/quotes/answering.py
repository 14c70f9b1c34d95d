"""Who answers all questions of a page whose turns are labelled 问 and 答: looked for once, asked at each turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.text.mentions import Mention

_REACH = 160  # characters that a match and what it looks at may take


class Answering:
    """The office and the person of whom the page says that they answer."""

    def __init__(self, article: Article, people: Sequence[Mention], cues: Mapping[str, re.Pattern[str]]) -> None:
        self._article, self._people, self._cues = article, people, cues

    def office(self, high: int) -> Pair | None:
        """Where the first office that answers is named, read as far as ``high``."""
        first = self._office
        if first is None or high <= first.start():
            return None
        if first.end() + _REACH <= high:
            return first.span("who")
        found = self._cues["answers"].search(self._article.folded, first.start(), high)
        return None if found is None else found.span("who")

    def person(self, high: int) -> Mention | None:
        """The first mention of the only person who is said before ``high`` to answer; None where it is several."""
        first, other = self._person
        if first is None or first.start >= high or (other is not None and other.start < high):
            return None
        return first

    @cached_property
    def _office(self) -> re.Match[str] | None:
        body = self._article.body
        return self._cues["answers"].search(self._article.folded, body[0].start) if body else None

    @cached_property
    def _person(self) -> tuple[Mention | None, Mention | None]:
        """The first who is said to answer, and the first mention of another who is."""
        answers, folded = self._cues["answers-them"], self._article.folded
        found = [one for one in self._people if answers.match(folded, one.end)]
        if not found:
            return None, None
        return found[0], next((one for one in found if one.bearer is not found[0].bearer), None)
