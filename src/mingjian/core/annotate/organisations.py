"""Organisations that the body names: lexicons, suffix rules, and short names that the text itself binds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation
from mingjian.core.model.span import cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches, find_many, find_pattern

# Forms of writing, not words: a title in book marks, brackets.
_TITLED = re.compile(r"《[^《》\n]{1,90}(?:《[^《》\n]{1,60}》[^《》\n]{0,60}){0,2}》")
_BRACKETS = re.compile(r"[()（）]")
_LONGEST_PLACE = 6
_RUNS_ON = 4
_SAYS_ENOUGH = 4  # general words after a place that name one thing: 江苏省|智能制造产业|联盟, but not 全国|重点|实验室
_PLACES = frozenset({"regions", "countries"})
_TYPED = frozenset({"state_bodies", "universities"})
_FIRMS = frozenset({"company", "soe"})


class _Found(msgspec.Struct, frozen=True, gc=False):
    """One place that names an organisation; ``key`` is the same for all names of one lexicon entry."""

    start: int
    end: int
    key: str
    canonical: str | None
    type: str
    by: str


class _Surroundings(msgspec.Struct, frozen=True):
    """What finding the left end of a name needs: the page, lexicon hits by place, words that cut, stems too general."""

    folded: str
    found: GroupFindings
    hits: Sequence[LexiconHit]
    starts: Sequence[int]
    by_end: Mapping[int, LexiconHit]
    cuts: re.Pattern[str]
    stops: frozenset[str]
    generic: re.Pattern[str]
    titles: Sequence[int]


def annotate_organisations(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit]
) -> tuple[Organisation, ...]:
    """The organisations that the body names, in order of first mention."""
    settings = found.settings
    around = _surroundings(article, found, hits)
    by_anchor: dict[str, list[Match]] = {}
    for match in found.matches:
        by_anchor.setdefault(match.rule.fields["anchor"], []).append(match)
    joins = frozenset(settings["false_joins"])
    places = [
        _from_lexicon(hit, settings)
        for hit in hits
        if _names_organisation(hit, settings) and not _is_torn(article.folded, hit.start, hit.end, joins)
    ]
    places += [_stated(match) for match in by_anchor.get("none", ()) if match.rule.fields["type"] != "short-name"]
    places += [one for match in by_anchor.get("region", ()) if (one := _local_organ(match, around)) is not None]
    places += [one for match in by_anchor.get("any", ()) if (one := _by_suffix(match, around)) is not None]
    owners = {one.end: one for one in sorted(places, key=lambda one: -one.start)}
    places += [one for match in by_anchor.get("organisation", ()) if (one := _unit(match, owners, around)) is not None]
    kept = [one for one in _disjoint(places, article) if one.type != "phrase"]
    bound = [match for match in by_anchor.get("none", ()) if match.rule.fields["type"] == "short-name"]
    return _merged(article, _with_short_names(article, found, kept, bound), found)


def _names_organisation(hit: LexiconHit, settings: Mapping[str, Any]) -> bool:
    lexicon = hit.entry.lexicon
    if hit.entry.id in settings["no_organisations"]:
        return False
    return lexicon in settings["types"] or lexicon in _TYPED


def _is_torn(folded: str, start: int, end: int, joins: frozenset[str]) -> bool:
    """Whether the first or last character of the name belongs to a common word with its neighbour."""
    return folded[start - 1 : start + 1] in joins or folded[end - 1 : end + 1] in joins


def _from_lexicon(hit: LexiconHit, settings: Mapping[str, Any]) -> _Found:
    entry = hit.entry
    kind = settings["types"].get(entry.lexicon) or entry.fields["type"]
    kind = settings["renamed_types"].get(kind, kind)
    return _Found(hit.start, hit.end, f"{entry.lexicon}:{entry.id}", entry.name, kind, entry.by)


def _surroundings(article: Article, found: GroupFindings, hits: Sequence[LexiconHit]) -> _Surroundings:
    settings = found.settings
    cuts, stops, generic = _patterns(tuple(settings["keep"]), tuple(settings["stop"]), tuple(settings["generic"]))
    return _Surroundings(
        folded=article.folded,
        found=found,
        hits=hits,
        starts=[hit.start for hit in hits],
        by_end={hit.end: hit for hit in hits},
        cuts=cuts,
        stops=stops,
        generic=generic,
        titles=[hit.start for hit in hits if hit.entry.lexicon == "titles"],
    )


@lru_cache(maxsize=4)
def _patterns(
    keep: tuple[str, ...], stop: tuple[str, ...], generic: tuple[str, ...]
) -> tuple[re.Pattern[str], frozenset[str], re.Pattern[str]]:
    """A pattern of the words that cut or never cut, the words that cut, and a pattern of stems too general."""
    return re.compile(_either((*keep, *stop))), frozenset(stop), re.compile(f"(?:{_either(generic)}){{0,12}}")


def _either(words: tuple[str, ...]) -> str:
    """An alternation by first characters: ``re`` walks through few branches; of two words the longer is tried first."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))


