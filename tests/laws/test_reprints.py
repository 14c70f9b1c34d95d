"""Groups of reprints are a function of the set of pages and decisions: however pages come and go."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS, sketch

from mingjian.core.link.reprints.grouping import group_pages
from mingjian.core.link.reprints.judging import relate_back, relate_pages
from mingjian.core.link.reprints.links import components
from mingjian.core.link.reprints.settings import ReprintSettings, reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, place_in_time
from mingjian.core.model.reprints import Decision, Group, Relation

OTHER_NUMBERS = tuple(text.replace("2.5", "3.1").replace("30%", "25%").replace("412", "377") for text in PARAGRAPHS)
POOL = [
    sketch("a", day="2025-03-12T08:00:00+08:00", publisher="甲市日报"),
    sketch("b", day="2025-03-12"),
    sketch("c", PARAGRAPHS[:3], day="2025-03-12T08:00:00+08:00", source="甲市日报"),
    sketch("d", PARAGRAPHS[2:], day="2025-03-13"),
    sketch("e", OTHER_NUMBERS, day="2025-03-19"),
    sketch("f", OTHER_NUMBERS[1:], day="2025-03-20"),
    sketch("g", OTHER, day="2025-03-11", title="乙县春管正当时"),
    sketch("h", (*OTHER, PARAGRAPHS[1]), day="2025-03-14", title="乙县春管正当时"),
    sketch("i", (*PARAGRAPHS[:2], *OTHER), day="2025-03-15"),
    sketch("j", PARAGRAPHS[3:4], title=""),
]
NAMES = [page.id for page in POOL]
BY_NAME = {page.id: page for page in POOL}
decisions = st.lists(
    st.builds(
        lambda kind, pair: Decision(kind, *sorted(pair)),
        st.sampled_from(["split", "merge"]),
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1]),
    ),
    max_size=3,
)


def limited(most_pages: int, most_earlier: int) -> ReprintSettings:
    found = reprint_settings()
    join = msgspec.structs.replace(found.join, most_pages=most_pages, most_earlier=most_earlier)
    return msgspec.structs.replace(found, join=join)


class Keeper:
    """What a shell does: relations of new pairs only, groups of the parts that they touch only."""

    def __init__(self, limits: ReprintSettings, said: list[Decision]) -> None:
        self.limits, self.said = limits, said
        self.pages: dict[str, Sketch] = {}
        self.holders: defaultdict[int, set[str]] = defaultdict(set)
        self.relations: dict[str, list[Relation]] = {}
        self.groups: dict[str, Group] = {}

    def add(self, page: Sketch) -> None:
        self.pages[page.id] = page
        for fingerprint in page.fingerprints.tolist():
            self.holders[fingerprint].add(page.id)
        self._settle(page)

    def remove(self, page: Sketch) -> None:
        for fingerprint in page.fingerprints.tolist():
            self.holders[fingerprint].remove(page.id)
        del self.pages[page.id]
        self._settle(page)

    def _settle(self, page: Sketch) -> None:
        """Ask again the page, the later ones that share with it, and all that have what is frequent now, or was."""
        limit = self.limits.join.most_pages
        asked = {page.id}
        for fingerprint in page.fingerprints.tolist():
            held = self.holders[fingerprint]
            if len(held) in (limit, limit + 1):
                asked |= held
            asked |= {other for other in held if place_in_time(BY_NAME[other]) > place_in_time(page)}
        touched = set(asked)
        for owner in asked:
            old = self.relations.pop(owner, [])
            new = self._ask(self.pages[owner]) if owner in self.pages else []
            touched |= {name for link in (*old, *new) for name in (link.first, link.second)}
            if new:
                self.relations[owner] = new
        self._regroup(touched)

    def _ask(self, page: Sketch) -> list[Relation]:
        """The relations of a page to earlier ones."""
        shared = Counter(
            other
            for fingerprint in page.fingerprints.tolist()
            if len(self.holders[fingerprint]) <= self.limits.join.most_pages
            for other in self.holders[fingerprint] - {page.id}
        )
        least = self.limits.join.least_shared
        return relate_back(page, [self.pages[name] for name, count in shared.items() if count >= least], self.limits)

    def all_relations(self) -> list[Relation]:
        return [link for links in self.relations.values() for link in links]

    def _regroup(self, touched: set[str]) -> None:
        parts = components(self.pages, self.all_relations(), self.said)
        changed = {name for part in parts if touched.intersection(part) for name in part} | touched
        self.groups = {source: group for source, group in self.groups.items() if not changed.intersection(group.pages)}
        for part in parts:
            if touched.intersection(part) or not any(part[0] in group.pages for group in self.groups.values()):
                pages = [self.pages[name] for name in part]
                self.groups |= {one.source: one for one in group_pages(pages, self.all_relations(), self.said)}


def by_pair(relations: list[Relation]) -> list[Relation]:
    return sorted(relations, key=lambda relation: (relation.first, relation.second))


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(NAMES), max_size=24),
    decisions,
    st.builds(limited, st.sampled_from([2, 3, 4000]), st.sampled_from([1, 2, 64])),
)
def test_pages_that_come_and_go_leave_what_a_batch_finds(
    steps: list[str], said: list[Decision], limits: ReprintSettings
) -> None:
    keeper = Keeper(limits, said)
    for name in steps:
        (keeper.remove if name in keeper.pages else keeper.add)(BY_NAME[name])
    pages = list(keeper.pages.values())
    relations = relate_pages(pages, limits)
    assert by_pair(keeper.all_relations()) == by_pair(relations)
    assert sorted(keeper.groups.values(), key=lambda group: group.source) == group_pages(pages, relations, said)


@settings(deadline=None)
@given(st.permutations(POOL), decisions)
def test_groups_do_not_depend_on_the_order_of_anything(pages: list[Sketch], said: list[Decision]) -> None:
    groups = group_pages(pages, relate_pages(pages), said)
    assert groups == group_pages(POOL, relate_pages(POOL)[::-1], said[::-1])
    assert sorted(name for group in groups for name in group.pages) == NAMES


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), unique=True), decisions)
def test_split_pages_are_never_in_one_group(names: list[str], said: list[Decision]) -> None:
    pages = [BY_NAME[name] for name in names]
    split = {(one.first, one.second) for one in said if one.kind == "split"}
    for group in group_pages(pages, relate_pages(pages), said):
        assert not split.intersection(combinations(sorted(group.pages), 2))
