"""Technologies and industries that the body names, and whether the page concerns AI."""

from __future__ import annotations

from collections.abc import Sequence

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Industry, Organisation, Technology
from mingjian.core.model.span import cite
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.places import Stretches


def annotate_technologies(article: Article, found: GroupFindings, hits: Sequence[LexiconHit]) -> tuple[Technology, ...]:
    """The technologies of the taxonomy that the body names, in order of first mention."""
    strong_groups = frozenset(found.settings["strong_groups"])
    weak = [_is_weak(hit) for hit in hits]
    among_ai = any(
        not is_weak and hit.entry.fields["group"] in strong_groups for hit, is_weak in zip(hits, weak, strict=True)
    )
    kept = [hit for hit, is_weak in zip(hits, weak, strict=True) if among_ai or not is_weak]
    technologies: list[Technology] = []
    for named in _by_entry(kept):
        first = named[0]
        mentions = tuple((hit.start, hit.end) for hit in named)
        technologies.append(
            Technology(
                tech=first.entry.id,
                name=first.entry.name,
                evidence=cite(article.text, first.start, first.end),
                mentions=mentions,
                parts={"tech": mentions[:1], "name": mentions[:1]},
                by=first.entry.by,
            )
        )
    return tuple(technologies)


def annotate_industries(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit], organisations: Sequence[Organisation]
) -> tuple[Industry, ...]:
    """The industries that the body names outside the names of organisations, in order of first mention."""
    after, before = tuple(found.settings["trade_after"]), tuple(found.settings["trade_before"])
    left_out = frozenset(found.settings["no_industries"])
    places = Stretches({mention for organisation in organisations for mention in organisation.mentions})
    kept = [
        hit
        for hit in hits
        if (not _is_weak(hit) or _is_trade(article.folded, hit, after, before))
        and hit.entry.name not in left_out
        and not places.touching(hit.start, hit.end)
    ]
    industries: list[Industry] = []
    for named in _by_entry(kept):
        first = named[0]
        mentions = tuple((hit.start, hit.end) for hit in named)
        industries.append(
            Industry(
                name=first.entry.name,
                gbt4754=first.entry.fields["gbt4754"] or None,
                evidence=cite(article.text, first.start, first.end),
                mentions=mentions,
                parts={"name": mentions[:1]},
                by=first.entry.by,
            )
        )
    return tuple(industries)


def concerns_ai(
    article: Article, found: GroupFindings, hits: Sequence[LexiconHit], technologies: Sequence[Technology]
) -> bool:
    """Whether the page concerns artificial intelligence: enough mentions for its length, or one in a leading place."""
    rule = found.settings["ai"]
    groups, ids = frozenset(rule["core_groups"]), frozenset(rule["core_ids"])
    kept = {technology.tech for technology in technologies}
    core = [
        hit for hit in hits if hit.entry.id in kept and (hit.entry.fields["group"] in groups or hit.entry.id in ids)
    ]
    if not article.body or not core:
        return False
    length = sum(block.end - block.start for block in article.body)
    lead_end = article.body[0].start + rule["lead_characters"]
    in_lead = sum(hit.start < lead_end for hit in core) >= rule["lead_mentions"]
    density = rule["lead_per_thousand"] if in_lead else rule["per_thousand"]
    enough: bool = len(core) >= rule["least_mentions"] and len(core) * 1000 >= density * length
    mentions = sum(min(len(technology.mentions), 3) for technology in technologies)
    is_broad: bool = len(kept) >= rule["broad_technologies"] and mentions * 1000 >= rule["broad_per_thousand"] * length
    return enough or is_broad or len(core) >= int(rule["many"])


def _by_entry(hits: Sequence[LexiconHit]) -> list[list[LexiconHit]]:
    """The hits of each entry, in order of its first hit."""
    found: dict[str, list[LexiconHit]] = {}
    for hit in hits:
        found.setdefault(hit.entry.id, []).append(hit)
    return list(found.values())


def _is_weak(hit: LexiconHit) -> bool:
    """Whether the lexicon says that these words are also plain words."""
    weak = hit.entry.fields["weak"]
    return bool(weak) and hit.surface in weak.split("|")


def _is_trade(folded: str, hit: LexiconHit, after: tuple[str, ...], before: tuple[str, ...]) -> bool:
    return folded.startswith(after, hit.end) or folded.endswith(before, 0, hit.start)