def _stated(match: Match) -> _Found:
    kind = match.rule.fields["type"]
    return _Found(match.start, match.end, kind, None, kind, match.rule.id)


def _local_organ(match: Match, around: _Surroundings) -> _Found | None:
    settings = around.found.settings
    kind = "party" if match.text.startswith(tuple(settings["party_organs"])) else "government"
    start = _chain_of_places(match.start, around)
    is_whole = match.text.startswith(tuple(settings["whole_governments"]))
    if start is None and match.start and around.folded[match.start - 1] in settings["levels"]:
        start = _unlisted_place(match.start - 1, around, is_whole=is_whole, is_party=kind == "party")
    return None if start is None else _Found(start, match.end, "", None, kind, match.rule.id)


def _by_suffix(match: Match, around: _Surroundings) -> _Found | None:
    start = _left_end(match, around)
    if start == match.start and (number := around.found.cues["item-number"].search(match.text)):
        start += number.end()
    if start is None or not _is_closed(around.folded, start, match.end):
        return None
    return _Found(start, match.end, "", None, match.rule.fields["type"], match.rule.id)


def _is_closed(folded: str, start: int, end: int) -> bool:
    """Whether every bracket that opens in the name closes in it."""
    name = folded[start:end]
    return name.count("(") + name.count("（") == name.count(")") + name.count("）")


def _unit(match: Match, owners: Mapping[int, _Found], around: _Surroundings) -> _Found | None:
    """A unit with the name of its organisation: the nearest one before the suffix from which a stem runs on."""
    suffix = (match.span("suffix") or (match.end, match.end))[0]
    for end in range(suffix, match.start + 1, -1):
        owner = owners.get(end)
        if owner is not None and owner.type not in {"group", "phrase", "meeting_body"}:
            if not _is_unit_stem(end, suffix, around) or not _is_closed(around.folded, owner.start, match.end):
                return None
            kind = (
                "research"
                if owner.type == "university" and match.text.endswith(tuple(around.found.settings["research_units"]))
                else ""
            )
            return _Found(owner.start, match.end, "", None, kind or match.rule.fields["type"], match.rule.id)
    return None


def _chain_of_places(end: int, around: _Surroundings) -> int | None:
    """Where the places that stand directly before ``end`` begin, 中共 before them included."""
    start = end
    while (hit := around.by_end.get(start)) is not None and hit.entry.lexicon in _PLACES:
        start = hit.start
    if start == end:
        return None
    before = max(0, start - 2)
    return before if around.folded[before:start] in around.found.settings["before_place"] else start


