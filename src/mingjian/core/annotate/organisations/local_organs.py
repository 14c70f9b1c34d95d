"""Organs of a place: the place directly before them, the head of the list they stand in, or their level alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mingjian.core.annotate.organisations.found import Found
from mingjian.core.annotate.organisations.surroundings import Surroundings, after_cuts, is_edge
from mingjian.core.model.span import Span, cite
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.place_names import code_of

_LONGEST_PLACE = 6
_LONGEST_LIST = 8


def local_organs(matches: Iterable[Match], around: Surroundings) -> Iterator[Found]:
    """The organs of places, in page order; the later ones of a list belong to the place of the first."""
    heads: dict[int, Found] = {}
    for match in matches:
        one = _local_organ(match, heads, around)
        if one is not None:
            heads[one.end] = one
            yield one


def _local_organ(match: Match, heads: dict[int, Found], around: Surroundings) -> Found | None:
    start, code = _chain_of_places(match.start, around)
    zone = match.span("zone")
    if start is None and zone is not None:  # a zone that a lexicon lists with its place holds the words of the match
        start, code = _chain_of_places(zone[0], around)
    if start is not None:
        return _branch(match, start, code, around) or _found(match, start, code, None, around)
    level = _level_before(match.start, around)
    begin = match.start - len(level)
    head = _head_of_list(begin, heads, around)
    if head is not None and (not level or _may_share(level, head.place, around)):
        told = head.place not in around.found.settings["levels_of"]
        support = head.support or (cite(around.article.text, *head.pair) if told else None)
        return _found(match, begin, head.place, support, around)
    if not level:
        return _bare(match, around)
    first = _unlisted_place(begin, match, around) if len(level) == 1 else begin
    if first == begin and around.found.cues["of-every"].search(around.folded, max(0, begin - _LONGEST_LIST), begin):
        return None
    return None if first is None else _found(match, first, level if first == begin else "", None, around)


def _level_before(end: int, around: Surroundings) -> str:
    """The word of a level of government that ends at ``end``: 省, 市, 自治区."""
    settings = around.found.settings
    for word in settings["long_levels"]:
        if around.folded.endswith(word, 0, end):
            return str(word)
    level = around.folded[end - 1 : end]
    return level if level and level in settings["levels"] else ""


def _branch(match: Match, start: int, code: str, around: Surroundings) -> Found | None:
    """The local branch of a central body, with the body's name: 国家税务总局青禾市税务局."""
    body = around.by_end.get(start)
    if body is None or body.entry.id not in around.found.settings["with_branches"]:
        return None
    return Found(body.start, match.end, "", None, "government", match.rule.id, place=code)


def bodies_of_places(matches: Iterable[Match], around: Surroundings) -> Iterator[Found]:
    """The bodies whose place in China stands directly before the match and begins their name: 江苏|移动."""
    for match in matches:
        hit = around.by_end.get(match.start)
        stem = match.span("stem") or (match.start, match.start)
        if hit is None or after_cuts(*stem, (), around) > match.start:
            continue
        # An area of several provinces may stand in the midst of a name: 青禾|长三角科创基金.
        is_head = code_of(hit.entry.id) is not None or is_edge(around.folded, hit.start)
        if is_head and around.is_place(hit) and hit.entry.lexicon != "countries":
            yield Found(hit.start, match.end, "", None, match.rule.fields["type"], match.rule.id)


def foreign_organs(matches: Iterable[Match], around: Surroundings) -> Iterator[Found]:
    """The organs of other countries that stand directly before them: 秘鲁文化部, 中国驻秘鲁大使馆."""
    for match in matches:
        hit, home = around.by_end.get(match.start), around.found.settings["home"]
        if hit is None or hit.entry.lexicon != "countries":
            continue
        if hit.entry.id not in home or match.rule.fields.get("at_home", False):
            start = match.start if match.rule.fields.get("outside", False) else hit.start
            yield Found(start, match.end, "", None, match.rule.fields["type"], match.rule.id)


def _found(match: Match, start: int, place: str, support: Span | None, around: Surroundings) -> Found:
    kind = _kind(match.text, around.found.settings)
    return Found(start, match.end, "", None, kind, match.rule.id, place=place, organ=match.text, support=support)


