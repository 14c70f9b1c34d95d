"""What a brief is about: words and technologies, and how near a row is to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from mingjian.core.model.outcome import Cited
from mingjian.core.model.things import Member
from mingjian.core.rulebook import Entry, bundled_rulebook
from mingjian.core.text.folding import fold

NAMED, SAID, ENTITLED = 3, 2, 1
"""The name of a thing holds a word of the topic, the words that tell of it do, or the title of a page that tells it."""


class Topic(msgspec.Struct, frozen=True):
    """The words of a topic, folded: those that were asked for, and all names of technologies among them."""

    words: tuple[str, ...]

    def relevance(self, name: str, members: Sequence[Member]) -> int:
        """How near a thing is to the topic, 0 where it is not; without a topic all things are near."""
        if not self.words:
            return NAMED
        if self._in(name):
            return NAMED
        if any(self._in(member.fact.evidence.text) for member in members):
            return SAID
        titles = (member.page.title for member in members)
        return ENTITLED if any(isinstance(title, Cited) and self._in(title.value) for title in titles) else 0

    def _in(self, text: str) -> bool:
        folded = fold(text)
        return any(_holds(folded, word) for word in self.words)


def topic_of(asked: Iterable[str]) -> Topic:
    """The topic that these words name: a technology of the taxonomy stands for all its names."""
    words: list[str] = []
    for one in asked:
        word = fold(one.strip())
        words += [word, *_technology_names().get(word, ())]
    return Topic(tuple(dict.fromkeys(word for word in words if word)))


@lru_cache(maxsize=1)
def _technology_names() -> dict[str, tuple[str, ...]]:
    """The names of each technology, by each of them; without those that are also words of other fields."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in bundled_rulebook().lexicon("technologies").entries:
        names = _sure_names(entry)
        found.update({name: found.get(name, names) for name in names})
    return found


def _sure_names(entry: Entry) -> tuple[str, ...]:
    weak = entry.fields.get("weak", "").split("|")
    names = (fold(name) for name in entry.surfaces if name not in weak)
    return tuple(dict.fromkeys(names))


def _holds(text: str, word: str) -> bool:
    """Whether the word stands in the text, no letter or digit going on beyond one in ASCII."""
    at = text.find(word)
    while at >= 0:
        before, behind = text[at - 1 : at] if at else "", text[at + len(word) : at + len(word) + 1]
        if not (_ascii(word[0]) and _ascii(before)) and not (_ascii(word[-1]) and _ascii(behind)):
            return True
        at = text.find(word, at + 1)
    return False


def _ascii(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()
