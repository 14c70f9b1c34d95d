"""Units with the name of their organisation: 南京大学商学院, 国务院国资委科创局."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from mingjian.core.annotate.organisations.found import Found
from mingjian.core.annotate.organisations.surroundings import Surroundings, is_closed, name_end
from mingjian.core.text.matching import Match

_NO_OWNERS = frozenset({"group", "phrase", "meeting_body"})


def unit_of(match: Match, owners: Mapping[int, Found], around: Surroundings) -> Found | None:
    """A unit with the name of its organisation: the nearest one before the suffix from which a stem runs on."""
    suffix = (match.span("suffix") or (match.end, match.end))[0]
    for end in range(suffix, match.start - 1, -1):
        owner = owners.get(end)
        if owner is not None and owner.type not in _NO_OWNERS:
            return _unit(match, owner, suffix, around)
    return None


def _unit(match: Match, owner: Found, suffix: int, around: Surroundings) -> Found | None:
    fields, settings = match.rule.fields, around.found.settings
    owned = fields.get("owners")
    if owned and owner.type not in owned:
        return None
    joins = fields.get("joins", True)
    if suffix - owner.end > fields.get("most", suffix) or not _is_stem(owner.end, suffix, around, joins=joins):
        return None
    end = name_end(match)
    if not is_closed(around.folded, owner.start, end):
        return None
    kind, words = fields["type"], around.folded[owner.start : end]
    if owner.type == "university" and words.endswith(tuple(settings["research_units"])):
        kind = "research"
    if words.endswith(tuple(settings["institution_units"])):
        kind = "institution"
    return Found(owner.start, end, "", None, kind, match.rule.id)


def _is_stem(start: int, end: int, around: Surroundings, *, joins: bool) -> bool:
    """Whether ``start..end`` may stand between an organisation's name and the suffix of its unit."""
    folded, settings = around.folded, around.found.settings
    soft = settings["soft"]
    words = [(found.group(), found.end()) for found in around.cuts.finditer(folded, start, end)]
    if any(word in around.stops and word not in soft for word, _ in words):
        return False
    # 甲大学和|乙市学院: what a word of joining leads to is a name of its own, and no part of the unit.
    if _leads_on(start, end, around):
        return False
    led_to = {end for word, end in words if word in settings["joining_words"]}
    if led_to and not joins:
        return False
    if any(hit.start in led_to and hit.entry.lexicon != "titles" for hit in around.hits_between(start, end)):
        return False
    return bisect_left(around.titles, start) == bisect_left(around.titles, end)


def _leads_on(start: int, end: int, around: Surroundings) -> bool:
    """Whether a word of joining stands right after the owner and a name of its own follows: 甲大学和|乙丙|研究院."""
    word = next((word for word in around.found.settings["leading"] if around.folded.startswith(word, start)), "")
    rest = start + len(word)
    return bool(word) and end - rest > 1 and not around.generic.fullmatch(around.folded, rest, end)
