"""Names of stem and suffix: the left end is found at a known name or after the last word that cuts."""

from __future__ import annotations

import msgspec

from mingjian.core.annotate.organisations.found import Found
from mingjian.core.annotate.organisations.lexicon_names import from_lexicon, is_listed
from mingjian.core.annotate.organisations.surroundings import (
    Surroundings,
    after_cuts,
    begins_name,
    is_closed,
    is_edge,
    name_end,
)
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.place_names import code_of

_SENTENCE_ENDS = "。！？!?"  # a form of writing, no words
_PROVINCE, _DIGITS = "0000", 6
_LEAD = 4
_ODD = 3  # a stem of so many characters may be one and a plain word: 大|模型
_SAYS_ENOUGH = 4  # general words after a place that name one thing: 江苏省|智能制造产业|联盟, but not 全国|重点|实验室


def by_suffix(match: Match, around: Surroundings) -> Found | None:
    """The organisation whose suffix the rule found, with its whole name; ``None`` where the words name none."""
    if not _is_licensed(match, around):
        return None
    start, end = _left_end(match, around), name_end(match)
    if start == match.start and (number := around.found.cues["item-number"].search(match.text)):
        start += number.end()
    if start is None or not is_closed(around.folded, start, end):
        return None
    if match.rule.fields.get("brand", False) and not _is_brand(start, match, around):
        return None
    listed = _listed(start, end, around)
    if listed is not None:
        return listed
    return Found(start, end, "", None, match.rule.fields["type"], match.rule.id)


def _is_licensed(match: Match, around: Surroundings) -> bool:
    """Whether the sentence holds the words without which the rule's names are none."""
    licence = match.rule.fields.get("licence")
    return licence is None or _sentence_has(licence, match, around)


def _sentence_has(cue: str, match: Match, around: Surroundings) -> bool:
    folded = around.folded
    start, end = 0, len(folded)
    for mark in _SENTENCE_ENDS:  # each no farther than the one before: a mark that is rare is not looked for all over
        start = max(start, folded.rfind(mark, start, match.start) + 1)
        place = folded.find(mark, match.end, end)
        end = place if place > 0 else end
    return around.found.cues[cue].search(folded, start, end) is not None


def _listed(start: int, end: int, around: Surroundings) -> Found | None:
    """The body of a lexicon that the words name with a country before it or 公司 after it: 美国苹果公司, 微软公司."""
    settings = around.found.settings
    for hit in around.hits_between(start, end):
        if not is_listed(hit, settings):
            continue
        before = around.by_end.get(hit.start)
        of_country = before is not None and before.start == start and before.entry.lexicon == "countries"
        if hit.end == end and (of_country or hit.start == start):
            at_home = before is not None and before.entry.id in settings["home"]
            return msgspec.structs.replace(from_lexicon(hit, settings), start=start if at_home else hit.start)
        if hit.start == start and around.folded[hit.end : end] in settings["plain_forms"]:
            return msgspec.structs.replace(from_lexicon(hit, settings), end=end)
    return None


def _left_end(match: Match, around: Surroundings) -> int | None:
    """Where the name begins: at the first name of a lexicon after the last cutting word, or right after that word."""
    suffix = (match.span("suffix") or (match.end, match.end))[0]
    inside = around.hits_between(match.start, match.end)
    whole = match.rule.fields.get("whole", False)
    low = after_cuts(match.start, suffix, inside, around, mild=match.rule.fields.get("mild", ""))
    for hit in inside:
        if hit.start < low or hit.entry.lexicon == "titles" or hit.end > match.end:
            continue
        if hit.start > low and around.folded[hit.start - 1] in "(（":
            break
        is_short = suffix - hit.end < match.rule.fields.get("says_enough", _SAYS_ENOUGH)
        says_little = around.is_place(hit) or hit.entry.lexicon == "state_bodies"
        if hit.end == suffix and _is_named_by(hit, match):
            return hit.start
        if _is_one_of_place(hit, suffix, match, around):
            return hit.start
        if is_short and not whole and says_little and around.generic.fullmatch(around.folded, hit.end, suffix):
            return None
        if _stands_outside(hit, suffix, match, around):
            return hit.end
        return low if whole and _begins_before(hit, low, match, around) else _with_prefix(hit, around)
    return low if _is_stem(low, suffix, match, around) else None


