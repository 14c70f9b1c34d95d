"""Lists of people's names as bylines print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold

_NAME = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{1,8})?|[一-鿿](?:[ \u3000\xa0]{1,2}[一-鿿])(?![一-鿿])")
_HAN = re.compile("[一-鿿]")
_LIST_MARKS = ("", "、", ",", "，", "/", "和")
_TWO_NAMES = 4
_GIVEN = 3  # characters of a name that needs no known surname: where a label says that it is one


def names_in(
    folded: str,
    pair: Pair,
    surnames: frozenset[str],
    no_name: re.Pattern[str],
    *,
    free: bool = False,
    more: bool = True,
) -> Iterator[tuple[str, Pair]]:
    """Every name of the list with its place: it begins with a surname; characters set apart by a space are one name.

    In a ``free`` list, which a label calls names, a word of its own needs no known surname. With ``more`` the
    character behind the list may belong to its last word.
    """
    start, end = pair
    words = no_name.sub(lambda found: "|" * len(found.group()), folded[start:end])
    behind = words + folded[end : end + 1] if more else words
    told = list(_NAME.finditer(words))
    for found in told:
        name = names_plain(found.group())
        if len(name) == _TWO_NAMES and len(told) > 1 and "·" not in name and _is_glued(name, surnames):
            half = start + found.start() + _TWO_NAMES // 2
            yield name[: _TWO_NAMES // 2], (start + found.start(), half)
            yield name[_TWO_NAMES // 2 :], (half, start + found.end())
            continue
        known = "·" in name or name[:2] in surnames or (name[0] in surnames and not _runs_on(behind, found))
        if known or (free and len(name) <= _GIVEN and _is_listed(words, found)):
            yield name, (start + found.start(), start + found.end())


def _is_glued(name: str, surnames: frozenset[str]) -> bool:
    """Whether four characters, in a list of several people, are two names of two whose mark was lost."""
    return name[:2] not in surnames and name[0] in surnames and name[2] in surnames


def _runs_on(words: str, found: re.Match[str]) -> bool:
    """Whether four characters are the head of a longer run: words behind a name that was not parted from them."""
    return len(found.group()) > _GIVEN and _HAN.match(words, found.end()) is not None


def _is_listed(words: str, found: re.Match[str]) -> bool:
    """Whether the word begins the list or follows a mark of it, and no character stands at either side."""
    return words[: found.start()].rstrip(" |\xa0")[-1:] in _LIST_MARKS and not _HAN.match(words, found.end())


def names_plain(words: str) -> str:
    """The name without the spaces set between its characters."""
    return words.replace(" ", "").replace("\u3000", "").replace("\xa0", "")


@lru_cache(maxsize=4)
def surnames_of(book: Rulebook) -> frozenset[str]:
    """The surnames of the lexicon, folded, without those that are mostly plain words: 山间清风 is no 山."""
    lexicon = book.lexicons.get("surnames")
    entries = lexicon.entries if lexicon is not None else ()
    return frozenset(fold(entry.name) for entry in entries if entry.fields["frequency"] != "rare")
