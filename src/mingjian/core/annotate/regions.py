"""Places that the body names, with their codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Region
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.place_names import Places, code_of
from mingjian.core.text.places import Stretches

_HOME = "156"  # China: named everywhere and so saying nothing
_OF_A_PLACE = frozenset({"government", "party"})  # organs that stand for their place: 深圳市财政局 names 深圳


def annotate_regions(
    article: Article, found: GroupFindings, places: Places, organisations: Sequence[Organisation]
) -> tuple[Region, ...]:
    """The regions that the body names, in order of first mention; not those inside the name of a firm or school."""
    others = Stretches(mention for named in organisations if not _is_of_a_place(named) for mention in named.mentions)
    organs = Stretches(mention for named in organisations if _is_of_a_place(named) for mention in named.mentions)
    grouped: dict[str, list[tuple[Pair, str]]] = {}
    for code, pair, rule in sorted(_named(found.matches, places, organs), key=lambda place: place[1]):
        if code != _HOME and others.holding(*pair) is None:
            grouped.setdefault(code, []).append((pair, rule))
    return tuple(_region(article, code, places, found.matches) for code, places in grouped.items())


def _is_of_a_place(named: Organisation) -> bool:
    return named.region is not None or named.type in _OF_A_PLACE


def _named(matches: Sequence[Match], places: Places, organs: Stretches) -> Iterator[tuple[str, Pair, str]]:
    for pair, (key, by) in places.named.items():
        # A zone is no level of government: the organ that is named after it stands for itself.
        entry = places.gazetteer.get(key)
        if entry is None or entry.fields.get("level") != "zone" or organs.holding(*pair) is None:
            yield key, pair, by
    for match in matches:
        place = match.span("place")
        if place is not None:
            yield match.rule.fields["code"], place, match.rule.id


def _region(article: Article, code: str, found: Sequence[tuple[Pair, str]], matches: Sequence[Match]) -> Region:
    """One region: its shortest printed name, or that of the rule where the page prints only an abbreviation."""
    mentions = tuple(pair for pair, _ in found)
    spelled = [(pair, rule) for pair, rule in found if rule.startswith("lexicon.")]
    (start, end), rule = min(spelled or found, key=lambda place: place[0][1] - place[0][0])
    named = {match.rule.id: match.rule.fields["name"] for match in matches}
    return Region(
        name=article.text[start:end] if spelled else named[rule],
        code=code_of(code),
        evidence=cite(article.text, *mentions[0]),
        mentions=mentions,
        parts={"name": ((start, end),)},
        by=rule,
    )
