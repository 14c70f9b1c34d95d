"""Technologies and industries that the body names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Industry, Organisation, Technology
from mingjian.core.model.span import cite
from mingjian.core.text.contexts import has_needed, is_barred, is_weak
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.places import Stretches


class _Trade(msgspec.Struct):
    """A name of an industry where it stands: its end with the word for a trade behind it, and what speaks for it."""

    hit: LexiconHit
    end: int
    sure: bool  # no plain word, or a word beside it says that a trade is meant
    tailed: bool  # a word for trades ends the list that it stands in


class _Naming(msgspec.Struct, frozen=True):
    """One place that names a technology, and which."""

    tech: str
    name: str
    start: int
    end: int
    by: str


def annotate_technologies(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit], trades: Sequence[LexiconHit]
) -> tuple[Technology, ...]:
    """The technologies of the taxonomy that the body names, in order of first mention.

    ``trades`` are the words for industries: a general model right behind one of them is a model of that industry.
    """
    strong_groups, near = frozenset(found.settings["strong_groups"]), found.settings["near"]
    named = [hit for hit in hits if not is_barred(article.folded, hit)]
    weak = [is_weak(hit) for hit in named]
    among_ai = any(
        not is_plain and hit.entry.fields["group"] in strong_groups for hit, is_plain in zip(named, weak, strict=True)
    )
    kept = [
        hit
        for hit, is_plain in zip(named, weak, strict=True)
        if not is_plain or (among_ai and has_needed(article.folded, hit, near) is not False)
    ]
    groups: dict[str, list[_Naming]] = {}
    for naming in _namings(article.folded, found, kept, trades):
        groups.setdefault(naming.tech, []).append(naming)
    return tuple(_technology(article, same) for same in groups.values())


def _technology(article: Article, same: Sequence[_Naming]) -> Technology:
    first = same[0]
    mentions = tuple((naming.start, naming.end) for naming in same)
    return Technology(
        tech=first.tech,
        name=first.name,
        evidence=cite(article.text, first.start, first.end),
        mentions=mentions,
        parts={"tech": mentions[:1], "name": mentions[:1]},
        by=first.by,
    )


def _namings(
    folded: str, found: GroupFindings, hits: Sequence[LexiconHit], trades: Sequence[LexiconHit]
) -> Iterable[_Naming]:
    """What each hit names: 海洋大模型 is a model of a trade, though the lexicon knows its second half alone."""
    domain = found.settings["domain_model"]
    left_out, words = frozenset(domain["no_industries"]), tuple(domain["words"])
    behind = {hit.end: hit.start for hit in trades if hit.entry.name not in left_out}
    for hit in hits:
        start = None
        if hit.entry.id == domain["of"] and hit.surface.endswith(domain["ending"]):
            start = behind.get(hit.start)
            if start is None and folded.endswith(words, 0, hit.start):
                start = hit.start - max(len(word) for word in words if folded.endswith(word, 0, hit.start))
        if start is None:
            yield _Naming(hit.entry.id, hit.entry.name, hit.start, hit.end, hit.entry.by)
        else:
            yield _Naming(domain["tech"], domain["name"], start, hit.end, hit.entry.by)


def annotate_industries(
    article: Article,
    found: GroupFindings,
    hits: Sequence[LexiconHit],
    organisations: Sequence[Organisation],
    technologies: Sequence[Technology],
) -> tuple[Industry, ...]:
    """The industries that the body names outside the names of organisations, in order of first mention.

    A word that is also a plain word counts where a word for a trade, a list of industries or what is applied to it says
    that the industry is meant, or where the page names the industry often.
    """
    left_out = frozenset(found.settings["no_industries"])
    names = Stretches({mention for organisation in organisations for mention in organisation.mentions})
    of_trades = found.settings["domain_model"]["tech"]  # 医疗大模型 speaks of medicine; 工业机器人 speaks of robots
    longer = Stretches({mention for one in technologies if one.tech != of_trades for mention in one.mentions})
    trades = [
        _trade(article.folded, found, hit)
        for hit in hits
        if hit.entry.name not in left_out
        and not is_barred(article.folded, hit)
        and not (is_weak(hit) and found.cues["trade-none"].match(article.folded, hit.end))
        and not names.touching(hit.start, hit.end)
        and longer.holding(hit.start, hit.end) in (None, (hit.start, hit.end))
    ]
    for listed in _lists(article.folded, found, trades):
        if found.cues["list-none"].match(article.folded, listed[-1].end):
            continue
        many = len(listed) >= found.settings["list_least"]
        if many or any(trade.sure or trade.tailed for trade in listed):
            for trade in listed:
                trade.sure = True
    least = _least_often(article, found)
    plain = frozenset(found.settings["never_often"])
    industries: list[Industry] = []
    for same in _by_trade(trades):
        telling = [trade for trade in same if trade.sure or trade.tailed or trade.hit.surface not in plain]
        sure = [trade for trade in telling if trade.sure or trade.tailed]
        counted = telling if len(telling) >= least else sure
        if counted:
            industries.append(_industry(article, counted))
    return tuple(industries)


def _least_often(article: Article, found: GroupFindings) -> float:
    """From how many mentions on a page of this length is on an industry, whatever stands beside them."""
    length = sum(block.end - block.start for block in article.body)
    least: float = max(found.settings["often"], found.settings["often_per_thousand"] * length / 1000)
    return least


def _industry(article: Article, trades: Sequence[_Trade]) -> Industry:
    mentions = tuple((trade.hit.start, trade.end) for trade in trades)
    first = trades[0]
    fields = first.hit.entry.fields
    return Industry(
        name=article.folded[slice(*mentions[0])],
        canonical=first.hit.entry.name,
        gbt4754=fields["gbt4754"] or None,
        division=fields.get("division") or None,
        emerging=fields.get("emerging") or None,
        evidence=cite(article.text, *mentions[0]),
        mentions=mentions,
        parts={"name": mentions[:1]},
        by=first.hit.entry.by,
    )


def _trade(folded: str, found: GroupFindings, hit: LexiconHit) -> _Trade:
    """The name with the word for a trade behind it, and whether it needs more to be the name of an industry."""
    cues = found.cues
    ending = cues["trade-ending"].match(folded, hit.end)
    end = ending.end() if ending else hit.end
    if ending or not is_weak(hit):
        return _Trade(hit, end, True, False)
    reach = max(0, hit.start - found.settings["lead_reach"])
    sure = bool(cues["trade-head"].match(folded, end) or cues["trade-lead"].search(folded, reach, hit.start))
    return _Trade(hit, end, sure, not sure and bool(cues["trade-tail"].match(folded, end)))


def _lists(folded: str, found: GroupFindings, trades: Sequence[_Trade]) -> Iterable[list[_Trade]]:
    """The runs of industries that a list joins, of two and more."""
    listed: list[_Trade] = []
    for trade in trades:
        if listed and not _joined(folded, found, listed[-1], trade):
            if len(listed) > 1:
                yield listed
            listed = []
        listed.append(trade)
    if len(listed) > 1:
        yield listed


def _joined(folded: str, found: GroupFindings, before: _Trade, trade: _Trade) -> bool:
    """Whether two industries stand in one list, or side by side (餐饮住宿), weak ones that are not of the plainest."""
    if before.end == trade.hit.start:
        plain = found.settings["never_often"]
        return all(is_weak(one.hit) and one.hit.surface not in plain for one in (before, trade))
    near = trade.hit.start - before.end <= found.settings["joint_widest"]
    return near and found.cues["trade-joint"].fullmatch(folded, before.end, trade.hit.start) is not None


def _by_trade(trades: Sequence[_Trade]) -> list[list[_Trade]]:
    found: dict[str, list[_Trade]] = {}
    for trade in trades:
        found.setdefault(trade.hit.entry.id, []).append(trade)
    return list(found.values())
