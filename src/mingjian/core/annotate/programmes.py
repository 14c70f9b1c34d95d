"""Named campaigns and projects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Programme
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at
from mingjian.core.text.titles import titles_of

_OWNERS = frozenset({"government", "party", "soe", "company", "group", "meeting_body"})


def annotate_programmes(article: Article, found: GroupFindings, names: Names) -> tuple[Programme, ...]:
    """The programmes that the body names, in order of first mention; not those that only a document's title names."""
    if not found.matches:
        return ()
    titled = Stretches(titles_of(article))
    owners = sorted(pair for one in names.organisations if one.type in _OWNERS for pair in one.mentions)
    groups: dict[str, list[Match]] = {}
    reached = 0
    for match in sorted(found.matches, key=lambda match: (match.start, -match.end)):
        if match.start >= reached and titled.holding(match.start, match.end) is None:
            reached = match.end
            groups.setdefault(found.cues["no-core"].sub("", match.group("name") or match.text), []).append(match)
    return tuple(_programme(article, found, group, owners) for group in groups.values())


def _programme(article: Article, found: GroupFindings, group: Sequence[Match], owners: Sequence[Pair]) -> Programme:
    """The programme as the place says that names it most fully, with all places that name it."""
    places = [match.span("name") or (match.start, match.end) for match in group]
    fullest = max(range(len(group)), key=lambda index: (places[index][1] - places[index][0], -index))
    name = places[fullest]
    gap = found.settings["owner_gap"]
    owner = next((pair for match in group if (pair := _owner(article, match, owners, gap)) is not None), None)
    parts: dict[str, tuple[Pair, ...]] = {"name": (name,)}
    if owner:
        parts["owner"] = (owner,)
    return Programme(
        name=article.text[name[0] : name[1]],
        owner=article.text[owner[0] : owner[1]] if owner else None,
        evidence=cite(article.text, *name),
        mentions=tuple(places),
        parts=parts,
        by=group[fullest].rule.id,
    )


def _owner(article: Article, match: Match, owners: Sequence[Pair], gap: int) -> Pair | None:
    """The organisation last named before it in the same sentence, if it is near."""
    sentence = sentence_at(article.sentences, match.start)
    index = bisect_left(owners, (match.start, 0)) - 1
    if sentence is None or index < 0:
        return None
    start, end = owners[index]
    return (start, end) if start >= sentence.start and match.start - end <= gap else None
