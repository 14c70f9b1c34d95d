"""Which place of GB/T 2260 people mean by a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache

import msgspec

from mingjian.core.link.things.answering import lies_in
from mingjian.core.link.things.spheres import COUNTRY_CODE, country_names
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.errors import QuestionError

_CODE = re.compile("[0-9]{6}")
_SHOWN = 8


class _Places(msgspec.Struct, frozen=True, eq=False):
    """The names of places by code, and by each of their names the codes of all that bear it."""

    names: Mapping[str, str]
    named: Mapping[str, tuple[str, ...]]


def code_of_place(words: str) -> str:
    """The code of the place of this code or name; a name that several bear with the place before it (长春市朝阳区).

    The country is a place of its own (全国, 中国): of it is what is told of all of it, not what lies in it.

    Raises ``QuestionError`` for a place that is not known, and for a name of several, which it lists.
    """
    places, codes = _places(), codes_called(words)
    if len(codes) == 1:
        return codes[0]
    if codes:
        listed = "; ".join(f"{code} ({_wider_name(code, places)}{words})" for code in codes[:_SHOWN])
        raise QuestionError(words, f"is the name of {len(codes)} places: {listed}", "give the code of one")
    near = get_close_matches(_plain(words), places.named, n=3, cutoff=0.5)
    mend = f"did you mean {'、'.join(near)}?" if near else "give a name such as 广东, or a code of GB/T 2260"
    raise QuestionError(words, "is no place of the lexicon of regions", mend)


def codes_called(words: str) -> tuple[str, ...]:
    """The codes of all places that these words may mean, in order: none for words that are no place.

    >>> codes_called("广东"), codes_called("甲城")
    (('440000',), ())
    """
    places, name = _places(), _plain(words)
    if _CODE.fullmatch(name) and name in places.names:
        return (name,)
    return places.named.get(name) or tuple(_placed(name, places))


def only_code(words: str) -> str | None:
    """The code of the only place that these words mean; nothing where they mean several, or none.

    The nearest names are not looked for: that costs a thousand times as much, and is for people who mistyped one.
    """
    codes = codes_called(words)
    return codes[0] if len(codes) == 1 else None


def _plain(words: str) -> str:
    return fold("".join(words.split()))


def name_of_place(code: str) -> str:
    """What the lexicons call the place of a code; the code where they have none.

    >>> name_of_place("440000"), name_of_place("220104"), name_of_place("840"), name_of_place("999999")
    ('广东省', '朝阳区', '美国', '999999')
    """
    return _places().names.get(code, code)


def _placed(name: str, places: _Places) -> Iterator[str]:
    """The places of the second half of the name that lie in those of its first half."""
    for cut in range(len(name) - 2, 1, -1):
        wider, narrower = places.named.get(name[:cut], ()), places.named.get(name[cut:], ())
        found = [code for code in narrower for place in wider if code != place and lies_in(code, place)]
        if found:
            yield from dict.fromkeys(found)
            return


def _wider_name(code: str, places: _Places) -> str:
    """The names of the places that it lies in, the widest first."""
    above = [f"{code[:length]:0<6}" for length in (2, 4)]
    return "".join(places.names.get(one, "") for one in above if one != code)


@lru_cache(maxsize=1)
def _places() -> _Places:
    book = bundled_rulebook()
    regions = [entry for entry in book.lexicon("regions").entries if _CODE.fullmatch(entry.id)]
    shared = [(entry, entry.fields["codes"].split("|")) for entry in book.lexicon("shared_place_names").entries]
    named: dict[str, set[str]] = {}
    for entry, codes in [*((entry, [entry.id]) for entry in regions), *shared]:
        for name in map(fold, entry.surfaces):
            named.setdefault(name, set()).update(filter(None, codes))
    names = {entry.id: entry.name for entry in book.lexicon("countries").entries}
    names |= {code: entry.name for entry, codes in reversed(shared) for code in codes if code}
    names |= {entry.id: entry.name for entry in regions}
    names |= book.tables["labels.zh"]["places"]
    named |= {name: {COUNTRY_CODE} for name in (COUNTRY_CODE, *map(fold, country_names()))}
    return _Places(names, {name: tuple(sorted(codes)) for name, codes in named.items() if codes})
