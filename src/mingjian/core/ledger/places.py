"""Which place of GB/T 2260 people mean by a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

import msgspec

from mingjian.core.rulebook import Entry, bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.errors import QuestionError

_CODE = re.compile("[0-9]{6}")
_SHOWN = 8


class _Places(msgspec.Struct, frozen=True, eq=False):
    """Places by code, and by each of their names the codes of all that bear it."""

    entries: Mapping[str, Entry]
    named: Mapping[str, tuple[str, ...]]


def code_of_place(words: str) -> str:
    """The code of the place of this code or name; a name that several bear with the place before it (长春市朝阳区).

    Raises ``QuestionError`` for a place that is not known, and for a name of several, which it lists.
    """
    places = _places()
    name = fold("".join(words.split()))
    if _CODE.fullmatch(name) and name in places.entries:
        return name
    codes = places.named.get(name) or tuple(_placed(name, places))
    if len(codes) == 1:
        return codes[0]
    if codes:
        listed = "; ".join(f"{code} ({_whole_name(code, places)})" for code in codes[:_SHOWN])
        raise QuestionError(words, f"is the name of {len(codes)} places: {listed}", "give the code of one")
    near = get_close_matches(name, places.named, n=3, cutoff=0.5)
    mend = f"did you mean {'、'.join(near)}?" if near else "give a name such as 广东, or a code of GB/T 2260"
    raise QuestionError(words, "is no place of the lexicon of regions", mend)


def name_of_place(code: str) -> str:
    """What the lexicon calls the place of a code; the code where it has none.

    >>> name_of_place("440000"), name_of_place("999999")
    ('广东省', '999999')
    """
    entry = _places().entries.get(code)
    return code if entry is None else entry.name


def _placed(name: str, places: _Places) -> Iterator[str]:
    """The places of the second half of the name that lie in those of its first half."""
    for cut in range(len(name) - 2, 1, -1):
        wider, narrower = places.named.get(name[:cut], ()), places.named.get(name[cut:], ())
        found = [code for code in narrower for place in wider if _lies_below(code, place)]
        if found:
            yield from dict.fromkeys(found)
            return


def _lies_below(code: str, place: str) -> bool:
    return code != place and code.startswith(place.removesuffix("00").removesuffix("00"))


def _whole_name(code: str, places: _Places) -> str:
    """The name with those of the places that it lies in before it."""
    above = [f"{code[:length]:0<6}" for length in (2, 4, 6)]
    return "".join(places.entries[one].name for one in dict.fromkeys(above) if one in places.entries)


@lru_cache(maxsize=1)
def _places() -> _Places:
    book = bundled_rulebook()
    entries = {entry.id: entry for entry in book.lexicon("regions").entries if _CODE.fullmatch(entry.id)}
    named: dict[str, tuple[str, ...]] = {}
    for entry in entries.values():
        for name in map(fold, entry.surfaces):
            named[name] = (*named.get(name, ()), entry.id)
    for entry in book.lexicon("shared_place_names").entries:
        for name in map(fold, entry.surfaces):
            codes = (*named.get(name, ()), *entry.fields["codes"].split("|"))
            named[name] = tuple(sorted(set(codes)))
    return _Places(entries, named)