def _unlisted_place(level: int, around: _Surroundings, *, is_whole: bool, is_party: bool) -> int | None:
    """Where a place that no lexicon lists begins: two or three characters after an edge or a cutting word, then 市.

    省, 市, 区 alone begin the name where local texts speak of their own organs: 由|市财政局.
    """
    folded = around.folded
    low = level
    while low > max(0, level - _LONGEST_PLACE) and "\u4e00" <= folded[low - 1] <= "\u9fff":
        low -= 1
    at_edge = low == 0 or level - low < _LONGEST_PLACE
    after = _after_cuts(low, level, (), around)
    if not at_edge and after == low:
        return None
    if level == after:
        return None if is_whole or (level and folded[level - 1] in around.found.settings["every"]) else level
    name = folded[after:level]
    return after if len(name) in {2, 3} and not is_party and not around.found.cues["no-place"].search(name) else None


def _left_end(match: Match, around: _Surroundings) -> int | None:
    """Where the name begins: at the first name of a lexicon after the last cutting word, or right after that word."""
    suffix = (match.span("suffix") or (match.end, match.end))[0]
    inside = around.hits[bisect_left(around.starts, match.start) : bisect_left(around.starts, match.end)]
    low = _after_cuts(match.start, suffix, inside, around)
    for hit in inside:
        if hit.start < low or hit.entry.lexicon == "titles" or hit.end > match.end:
            continue
        if hit.start > low and around.folded[hit.start - 1] in "(（":
            break
        is_short = suffix - hit.end < _SAYS_ENOUGH
        if is_short and hit.entry.lexicon in _PLACES and around.generic.fullmatch(around.folded, hit.end, suffix):
            return None
        return hit.start
    return low if _is_stem(low, suffix, match, around) else None


def _is_unit_stem(start: int, end: int, around: _Surroundings) -> bool:
    """Whether ``start..end`` may stand between an organisation's name and the suffix of its unit."""
    words = (found.group() for found in around.cuts.finditer(around.folded, start, end))
    soft = around.found.settings["soft"]
    if any(word in around.stops and word not in soft for word in words):
        return False
    return bisect_left(around.titles, start) == bisect_left(around.titles, end)


def _after_cuts(start: int, end: int, inside: Sequence[LexiconHit], around: _Surroundings) -> int:
    """Where a name that ends at ``end`` can begin at the earliest: after cutting words, titles and open brackets."""
    folded = around.folded
    low, offices = start, tuple(around.found.settings["offices"])
    covered = [(hit.start, hit.end) for hit in inside if hit.entry.lexicon != "titles"]
    # A word that never cuts may run on into the suffix: 联合实验室.
    for found in around.cuts.finditer(folded, start, end + _RUNS_ON):
        cuts = found.end() <= end and found.group() in around.stops
        if cuts and not any(a <= found.start() and found.end() <= b for a, b in covered):
            low = found.end()
    for hit in inside:
        if hit.entry.lexicon == "titles" and hit.end <= end and not folded.startswith(offices, hit.end):
            low = max(low, hit.end)
    return _after_open_bracket(folded, low, end)


def _after_open_bracket(folded: str, low: int, end: int) -> int:
    depth: list[int] = []
    if not _BRACKETS.search(folded, low, end):
        return low
    for place in range(low, end):
        if folded[place] in "(（":
            depth.append(place)
        elif folded[place] in ")）":
            if not depth:
                low = place + 1
            else:
                depth.pop()
    return depth[0] + 1 if depth else low


def _is_stem(low: int, suffix: int, match: Match, around: _Surroundings) -> bool:
    """Whether a stem without any known name is one: of the right length, not general words alone, at a clear edge."""
    fields = match.rule.fields
    if not fields.get("bare", True):
        return False
    stem = around.folded[low:suffix]
    if not fields["least"] <= len(stem) <= fields["most"] or around.generic.fullmatch(stem):
        return False
    before = around.folded[low - 1] if low else "\n"
    is_edge = low == match.start and not _is_word(before)
    if fields.get("strict", False):
        return is_edge or before in around.found.settings["joins"]
    return is_edge or not fields.get("edge", False) or low > match.start


def _is_word(character: str) -> bool:
    return character.isalnum()