def _is_brand(start: int, match: Match, around: Surroundings) -> bool:
    """Whether what stands between a place at the head and the suffix is no plain word: 青禾, but not 国产, 数据标注."""
    end = (match.span("suffix") or (match.end, match.end))[0]
    for hit in around.hits_between(start, end):
        if not around.is_place(hit) or hit.start != start:
            return False
        start = hit.end
    stem, plain = around.folded[start:end], around.plain
    if not match.rule.fields["least"] <= len(stem) <= match.rule.fields["most"]:
        return False
    if (stem[:2] in plain and not begins_name(start, around)) or (len(stem) == _ODD and stem[1:] in plain):
        return False
    return around.generic.fullmatch(stem) is None


def _is_one_of_place(hit: LexiconHit, suffix: int, match: Match, around: Surroundings) -> bool:
    """Whether general words after a place of China name the one body of their kind there: 青禾|师范|大学."""
    kind = match.rule.fields.get("one_of_place")
    if kind is None or around.folded[hit.end : suffix] not in around.found.settings["one_of_place"][kind]:
        return False
    code = code_of(hit.entry.id)
    return around.is_place(hit) and code is not None and len(code) == _DIGITS


def _is_named_by(hit: LexiconHit, match: Match) -> bool:
    """Whether a place of China alone is the name: 青禾|大学, 青禾|农商银行."""
    code = code_of(hit.entry.id) if match.rule.fields.get("of_place", False) else None
    return code is not None and len(code) == _DIGITS


def _stands_outside(hit: LexiconHit, suffix: int, match: Match, around: Surroundings) -> bool:
    """Whether a country or province before a name of its own only says where it is: 秘鲁|青禾大学.

    Where a sentence tells degrees, the country is printed as a part of the school's name.
    """
    kind, end = match.rule.fields.get("outside"), hit.end
    if kind is None or suffix - end < match.rule.fields.get("outside_least", 2):
        return False
    home = around.found.settings["home"]
    is_country = hit.entry.lexicon == "countries" and hit.entry.id not in home
    is_province = (code := code_of(hit.entry.id)) is not None and code.endswith(_PROVINCE)
    general = around.generic.match(around.folded, end, suffix)
    if not {"country": is_country, "province": is_province}[kind] or (general is not None and general.end() > end):
        return False
    return not _sentence_has("degree", match, around)


def _with_prefix(hit: LexiconHit, around: Surroundings) -> int:
    """Where a name begins that has the words of two countries before it: 中意|宁波, 中国—|东盟."""
    settings = around.found.settings
    listed = [*settings["linked"], *(settings["pairs"] if around.is_place(hit) else ())]
    return hit.start - len(next((word for word in listed if around.folded.endswith(word, 0, hit.start)), ""))


def _begins_before(hit: LexiconHit, low: int, match: Match, around: Surroundings) -> bool:
    """Whether a full name begins before a name of a lexicon in its midst: 青禾|欧洲有限公司."""
    if not 1 < hit.start - low <= _LEAD or around.generic.fullmatch(around.folded, low, hit.start):
        return False
    if around.is_place(hit):  # a city begins a firm's name, an area of the world may stand in its midst
        return is_edge(around.folded, low) and code_of(hit.entry.id) is None
    return is_edge(around.folded, low) or low > match.start


def _is_stem(low: int, suffix: int, match: Match, around: Surroundings) -> bool:
    """Whether a stem without any known name is one: of the right length, not general words alone, at a clear edge."""
    fields = match.rule.fields
    if not fields.get("bare", True):
        return False
    stem = around.folded[low:suffix]
    if not fields["least"] <= len(stem) <= fields["most"] or around.generic.fullmatch(stem):
        return False
    at_edge = low == match.start and is_edge(around.folded, low)
    if fields.get("strict", False):
        return at_edge or (low > 0 and around.folded[low - 1] in around.found.settings["joins"])
    return at_edge or not fields.get("edge", False) or low > match.start
