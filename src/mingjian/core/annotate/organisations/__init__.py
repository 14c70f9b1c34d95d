"""Organisations that the body names: lexicons, suffix rules, and short names that the text itself binds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mingjian.core.annotate.organisations.brands import branded
from mingjian.core.annotate.organisations.firm_lists import firms_beside, listed_firms
from mingjian.core.annotate.organisations.found import Found, Setting
from mingjian.core.annotate.organisations.lexicon_names import listed_names
from mingjian.core.annotate.organisations.local_organs import bodies_of_places, foreign_organs, local_organs
from mingjian.core.annotate.organisations.merging import disjoint, merged
from mingjian.core.annotate.organisations.resolving import resolved
from mingjian.core.annotate.organisations.short_names import with_short_names
from mingjian.core.annotate.organisations.suffixes import by_suffix
from mingjian.core.annotate.organisations.surroundings import Surroundings, surroundings
from mingjian.core.annotate.organisations.units import unit_of
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation
from mingjian.core.model.span import Pair
from mingjian.core.rulebook.nouns import Entry
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.place_names import Places

_NAMES = ("name", "latin", "quoted")  # the groups that hold the name where a rule takes words before it along
_OF_ONE = frozenset({"group", "phrase"})  # 央企, 中央企业, 国资央企: one group by any of its names

__all__ = ["Setting", "annotate_organisations"]


def annotate_organisations(
    article: Article,
    found: GroupFindings,
    hits: Sequence[LexiconHit],
    places: Places,
    bodies: Mapping[str, Entry],
    setting: Setting,
) -> tuple[Organisation, ...]:
    """The organisations that the body names, in order of first mention.

    ``bodies`` are the state bodies by entity, for bare names that turn out to mean one.
    """
    around = surroundings(article, found, hits, places, bodies, setting)
    by_anchor: dict[str, list[Match]] = {}
    for match in found.matches:
        by_anchor.setdefault(match.rule.fields["anchor"], []).append(match)
    names = list(listed_names(around))
    names += [_stated(match) for match in by_anchor.get("none", ())]
    names += local_organs(by_anchor.get("region", ()), around)
    names += bodies_of_places(by_anchor.get("place", ()), around)
    names += foreign_organs(by_anchor.get("country", ()), around)
    names += [one for match in by_anchor.get("any", ()) if (one := by_suffix(match, around)) is not None]
    names += branded(by_anchor.get("brand", ()), around)
    described = _described(by_anchor.get("none", ()), names, around)
    names = [one for one in names if one.end not in described or one.by not in found.settings["describing"]]
    names += firms_beside(by_anchor.get("beside", ()), names, around)
    names += listed_firms(by_anchor.get("list", ()), names, around)
    owners = {one.end: one for one in sorted(names, key=lambda one: -one.start)}
    names += [one for match in by_anchor.get("organisation", ()) if (one := unit_of(match, owners, around)) is not None]
    kept = [one for one in disjoint(names, article) if one.type != "phrase"]
    kept = with_short_names(kept, by_anchor.get("bracket", ()), around)
    return merged(resolved(kept, around), by_anchor.get("any", ()), around)


def _described(matches: Iterable[Match], names: Iterable[Found], around: Surroundings) -> set[int]:
    """Where words can end that say what a firm is before its name: 秘鲁软件公司|甲科技有限公司."""
    folded = around.folded
    starts = [start for match in matches if (start := _name_span(match)[0]) > match.start]
    bare = {start if folded[start - 1].isalnum() else start - 1 for start in starts}
    return bare | {one.start for one in names if one.type == "company"}


def _name_span(match: Match) -> Pair:
    """The group that holds the name, or the whole match."""
    spans = (match.span(group) for group in _NAMES)
    return next((span for span in spans if span is not None), (match.start, match.end))


def _stated(match: Match) -> Found:
    kind = match.rule.fields["type"]
    key = kind if kind in _OF_ONE else ""
    start, end = _name_span(match)
    return Found(start, end, key, None, kind, match.rule.id)
