"""Lists of people's names as bylines print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold

_NAME = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{1,8})?|[一-鿿](?:[ \u3000]{1,2}[一-鿿])(?![一-鿿])")


def names_in(folded: str, pair: Pair, surnames: frozenset[str], no_name: re.Pattern[str]) -> Iterator[tuple[str, Pair]]:
    """Every name of the list with its place: it begins with a surname; characters set apart by a space are one name."""
    start, end = pair
    words = no_name.sub(lambda found: "|" * len(found.group()), folded[start:end])
    for found in _NAME.finditer(words):
        name = names_plain(found.group())
        if "·" in name or name[0] in surnames or name[:2] in surnames:
            yield name, (start + found.start(), start + found.end())


def names_plain(words: str) -> str:
    """The name without the spaces set between its characters."""
    return words.replace(" ", "").replace("\u3000", "")


@lru_cache(maxsize=4)
def surnames_of(book: Rulebook) -> frozenset[str]:
    """All surnames of the lexicon, folded."""
    lexicon = book.lexicons.get("surnames")
    return frozenset(fold(entry.name) for entry in lexicon.entries) if lexicon is not None else frozenset()
