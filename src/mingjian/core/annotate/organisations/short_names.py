"""Other names of an organisation on the same page: bound by the page, or the heart of a firm's full name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mingjian.core.annotate.organisations.found import Found
from mingjian.core.annotate.organisations.surroundings import Surroundings
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches, find_many

_FIRMS = frozenset({"company", "soe"})
_SHORTEST_HEART = 4
_SHORTEST_CORE = 3
_SHORTEST_BRAND = 2
_TRADES = 2  # words of trade that the shortest name leaves out: 青禾|数能|科技


def with_short_names(found: Sequence[Found], bound: Sequence[Match], around: Surroundings) -> list[Found]:
    """The places found together with those of short names."""
    folded = around.folded
    short_names = dict(_bound_names({one.end: one for one in found}, bound, around))
    found = [one for one in found if one.entry is not None or folded[one.start : one.end] not in short_names]
    taken = Stretches(one.pair for one in found)
    levels = around.found.settings["levels_of"]
    told = (one for one in reversed(found) if not one.key and (not one.organ or one.place not in {"", *levels}))
    hearts = {folded[one.start : one.end]: one for one in told}
    hearts |= dict(_hearts(found, around))
    added: list[Found] = []
    owners = {**hearts, **short_names}
    places = find_many(folded, around.article.body, list(owners))
    for words, owner in sorted(owners.items(), key=lambda pair: -len(pair[0])):
        for start, end in places[words]:
            if start < owner.start or taken.touching(start, end) or _runs_on(folded, start, end):
                continue
            if len(words) >= _SHORTEST_CORE or words in short_names or _acts(end, around):
                taken.add(start, end)
                named = _keyed(owner, folded)
                added.append(msgspec.structs.replace(named, start=start, end=end, by="organisation.short-name"))
    return sorted([*(_keyed(one, folded) for one in found), *added], key=lambda one: one.start)


def _keyed(one: Found, folded: str) -> Found:
    """With its own words as the key, where nothing else is one; organs of a place are told apart later."""
    return one if one.key or one.organ else msgspec.structs.replace(one, key=folded[one.start : one.end])


def _runs_on(folded: str, start: int, end: int) -> bool:
    """Whether the words are part of a longer word in Latin letters."""
    return (
        folded[start].isascii() and folded[start - 1 : start].isascii() and folded[start - 1 : start].isalnum()
    ) or (folded[end - 1].isascii() and folded[end : end + 1].isascii() and folded[end : end + 1].isalnum())


def _acts(end: int, around: Surroundings) -> bool:
    """Whether what a firm does follows; a brand of two characters is one only there."""
    cues = around.found.cues
    return any(cues[name].match(around.folded, end) for name in ("firm-alone", "firm-acts"))


def _bound_names(
    ends: Mapping[int, Found], bound: Sequence[Match], around: Surroundings
) -> Iterator[tuple[str, Found]]:
    settings = around.found.settings
    for match in bound:
        owner = ends.get(match.start)
        for group in ("short", "other"):
            short = (match.group(group) or "").strip()
            if owner is not None and short not in settings["no_short_names"] and len(short) > 1:
                yield short, owner


def _hearts(found: Sequence[Found], around: Surroundings) -> Iterator[tuple[str, Found]]:
    """The stem of every firm's full name without its place and form, and without its last words of trade.

    深圳市启衡电子股份有限公司 gives 启衡电子, 上海云汐科技（集团）有限公司 云汐科技.
    """
    cues = around.found.cues
    for one in found:
        if one.type not in _FIRMS or one.entry is not None:
            continue
        name = around.folded[one.start : one.end]
        heart = cues["corporate-form"].sub("", name)
        if heart == name:
            continue
        heart = cues["place-in-brackets"].sub("", _without_place(one, heart, around))
        if len(heart) >= _SHORTEST_HEART:
            yield heart, one
        core = cues["trade"].sub("", heart)
        for _ in range(_TRADES):
            if core != heart and _names_one(core, around):
                yield core, one
            core = cues["trade"].sub("", core)


def _names_one(core: str, around: Surroundings) -> bool:
    """Whether the heart of a name without its trade is a name still: no general word, and no plain word alone."""
    if len(core) < _SHORTEST_CORE and (len(core) < _SHORTEST_BRAND or core in around.plain):
        return False
    return around.generic.fullmatch(core) is None


def _without_place(one: Found, heart: str, around: Surroundings) -> str:
    """The name after the places at its head: those that a lexicon knows, or what looks like a province or city."""
    start = one.start
    while (hit := next(iter(around.hits_between(start, start + 1)), None)) is not None and around.is_place(hit):
        start = hit.end
    known = heart[start - one.start :]
    return known if start > one.start else around.found.cues["place-of-firm"].sub("", heart)
