"""What every place that names a document is read against, and one such place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, RelationType
from mingjian.core.model.span import Pair
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.sentences import sentence_at

_COUNTRY = 3  # digits in the code of a country
_REPORTS = frozenset({"work_report", "report_again"})
_NO_ISSUERS = frozenset({"media", "group"})


class Named(msgspec.Struct, frozen=True, gc=False):
    """One place that names a document, or points to one (``kind`` ``back-reference`` or ``own-reference``).

    ``whole`` stands with its marks, ``title`` without, ``words`` are those of the title, folded; ``forms`` are the
    titles that shorter ones may be the end of, the title's own without brackets first. ``notice`` is the title of the
    notice that issues the document. A document inside the title of another has the other's place as
    ``outer`` and, as ``role``, what the other does to it. ``owner`` is whose it is, if words before it say so.
    """

    whole: Pair
    title: Pair
    words: str
    key: str
    kind: str
    by: str
    forms: tuple[str, ...]
    year: Pair | None = None
    notice: Pair | None = None
    outer: Pair | None = None
    role: RelationType | None = None
    owner: Pair | None = None


class Context(msgspec.Struct, frozen=True):
    """What stands round titles: matches by kind, acts and relations by the offset of the title they touch, names."""

    article: Article
    cues: Mapping[str, re.Pattern[str]]
    settings: Mapping[str, Any]
    by_kind: Mapping[str, Sequence[Match]]
    acts: Mapping[int, Match]
    acts_after: Mapping[int, Match]
    relations: Mapping[int, Match]
    relations_after: Mapping[int, Match]
    issuers: Sequence[Pair]
    regions: Sequence[Pair]
    owners: frozenset[str]
    congress: Pair | None
    owners_begin: frozenset[int]
    owners_end: frozenset[int]
    local: frozenset[str]
    times: Sequence[TimeExpression]
    anchor: Anchor

    def words(self, pair: Pair) -> str:
        """The folded words of a stretch."""
        return self.article.folded[pair[0] : pair[1]]

    def sentence(self, place: int) -> Pair:
        """The sentence that holds the place; the place alone where none does."""
        found = sentence_at(self.article.sentences, place)
        return (found.start, found.end) if found is not None else (place, place)


def context_of(
    article: Article, found: GroupFindings, names: Names, times: Sequence[TimeExpression], anchor: Anchor
) -> Context:
    """The context of one page."""
    by_kind: dict[str, list[Match]] = {}
    for match in found.matches:
        by_kind.setdefault(match.rule.fields["kind"], []).append(match)
    issuers = _places(one.mentions for one in names.organisations if one.type not in _NO_ISSUERS)
    regions = _places(one.mentions for one in names.regions)
    local = _places(one.mentions for one in names.regions if one.code is None or len(one.code) > _COUNTRY)
    return Context(
        article=article,
        cues=found.cues,
        settings=found.settings,
        by_kind=by_kind,
        acts=_longest_by_end(by_kind.get("act", ())),
        acts_after={match.start: match for match in by_kind.get("act-after", ())},
        relations=_longest_by_end(by_kind.get("relation", ())),
        relations_after={match.start: match for match in by_kind.get("relation-after", ())},
        issuers=issuers,
        regions=regions,
        owners=frozenset(article.folded[start:end] for start, end in (*issuers, *regions)),
        congress=_congress(article, found.cues) if _REPORTS & by_kind.keys() else None,
        owners_begin=frozenset(start for start, _ in (*issuers, *regions)),
        owners_end=frozenset(end for _, end in (*issuers, *regions)),
        local=frozenset(article.folded[start:end] for start, end in local),
        times=times,
        anchor=anchor,
    )


def _congress(article: Article, cues: Mapping[str, re.Pattern[str]]) -> Pair | None:
    """The place of the page's only people's congress, where it is a local one."""
    if cues["national-congress"].search(article.folded) is not None:
        return None
    local = cues["local-congress"].search(article.folded)
    return None if local is None else local.span("owner")


def _places(kinds: Iterable[tuple[Pair, ...]]) -> list[Pair]:
    return sorted({mention for mentions in kinds for mention in mentions})


def _longest_by_end(matches: Iterable[Match]) -> dict[int, Match]:
    """The matches by their ends; of those that end together the one that begins first."""
    found: dict[int, Match] = {}
    for match in matches:
        found.setdefault(match.end, match)
    return found