def _kind(organ: str, settings: Mapping[str, Any]) -> str:
    if organ.startswith(tuple(settings["party_organs"])):
        return "party"
    return next((kind for kind, words in settings["organ_types"].items() if organ.endswith(tuple(words))), "government")


def _chain_of_places(end: int, around: Surroundings) -> tuple[int | None, str]:
    """Where the places directly before ``end`` begin, 中共 before them included, and the code of the last."""
    start, code = end, ""
    while (hit := around.by_end.get(start)) is not None and around.is_place(hit):
        if code and not _leads(hit, around):
            break
        code = code or around.places.named[hit.start, hit.end][0]
        start = hit.start
    if start == end:
        start, code = _place_and_level(end, around)
    if start == end:
        return None, ""
    for word in around.found.settings["before_place"]:
        if around.folded.endswith(word, 0, start):
            return start - len(word), code
    return start, code


def _leads(hit: LexiconHit, around: Surroundings) -> bool:
    """Whether a place before a place belongs to the organ's name: 北京市|海淀区, but not 张家口|崇礼区."""
    return hit.surface == hit.entry.name or len(hit.entry.name) - len(hit.surface) > 1


def _place_and_level(end: int, around: Surroundings) -> tuple[int, str]:
    """The same where a longer name of another lexicon hides the level: 吉林|省委书记, 上海|市长."""
    level = around.folded[end - 1] if end else ""
    hit = around.by_end.get(end - 1)
    if hit is None or level not in around.found.settings["levels"] or not around.is_place(hit):
        return end, ""
    if hit.entry.name != hit.surface + level:
        return end, ""
    before, _ = _chain_of_places(hit.start, around)
    return hit.start if before is None else before, around.places.named[hit.start, hit.end][0]


def _head_of_list(begin: int, heads: dict[int, Found], around: Surroundings) -> Found | None:
    """The organ before in a list whose place the next ones share: 江苏省科技厅、财政厅."""
    if begin < 2 or around.folded[begin - 1] not in around.found.settings["joins"]:
        return None
    head = heads.get(begin - 1)
    return head if head is not None and head.place else None


def _may_share(level: str, place: str, around: Surroundings) -> bool:
    """Whether the level, printed again, is that of the head's place: 苏州市委、市政府, but not 苏州市委、省政府."""
    if place in around.found.settings["levels_of"]:
        return place == level
    entry = around.places.gazetteer.get(place)
    return entry is not None and entry.name.endswith(level)


def _bare(match: Match, around: Surroundings) -> Found | None:
    """An organ without any place that is never said of many: 发改委, 科技厅, at an edge or after a word that cuts."""
    settings, start = around.found.settings, match.start
    if match.text not in settings["bare_organs"] and not match.text.endswith(tuple(settings["bare_endings"])):
        return None
    before = around.folded[max(0, start - 4) : start]
    if before.endswith(tuple(settings["many"])):
        return None
    at_edge = is_edge(around.folded, start) or after_cuts(max(0, start - 4), start, (), around) == start
    level = next((ending for ending in settings["bare_endings"] if match.text.endswith(ending)), "")
    return _found(match, start, level, None, around) if at_edge else None


def _unlisted_place(level: int, match: Match, around: Surroundings) -> int | None:
    """Where a place that no lexicon lists begins: two or three characters after an edge or a cutting word, then 市.

    省, 市, 区 alone begin the name where local texts speak of their own organs: 由|市财政局.
    """
    folded, settings = around.folded, around.found.settings
    low = level
    while low > max(0, level - _LONGEST_PLACE) and "\u4e00" <= folded[low - 1] <= "\u9fff":
        low -= 1
    at_edge = low == 0 or level - low < _LONGEST_PLACE
    after = after_cuts(low, level, (), around)
    if not at_edge and after == low:
        return None
    if level == after:
        is_whole = match.text in settings["whole_governments"]
        return None if is_whole else level
    is_party = match.text.startswith(tuple(settings["party_organs"]))
    name = folded[after:level]
    return after if len(name) in {2, 3} and not is_party and not around.found.cues["no-place"].search(name) else None
