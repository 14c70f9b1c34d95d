"""Which place a printed name stands for: the gazetteer, and what the page says of names that several places bear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mingjian.core.model.span import Pair
from mingjian.core.rulebook.nouns import Entry
from mingjian.core.text.lexicon_matching import LexiconHit

PLACES = frozenset({"regions", "countries", "shared_place_names", "former_regions"})
_DECIDED = frozenset({"regions", "countries"})
_ON_PAGE = frozenset({"page", "list"})
_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})


class Places(msgspec.Struct, frozen=True):
    """The places that the page names: by stretch of text the key and what found it, and the gazetteer by key."""

    named: dict[Pair, tuple[str, str]]
    gazetteer: Mapping[str, Entry]


def code_of(key: str) -> str | None:
    """The code in a key, which for a place without a decided code is the name of its row.

    >>> code_of("110105"), code_of("x-yrd")
    ('110105', None)
    """
    return key if key.isdigit() else None


def ancestors(code: str) -> tuple[str, ...]:
    """The codes of the units that hold a unit, the nearest first; a municipality is the city of its own districts.

    >>> ancestors("220104"), ancestors("110105"), ancestors("220100")
    (('220100', '220000'), ('110000',), ('220000',))
    """
    province = f"{code[:2]}0000"
    held = (f"{code[:4]}00", province) if code[:2] not in _MUNICIPALITIES else (province,)
    return tuple(one for one in held if one != code)


def find_places(hits: Sequence[LexiconHit], gazetteer: Mapping[str, Entry], setting: Iterable[str] = ()) -> Places:
    """The places among the hits, each with what it stands for; ``setting`` holds codes that the page's head names."""
    placed = [hit for hit in hits if hit.entries[0].lexicon in PLACES]
    named = {*setting, *(hit.entries[0].id for hit in placed)}
    found: dict[Pair, tuple[str, str]] = {}
    reached, touching = -1, ""
    starts, ends = {hit.start for hit in placed}, {hit.end for hit in placed}
    for hit in placed:
        entry = hit.entries[0]
        before = touching if reached == hit.start else ""
        is_item = hit.end + 1 in starts or hit.start - 1 in ends
        key = entry.id if entry.lexicon in _DECIDED else _key(entry, before, named, is_item=is_item)
        if key:
            found[hit.start, hit.end] = (key, entry.by)
        reached, touching = hit.end, key
    return Places(found, gazetteer)


def meant(hits: Sequence[LexiconHit], places: Places) -> list[LexiconHit]:
    """The hits without the short forms of counties that name no place here: 张|德江 is a person."""
    return [hit for hit in hits if (hit.start, hit.end) in places.named or not _is_short_form(hit)]


def _is_short_form(hit: LexiconHit) -> bool:
    entry = hit.entries[0]
    return entry.lexicon == "shared_place_names" and entry.fields["needs"] == "list"


def _key(entry: Entry, before: str, named: set[str], *, is_item: bool) -> str:
    """What the name stands for: a code, the id of its row where no code is decided, nothing where it is no place.

    ``is_item`` says that another place stands one character away, as in a list.
    """
    fields = entry.fields
    codes = (fields.get("codes") or fields.get("code") or "").split("|")
    held = [code for code in codes if code and before in ancestors(code)]
    if not held and (fields["needs"] == "before" or (fields["needs"] == "list" and not is_item)):
        return ""
    if not held:
        held = _of_named_place(codes, named)
    if not held and fields["needs"] in _ON_PAGE:
        return ""
    return held[0] if len(held) == 1 else (codes[0] if len(codes) == 1 and codes[0] else entry.id)


def _of_named_place(codes: Iterable[str], named: set[str]) -> list[str]:
    """The codes whose city the page names, or, if there are none, whose province it names."""
    listed = [code for code in codes if code]
    return [code for code in listed if ancestors(code)[0] in named] or [
        code for code in listed if named.intersection(ancestors(code))
    ]
