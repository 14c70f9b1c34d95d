"""From places to organisations: what overlaps goes, names of one body become one organisation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from mingjian.core.annotate.organisations.found import Found, joined
from mingjian.core.annotate.organisations.surroundings import Surroundings
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Parts
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.matching import Match
from mingjian.core.text.place_names import code_of
from mingjian.core.text.places import Stretches, find_pattern

# A form of writing, no words: a title in book marks.
_TITLED = re.compile(r"《[^《》\n]{1,90}(?:《[^《》\n]{1,60}》[^《》\n]{0,60}){0,2}》")
_SHORTEST = 3
_PLACE_BEFORE = 4
_SHORTEST_STEM = 2
_BRANDED = frozenset({"organisation.firm-brand", "organisation.firm-beside", "organisation.company-titled"})


def disjoint(found: Sequence[Found], article: Article) -> list[Found]:
    """The places that remain if the leftmost and longest wins; inside the title of a document none counts."""
    titled = Stretches(match.span() for match in find_pattern(article.folded, article.body, _TITLED))
    kept: list[Found] = []
    reached = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.type != "phrase")):
        if one.start < reached:
            continue
        title = titled.holding(one.start, one.end)
        if title is None or title[1] - title[0] <= one.end - one.start + 2:
            kept.append(one)
            reached = one.end
    return kept


def merged(found: Sequence[Found], listed: Sequence[Match], around: Surroundings) -> tuple[Organisation, ...]:
    """The organisations in order of first mention."""
    folded = around.folded
    owners = _firms_by_short_name(found, around)
    without = dict(_without_country(found, around))
    codes = {match.end: code for match in listed if (code := match.span("code")) is not None}
    keys = {
        (words := folded[one.start : one.end]): one.key if one.key != words else without.get(words, words)
        for one in found
    }
    groups: dict[str, list[Found]] = {}
    for one in found:
        words = folded[one.start : one.end]
        owner = owners.get(words, words)
        groups.setdefault(keys.get(owner, owner), []).append(one)
    full = {keys.get(name, name): name for name in owners.values()}
    return tuple(
        _organisation(around.article, group, codes, _full_name(group, full[key], around) if key in full else None)
        for key, group in groups.items()
    )


def _full_name(group: Sequence[Found], name: str, around: Surroundings) -> str | None:
    """The full name as the page prints it, where the first mention is a shorter one."""
    one = next((one for one in group if around.folded[one.start : one.end] == name), group[0])
    return around.article.text[one.start : one.end] if one is not group[0] else None


def _without_country(found: Sequence[Found], around: Surroundings) -> Iterator[tuple[str, str]]:
    """秘鲁青禾大学 → 青禾大学, where the page prints both."""
    folded, home = around.folded, around.found.settings["home"]
    named = {folded[one.start : one.end] for one in found}
    for one in found:
        for hit in around.hits_between(one.start, one.start + 1):
            rest = folded[hit.end : one.end]
            if hit.entry.lexicon == "countries" and hit.entry.id not in home and rest in named:
                yield folded[one.start : one.end], rest


def _firms_by_short_name(found: Sequence[Found], around: Surroundings) -> dict[str, str]:
    """Short name of a lexicon → the full name on this page that begins with it (after its place)."""
    folded = around.folded
    full = [folded[one.start : one.end] for one in found if one.entry is None]
    firms = {name for name in full if around.found.cues["corporate-form"].search(name)}
    short = {folded[one.start : one.end] for one in found if one.entry is not None}
    owners = {words: name for name in sorted(firms) for words in _beginnings(name, short)}
    printed = frozenset(full)
    form = around.found.cues["bare-form"]
    owners |= {words: name for name in sorted(firms) if (words := form.sub("", name)) != name and words in printed}
    levels = around.found.cues["level-of-firm"]
    short_of = ((levels.sub("", form.sub("", name)), name) for name in sorted(printed))
    owners |= {words: name for words, name in short_of if words in printed and words != name}
    owners |= dict(_shares(full, firms, around))
    owners |= dict(_brands(found, firms, around))
    return {words: _longest(words, owners) for words in owners}


def _beginnings(name: str, short: Set[str]) -> list[str]:
    """The short names, in order, with which the name begins, or begins after its place.

    >>> _beginnings("岚州青禾集团有限公司", {"青禾", "青禾集团", "集团", "岚州青禾集团有限公司"})
    ['青禾集团']
    """
    return sorted(words for words in (_heads(name) & short) - {name} if len(words) >= _SHORTEST)


def _heads(name: str) -> set[str]:
    """All that the name begins with, and all that it begins with after its place."""
    return {name[start:end] for start in range(_PLACE_BEFORE + 1) for end in range(start + 1, len(name) + 1)}


def _longest(words: str, owners: Mapping[str, str]) -> str:
    """The last of a chain of ever fuller names (青禾, 青禾集团, 岚州青禾集团有限公司); of a circle the longest."""
    chain = [words]
    while (fuller := owners.get(chain[-1])) is not None:
        if fuller in chain:
            return max(chain, key=lambda name: (len(name), name))
        chain.append(fuller)
    return chain[-1]


def _shares(full: Sequence[str], firms: Set[str], around: Surroundings) -> Iterator[tuple[str, str]]:
    """青禾股份 → the only full name of the page that begins so after its place: 苏州|青禾精工股份有限公司."""
    endings = around.found.settings["short_forms"]
    stems = ((words, words.removesuffix(ending), ending) for ending in endings for words in full)
    short = [one for one in stems if one[1] != one[0] and len(one[1]) >= _SHORTEST_STEM]
    begun = _begun(firms, {stem for _, stem, _ in short})
    for words, stem, ending in dict.fromkeys(short):
        meant = [name for name in begun.get(stem, ()) if ending in name]
        if len(meant) == 1:
            yield words, meant[0]


def _brands(found: Sequence[Found], firms: Set[str], around: Surroundings) -> Iterator[tuple[str, str]]:
    """青禾私募 → the only full name of the page that begins so after its place: 苏州|青禾私募基金管理有限公司."""
    plain = tuple(around.found.settings["plain_forms"])
    branded = dict.fromkeys(around.folded[one.start : one.end] for one in found if one.by in _BRANDED)
    brands = [words for words in branded if words not in firms and not words.endswith(plain)]
    begun = _begun(firms, set(brands))
    for words in brands:
        if len(begun.get(words, ())) == 1:
            yield words, begun[words][0]


def _begun(firms: Set[str], beginnings: Set[str]) -> dict[str, list[str]]:
    """Which of the firms' names begin with each of the words, or begin so after their place."""
    begun: dict[str, list[str]] = {}
    for name in firms if beginnings else ():
        for words in _heads(name) & beginnings:
            begun.setdefault(words, []).append(name)
    return begun


def _organisation(
    article: Article, group: Sequence[Found], codes: Mapping[int, Pair], full_name: str | None
) -> Organisation:
    first = group[0]
    mentions = tuple(one.pair for one in group)
    entry = next((one.entry for one in group if one.entry is not None), None)
    printed = next((codes[one.end] for one in group if one.end in codes), None)
    parts: Parts = {"name": mentions[:1]} | ({"code": (printed,)} if printed else {})
    fields = entry.fields if entry is not None else {}
    listed = entry.id if entry is not None and entry.lexicon == "listed_companies" else fields.get("stock_code")
    return Organisation(
        name=article.text[first.start : first.end],
        canonical=next((one.canonical for one in group if one.canonical), full_name),
        type=first.type,
        entity=joined(entry.lexicon, entry.id) if entry is not None else None,
        code=article.text[slice(*printed)] if printed else listed or None,
        code_as_of=fields.get("as_of") if listed and not printed else None,
        region=next((code for one in group if (code := code_of(one.place))), None),
        parent=fields.get("parent") or None,
        evidence=cite(article.text, first.start, first.end),
        mentions=mentions,
        parts=parts,
        support=tuple(dict.fromkeys(one.support for one in group if one.support is not None))[:1],
        by=first.by,
    )
