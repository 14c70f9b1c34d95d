"""The elements of an HTML page as runs of lines: what they hold, and what their names say of the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from mingjian.core.clean.layout import Layout, Tag
from mingjian.core.clean.scoring import is_prose
from mingjian.core.clean.thresholds import ContainerRules, UnwantedRule
from mingjian.core.model.article import Kind
from mingjian.core.model.page import Container

_WHOLE_PAGE = frozenset({"body", "html"})
_HEADED = frozenset({"comment", "related"})
_LEAST_LISTED = 3


class Region(msgspec.Struct, frozen=True, gc=False):
    """A container as the run of lines ``low..high``.

    ``known`` is how much its names speak for the article, ``against`` the rule by which they speak against it,
    ``prose`` how many characters of running text it holds and ``above`` how many stand above it, ``parent`` the index
    of the region around it, ``kind`` its tag and names.
    """

    low: int
    high: int
    known: float
    against: UnwantedRule | None
    prose: int
    above: int
    parent: int
    kind: tuple[str, str]


def find_regions(layout: Layout) -> tuple[Region, ...]:
    """The containers of the page as runs of lines, in page order; nothing where the page has no markup.

    A line in which several elements stand, as the cells of a row do, is the one's that holds its middle.
    """
    containers = layout.page.containers
    if not containers:
        return ()
    rules = layout.limits.containers
    middles = [(line.start + line.end) // 2 for line in layout.lines]
    prose = list(accumulate((_prose(layout, index) for index in range(len(middles))), initial=0))
    said: dict[tuple[str, str], tuple[float, UnwantedRule | None]] = {}
    regions: list[Region] = []
    for container in containers:
        low, high = bisect_left(middles, container.start), bisect_left(middles, container.end)
        named = (container.tag, container.marks)
        if named not in said:
            known = _known(container, rules)
            said[named] = (known, None if known >= rules.sure else _unwanted(container, rules))
        regions.append(Region(low, high, *said[named], prose[high] - prose[low], prose[low], container.parent, named))
    return tuple(
        msgspec.structs.replace(region, against=None)
        if region.against and _is_main(region, prose[-1], rules)
        else region
        for region in regions
    )


def _is_main(region: Region, whole: int, rules: ContainerRules) -> bool:
    """Whether the region holds much of the page's running text, and hardly any stands above it."""
    return region.prose > rules.most_unread * whole and region.above < rules.least_read


def _prose(layout: Layout, index: int) -> int:
    line = layout.lines[index]
    return line.length if is_prose(line, layout.limits.score) and index not in layout.tags else 0


def _known(container: Container, rules: ContainerRules) -> float:
    """How much the names of the element speak for the article."""
    best = rules.elements.get(container.tag, 0.0)
    if container.marks and container.tag not in _WHOLE_PAGE:
        best = max([best, *(rule.weight for rule in rules.known if rule.marks.search(container.marks))])
    return best


def _unwanted(container: Container, rules: ContainerRules) -> UnwantedRule | None:
    """The first rule that names the element as something else than the article."""
    if container.tag in _WHOLE_PAGE:
        return None
    for rule in rules.unwanted:
        if container.tag in rule.tags and not rules.framed.search(container.marks):
            return rule
        if container.marks and rule.marks.search(container.marks):
            return rule
    return None


def set_apart(layout: Layout, regions: Sequence[Region]) -> Layout:
    """The layout with a tag for every line of containers that are none of the article: comments, shares, captions.

    Such containers are let be where one holds more of the page's running text, or of the article's around it, than its
    rule allows, or all of a rule hold most of the page: posts of a forum are called comments. On a page of pictures the
    captions are the article.
    """
    if not regions:
        return layout
    rules = layout.limits.containers
    tags = _without_captions(layout, regions[0], rules)
    unwanted = list(_unwanted_regions(layout, regions))
    held: dict[str, int] = {}
    for region, rule in unwanted:
        held[rule.id] = held.get(rule.id, 0) + region.prose
    for region, rule in unwanted:
        if held[rule.id] <= max(rule.share, rules.most_unwanted) * regions[0].prose:
            for index in range(region.low, region.high):
                tag = tags.get(index)
                if tag is None or tag.effect == "close":
                    tags[index] = Tag(rule.kind if tag is None else tag.kind, rule.effect)
    return msgspec.structs.replace(layout, tags=tags)


def _unwanted_regions(layout: Layout, regions: Sequence[Region]) -> Iterator[tuple[Region, UnwantedRule]]:
    """The outermost regions whose names or headings say that they are none of the article, and the rules for them."""
    rules = layout.limits.containers
    headed = {rule.kind: rule for rule in rules.unwanted if rule.kind in _HEADED}
    whole: list[int] = []
    done = 0
    for region in regions:
        outer = whole[region.parent] if region.parent >= 0 else regions[0].prose
        whole.append(region.prose if region.known >= rules.sure and region.prose else outer)
        rule = region.against or _heading(layout, region, headed)
        if rule is not None and region.low >= done and region.prose <= rule.share * outer:
            done = region.high
            yield region, rule


def _heading(layout: Layout, region: Region, headed: Mapping[Kind, UnwantedRule]) -> UnwantedRule | None:
    """The rule for what the region's first line says to be a list of comments or of other articles."""
    tag = layout.tags.get(region.low)
    if tag is None or tag.effect != "close" or region.high - region.low < _LEAST_LISTED or region.known:
        return None
    return headed.get(tag.kind)


def _without_captions(layout: Layout, page: Region, rules: ContainerRules) -> dict[int, Tag]:
    """The tags of the lines, without those of captions where these are most of what there is to read."""
    tags = dict(layout.tags)
    captions = [index for index, tag in tags.items() if tag.kind == "caption" and tag.effect == "line"]
    length = sum(layout.lines[index].length for index in captions)
    if length > rules.least_story and length > rules.story_share * page.prose:
        for index in captions:
            del tags[index]
    return tags
