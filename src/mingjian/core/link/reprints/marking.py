"""Sites that are mirrors of others, and pages that are stitched together of others' articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from mingjian.core.link.reprints.settings import ReprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import FOLDING, Mirror, Relation, Stitched


def find_mirrors(
    sketches: Iterable[Sketch], relations: Iterable[Relation], settings: ReprintSettings | None = None
) -> list[Mirror]:
    """Sites nearly all of whose pages stand whole on another, sorted; a site is a host, or a publisher without one.

    Of two sites that mirror one another, the mirror is the one that is later more often.
    """
    settings = settings or reprint_settings()
    pages = {sketch.id: sketch for sketch in sketches}
    counts = Counter(page.site for page in pages.values())
    whole: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    later: Counter[tuple[str, str]] = Counter()
    for link in relations:
        if link.kind in FOLDING and min(link.contained) >= settings.judging.whole_share:
            first, second = sorted((pages[link.first], pages[link.second]), key=place_in_time)
            if first.site != second.site:
                whole[second.site, first.site].add(second.id)
                whole[first.site, second.site].add(first.id)
                later[second.site, first.site] += 1
    return [
        Mirror(site, of, len(held), len(held) / counts[site])
        for (site, of), held in sorted(whole.items())
        if site
        and of
        and len(held) >= settings.marking.mirror_pages
        and len(held) >= settings.marking.mirror_share * counts[site]
        and (later[site, of], site) > (later[of, site], of)
    ]


def find_stitched(
    sketches: Iterable[Sketch], relations: Iterable[Relation], settings: ReprintSettings | None = None
) -> list[Stitched]:
    """Pages most of whose text stands in two or more earlier articles that have nothing to do with one another.

    A page that says that it is a roundup of the news is none.
    """
    settings = settings or reprint_settings()
    pages = {sketch.id: sketch for sketch in sketches}
    links: defaultdict[str, dict[str, Relation]] = defaultdict(dict)
    for link in relations:
        links[link.first][link.second] = links[link.second][link.first] = link
    found = []
    for page in sorted(links):
        if not pages[page].roundup:
            parts, share = _parts(page, pages, links, settings.marking.part_share)
            if len(parts) > 1 and share >= settings.marking.stitched_share:
                found.append(Stitched(page, tuple(parts), share))
    return found


def _parts(
    page: str, pages: Mapping[str, Sketch], links: Mapping[str, Mapping[str, Relation]], least: float
) -> tuple[list[str], float]:
    """The earlier articles, unrelated to one another, of which the page holds parts, and how much of it they are."""
    own = pages[page].fingerprints
    covered = np.zeros(len(own), np.bool_)
    parts: list[str] = []
    for other in _by_share(page, links[page]):
        if not _may_be_part(page, other, pages, links[page][other]) or any(other in links[part] for part in parts):
            continue
        held = np.isin(own, pages[other].fingerprints)
        if np.count_nonzero(held & ~covered) >= least * len(own):
            covered |= held
            parts.append(other)
    return parts, float(covered.mean()) if len(own) else 0.0


def _may_be_part(page: str, other: str, pages: Mapping[str, Sketch], link: Relation) -> bool:
    """Whether the page may have taken from the other: that is older, and took nothing itself."""
    older = place_in_time(pages[other]) < place_in_time(pages[page])
    return older and link.kind != "series" and link.reuser in (None, page)


def _by_share(page: str, links: Mapping[str, Relation]) -> Sequence[str]:
    return sorted(links, key=lambda other: (-links[other].share_of(page), other))
