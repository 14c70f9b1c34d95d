"""Organisations that a lexicon lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mingjian.core.annotate.organisations.found import Found, joined
from mingjian.core.annotate.organisations.surroundings import FIRMS, Surroundings
from mingjian.core.text.lexicon_matching import LexiconHit

_TYPED = frozenset({"state_bodies", "universities"})  # their rows carry a type of their own


def listed_names(around: Surroundings) -> Iterator[Found]:
    """The organisations of lexicons, without those that stand for a local branch."""
    settings = around.found.settings
    platforms = frozenset(settings["platforms"])
    branching, levels = frozenset(settings["branching"]), settings["levels"]
    folded = around.folded
    for hit in around.hits:
        if (academy := _of_title(hit, around)) is not None:
            yield academy
        if not is_listed(hit, settings):
            continue
        if hit.surface in platforms and _is_posted_on(hit, folded, settings):
            continue
        if hit.entry.lexicon in FIRMS and around.found.cues["site"].match(folded, hit.end):
            continue  # 万科青禾湖度假区 is a site, and not 万科
        if hit.surface in branching and folded[hit.start - 1 : hit.start] in set(levels):
            continue  # 省贸促会 is no 中国贸促会: the rule of local organs says what it is
        yield from_lexicon(hit, settings)


def _of_title(hit: LexiconHit, around: Surroundings) -> Found | None:
    """The academy that the title of its member names: 中国工程院|院士."""
    body = hit.entries[0].fields.get("body") if hit.entries[0].lexicon == "titles" else None
    if not body or hit.entries[0].fields.get("role") != "academic" or not hit.surface.startswith(body):
        return None
    for key, entry in around.bodies.items():
        if body in (entry.name, *entry.aliases):
            kind = entry.fields["type"]
            return Found(hit.start, hit.start + len(body), key, entry.name, kind, entry.by, entry)
    return None


def _is_posted_on(hit: LexiconHit, folded: str, settings: Mapping[str, Any]) -> bool:
    """Whether the words round the name of a platform say that it is a place to post, and nobody who acts."""
    return folded.endswith(tuple(settings["platform_before"]), 0, hit.start) or folded.startswith(
        tuple(settings["platform_after"]), hit.end
    )


def is_listed(hit: LexiconHit, settings: Mapping[str, Any]) -> bool:
    """Whether the hit names an organisation."""
    entry = hit.entries[0]
    is_body = entry.lexicon in _TYPED or entry.lexicon in settings["types"]
    return is_body and entry.id not in settings["no_organisations"]


def from_lexicon(hit: LexiconHit, settings: Mapping[str, Any]) -> Found:
    """The organisation of the hit's row."""
    entry = hit.entry
    kind = settings["types"].get(entry.lexicon) or entry.fields["type"]
    kind = settings["renamed_types"].get(kind, kind)
    key = joined(entry.lexicon, entry.id)
    return Found(hit.start, hit.end, key, entry.name, kind, entry.by, entry)
