"""Judging which mentions are one thing is symmetric, and in what order mentions come does not matter."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import msgspec
import pytest
from bench.shelves import read_records, shelve

from mingjian.core.link.things.grouping import find_links, group, refs_of
from mingjian.core.link.things.kinds import linkings
from mingjian.core.link.things.linking import AnyLinking
from mingjian.core.link.things.nodes import ProfiledMention, nodes_of
from mingjian.core.link.things.shelf import Shelved
from mingjian.core.model.things import MentionRef, Verdict

_SAMPLES = Path(__file__).parents[2] / "examples" / "corpus"


@pytest.fixture(scope="module")
def pages() -> list[Shelved]:
    """The pages of our own sample corpus."""
    return shelve(read_records([str(_SAMPLES)]))


def _profiles(linking: AnyLinking, pages: list[Shelved]) -> list[object]:
    return [one.profile for page in pages for one in linking.profiles(page.card, page.record)]


@pytest.mark.parametrize("linking", linkings(), ids=lambda linking: linking.kind)
def test_judging_is_symmetric(linking: AnyLinking, pages: list[Shelved]) -> None:
    profiles = list({repr(one): one for one in _profiles(linking, pages)}.values())
    held: dict[str, list[object]] = {}
    for profile in profiles:
        for key in linking.keys(profile):
            held.setdefault(key, []).append(profile)
    for sharing in held.values():
        for first, second in combinations(sharing, 2):
            assert linking.judge(first, second) == linking.judge(second, first)


@pytest.mark.parametrize("linking", linkings(), ids=lambda linking: linking.kind)
def test_the_order_of_mentions_and_links_does_not_matter(linking: AnyLinking, pages: list[Shelved]) -> None:
    mentions = [
        ProfiledMention(MentionRef(page.card.id, linking.kind, *one.fact.evidence.pair, one.fact.id), one.profile)
        for page in pages
        for one in linking.profiles(page.card, page.record)
    ]

    def told(given: list[ProfiledMention]) -> list[tuple[MentionRef, ...]]:
        nodes = nodes_of(linking.kind, given)
        links = find_links(nodes[::-1], linking)
        return sorted(refs_of(found) for found in group(nodes, links[::-1], (), linking))

    assert told(mentions) == told(mentions[::-1])
    nodes = nodes_of(linking.kind, mentions)
    assert told(mentions) == sorted(refs_of(found) for found in group(nodes, find_links(nodes, linking), (), linking))


@pytest.mark.parametrize("linking", linkings(), ids=lambda linking: linking.kind)
def test_two_are_judged_once_however_many_keys_they_share(linking: AnyLinking, pages: list[Shelved]) -> None:
    mentions = [
        ProfiledMention(MentionRef(page.card.id, linking.kind, *one.fact.evidence.pair, one.fact.id), one.profile)
        for page in pages
        for one in linking.profiles(page.card, page.record)
    ]
    nodes = nodes_of(linking.kind, mentions)
    keys = {node.id: set(linking.keys(node.profile)) for node in nodes}
    judged: list[tuple[int, int]] = []

    def judge(first: object, second: object) -> Verdict:
        judged.append((min(id(first), id(second)), max(id(first), id(second))))
        return linking.judge(first, second)

    find_links(nodes, msgspec.structs.replace(linking, judge=judge))
    assert len(judged) == len(set(judged))
    assert len(judged) == sum(bool(keys[one.id] & keys[other.id]) for one, other in combinations(nodes, 2))
