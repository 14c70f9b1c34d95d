"""What a name is read against: posts by where they begin and end, organisations, places, the shapes of names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation
from mingjian.core.model.span import Pair
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.name_shapes import NameShapes, name_shapes
from mingjian.core.text.place_names import PLACES
from mingjian.core.text.places import Stretches


class Scene(msgspec.Struct, frozen=True):
    """The page and what is known of it before its people are read."""

    article: Article
    folded: str
    shapes: NameShapes
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]
    posts: Mapping[int, LexiconHit]
    post_starts: Mapping[int, LexiconHit]
    named: Stretches
    others: Stretches
    places: Sequence[Pair]
    ends: Sequence[int]
    kinds: Mapping[Pair, str]

    def organisation_before(self, end: int) -> Pair | None:
        """The organisation that stands nearest before ``end``."""
        index = bisect_right(self.ends, end) - 1
        return self.places[index] if index >= 0 else None

    def first_organisation(self, start: int) -> Pair | None:
        """The first organisation that ends behind ``start``."""
        index = bisect_right(self.ends, start)
        return self.places[index] if index < len(self.places) else None

    def is_taken(self, start: int, end: int) -> bool:
        """Whether an organisation or a place has these words."""
        return self.named.touching(start, end) or self.others.touching(start, end)


class Licensed(msgspec.Struct, frozen=True, gc=False):
    """One place where a name is licensed, and where what licenses it begins; ``post`` is where a post beside it ends.

    ``lends`` tells that the licence holds for further names of a list.
    """

    start: int
    name: Pair
    by: str
    post: int | None = None
    lends: bool = False


def scene_of(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit], organisations: Sequence[Organisation]
) -> Scene:
    """The scene of a page."""
    kinds = {mention: organisation.type for organisation in organisations for mention in organisation.mentions}
    places = sorted(kinds, key=lambda mention: mention[1])
    posts = [hit for hit in hits if hit.entry.lexicon == "titles"]
    lexicons = found.lexicons
    return Scene(
        article=article,
        folded=article.folded,
        shapes=name_shapes(*(lexicons[name] for name in found.settings["shapes"])),
        cues=found.cues,
        settings=found.settings,
        posts={hit.end: hit for hit in posts},
        post_starts={hit.start: hit for hit in posts},
        named=Stretches(kinds),
        others=Stretches((hit.start, hit.end) for hit in hits if hit.entry.lexicon in PLACES),
        places=places,
        ends=[end for _, end in places],
        kinds=kinds,
    )
