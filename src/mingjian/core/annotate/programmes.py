"""Named campaigns and projects."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Programme
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at

_TITLED = re.compile(r"《[^《》\n]{1,90}》")
_NOISE = re.compile(r"[\s“”\"「」『』]|^(?:央企|国家|全国|全省|全市)(?=[“\"])|(?:专项)?行动$|工程$")
_OWNERS = frozenset({"government", "party", "soe", "company", "group", "meeting_body"})
_REACH = 40  # characters between an owner and its programme


def annotate_programmes(article: Article, matches: Sequence[Match], names: Names) -> tuple[Programme, ...]:
    """The programmes that the body names, in order of first mention; not those that only a document's title names."""
    if not matches:
        return ()
    titled = Stretches(
        found.span() for block in article.body for found in _TITLED.finditer(article.folded, block.start, block.end)
    )
    owners = sorted(pair for one in names.organisations if one.type in _OWNERS for pair in one.mentions)
    groups: dict[str, list[Match]] = {}
    reached = 0
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if match.start >= reached and titled.holding(match.start, match.end) is None:
            reached = match.end
            groups.setdefault(_NOISE.sub("", match.group("name") or match.text), []).append(match)
    return tuple(_programme(article, group, owners) for group in groups.values())


def _programme(article: Article, group: Sequence[Match], owners: Sequence[Pair]) -> Programme:
    first = group[0]
    owner = next((found for match in group if (found := _owner(article, match, owners)) is not None), None)
    name = first.span("name") or (first.start, first.end)
    parts: dict[str, tuple[Pair, ...]] = {"name": (name,)}
    if owner:
        parts["owner"] = (owner,)
    return Programme(
        name=article.text[name[0] : name[1]],
        owner=article.text[owner[0] : owner[1]] if owner else None,
        evidence=cite(article.text, *name),
        mentions=tuple(match.span("name") or (match.start, match.end) for match in group),
        parts=parts,
        by=first.rule.id,
    )


def _owner(article: Article, match: Match, owners: Sequence[Pair]) -> Pair | None:
    """The organisation last named before it in the same sentence, if it is near."""
    sentence = sentence_at(article.sentences, match.start)
    index = bisect_left(owners, (match.start, 0)) - 1
    if sentence is None or index < 0:
        return None
    start, end = owners[index]
    return (start, end) if start >= sentence.start and match.start - end <= _REACH else None