def _disjoint(found: Sequence[_Found], article: Article) -> list[_Found]:
    """The places that remain if the leftmost and longest wins; inside the title of a document none counts."""
    titled = Stretches(match.span() for match in find_pattern(article.folded, article.body, _TITLED))
    kept: list[_Found] = []
    reached = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.type != "phrase")):
        if one.start < reached:
            continue
        title = titled.holding(one.start, one.end)
        if title is None or title[1] - title[0] <= one.end - one.start + 2:
            kept.append(one)
            reached = one.end
    return kept


def _with_short_names(
    article: Article, group: GroupFindings, found: list[_Found], bound: Sequence[Match]
) -> list[_Found]:
    """The places found and those of short names: bound by the page, or the heart of a firm's full name."""
    taken = Stretches((one.start, one.end) for one in found)
    ends = {one.end: one for one in found}
    short_names = dict(_bound_names(group, ends, bound))
    hearts = {article.folded[one.start : one.end]: one for one in reversed(found) if not one.key}
    hearts |= dict(_hearts(article.folded, group, found))
    added: list[_Found] = []
    owners = {**hearts, **short_names}
    places = find_many(article.folded, article.body, list(owners))
    for words, owner in sorted(owners.items(), key=lambda pair: -len(pair[0])):
        for start, end in places[words]:
            if start >= owner.start and not taken.touching(start, end):
                taken.add(start, end)
                key = owner.key or article.folded[owner.start : owner.end]
                added.append(_Found(start, end, key, owner.canonical, owner.type, "organisation.short-name"))
    return sorted(found + added, key=lambda one: one.start)


def _bound_names(
    group: GroupFindings, ends: Mapping[int, _Found], bound: Sequence[Match]
) -> Iterator[tuple[str, _Found]]:
    for match in bound:
        owner = ends.get(match.start)
        short = (match.group("short") or "").strip()
        if owner is not None and short not in group.settings["no_short_names"] and len(short) >= 2:
            yield short, owner


def _hearts(folded: str, group: GroupFindings, found: Sequence[_Found]) -> Iterator[tuple[str, _Found]]:
    """The stem of every firm's full name without the place before it: 深圳市启衡电子股份有限公司 gives 启衡电子."""
    for one in found:
        if one.type in _FIRMS:
            name = folded[one.start : one.end]
            heart = group.cues["corporate-form"].sub("", name)
            whole, heart = heart == name, group.cues["place-of-firm"].sub("", heart)
            if not whole and len(heart) >= 4:
                yield heart, one


def _merged(article: Article, found: Sequence[_Found], group: GroupFindings) -> tuple[Organisation, ...]:
    owners = _firms_by_short_name(article.folded, found, group)
    groups: dict[str, list[_Found]] = {}
    for one in found:
        words = article.folded[one.start : one.end]
        groups.setdefault(owners.get(words) or one.key or words, []).append(one)
    return tuple(_organisation(article, group) for group in groups.values())


def _firms_by_short_name(folded: str, found: Sequence[_Found], group: GroupFindings) -> dict[str, str]:
    """Short name of a lexicon → the full name on this page that begins with it (after its place)."""
    full = [folded[one.start : one.end] for one in found if not one.key]
    firms = {name for name in full if group.cues["corporate-form"].search(name)}
    short = {folded[one.start : one.end] for one in found if one.key}
    return {
        words: name
        for name in sorted(firms)
        for words in sorted(short)
        if len(words) >= 3 and words != name and words in name[: len(words) + 4]
    }


def _organisation(article: Article, group: Sequence[_Found]) -> Organisation:
    first = group[0]
    mentions = tuple((one.start, one.end) for one in group)
    name = article.text[first.start : first.end]
    canonical = next((one.canonical for one in group if one.canonical), None)
    return Organisation(
        name=name,
        canonical=canonical,
        type=first.type,
        evidence=cite(article.text, first.start, first.end),
        mentions=mentions,
        parts={"name": mentions[:1]},
        by=first.by,
    )
