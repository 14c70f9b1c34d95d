"""The posts that stand beside a name: titles in chains, the body of each, whether they are held, left or to come."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.annotate.people.bodies import (
    affiliation_before,
    body_named_before,
    is_business,
    own_body,
    subject_of,
)
from mingjian.core.annotate.people.scene import Scene
from mingjian.core.model.span import Pair
from mingjian.core.text.lexicon_matching import LexiconHit

_MOST_CHAINS = 6
_FUNCTION_MOST = 12


class Held(msgspec.Struct, frozen=True, gc=False):
    """One post: where its title, its body, the word that tells its status and its time are printed."""

    title: Pair | None
    affiliation: Pair | None = None
    status: str | None = None
    sign: Pair | None = None
    date: Pair | None = None
    role: str | None = None


class Chain(msgspec.Struct, frozen=True, gc=False):
    """Posts of one body, printed side by side: 党委书记、主任."""

    held: tuple[Held, ...]

    @property
    def title(self) -> Pair | None:
        """From the first title to the last."""
        first, last = self.held[0].title, self.held[-1].title
        return (first[0], last[1]) if first and last else None

    @property
    def front(self) -> int | None:
        """Where the words of the chain begin; a body that stands elsewhere in the sentence is none of them."""
        if self.title is None:
            return None
        beside = self.affiliation is not None and 0 <= self.title[0] - self.affiliation[1] <= 1
        return self.affiliation[0] if beside and self.affiliation else self.title[0]

    @property
    def affiliation(self) -> Pair | None:
        """The body of the posts."""
        return self.held[0].affiliation


def chains_before(scene: Scene, end: int, low: int = 0) -> tuple[Chain, ...]:
    """The chains that end at ``end``, none reaching before ``low``: 甲大学教授、乙研究院院长."""
    chains: list[Chain] = []
    place: int | None = end
    while place is not None and len(chains) < _MOST_CHAINS:
        titles = _titles_before(scene, place, low)
        if not titles:
            break
        start = titles[0][0]
        affiliation = own_body(scene, titles[0], low) or affiliation_before(scene, titles[0], low)
        front = _before_status(scene, affiliation[0], low) if affiliation else start
        if affiliation is None and is_business(scene, titles[0]) and _begins_clause(scene, start, low):
            affiliation = subject_of(scene, start)
        affiliation = affiliation or body_named_before(scene, titles[0], low)
        chains.append(_chain(scene, titles, affiliation))
        place = _post_before_mark(scene, front, low, crossing=True)
    return tuple(reversed(chains))


def _before_status(scene: Scene, start: int, low: int) -> int:
    """Where the word begins that stands before a body and tells how the post is held, else ``start``."""
    found = scene.cues["status-before"].search(scene.folded, max(low, start - 3), start)
    return found.start() if found else start


def _begins_clause(scene: Scene, start: int, low: int) -> bool:
    """Whether a clause begins before the title, or a word that points back to the firm (为公司总经理)."""
    for word in scene.settings["own_firm"]:
        if start - len(word) >= low and scene.folded.endswith(word, low, start):
            start -= len(word)
    return start == low or scene.folded[start - 1 : start] in scene.settings["clause_begins"]


def _titles_before(scene: Scene, end: int, low: int) -> list[Pair]:
    """The titles of one body that end at ``end``, in page order."""
    titles: list[Pair] = []
    place: int | None = end
    while place is not None and place in scene.posts and scene.posts[place].start >= low:
        start = _title_start(scene, scene.posts[place], low)
        titles.append((start, place))
        if scene.posts[place].entry.fields["body"]:
            break
        place = _post_before_mark(scene, start, low)
        if place is not None and (scene.posts[place].entry.fields["body"] or _another_holds(scene, start)):
            break
    return titles[::-1]


def _another_holds(scene: Scene, start: int) -> bool:
    """Whether a mark and a word of status before the title part it from the post of another: …任主任，原主任…."""
    parted = scene.folded[start - 1 : start] in scene.settings["clause_begins"]
    return parted and scene.cues["status"].match(scene.folded, start) is not None


def _post_before_mark(scene: Scene, start: int, low: int, *, crossing: bool = False) -> int | None:
    """Where a post ends that only a mark of a list parts from ``start``; fewer marks part posts of two bodies."""
    for mark in scene.settings["between_posts"]:
        end = start - len(mark)
        if crossing and mark in scene.settings["between_people"]:
            continue
        if end > low and end in scene.posts and scene.folded.startswith(mark, end):
            return end
    return None


def _title_start(scene: Scene, hit: LexiconHit, low: int) -> int:
    """Where the title begins with the words that qualify it and those of its function: 产品副总裁."""
    start = _with_modifiers(scene, hit.start, low)
    settings, cues, folded = scene.settings, scene.cues, scene.folded
    if hit.surface not in settings["functional"]:
        return start
    body = scene.organisation_before(start)
    near = body is not None and body[0] >= low and start - body[1] <= settings["unit_most"]
    if body is not None and near and cues["described"].match(folded, body[0], start):
        return start  # 某地机器人公司甲乙总监
    if body is not None and near and hit.surface not in settings["general"]:
        found = cues["function-of-body"].fullmatch(folded, body[1], start)
    else:
        found = cues["function"].search(folded, max(low, start - _FUNCTION_MOST, body[1] if body else 0), start)
    return _with_modifiers(scene, found.start("function"), low) if found else start


def _with_modifiers(scene: Scene, start: int, low: int) -> int:
    """Where the title begins with the words that qualify it: 原, 常务副, 高级."""
    body = scene.organisation_before(start)
    low = max(low, start - 8, body[1] if body else 0)
    found = scene.cues["modifiers"].search(scene.folded, low, start)
    return found.start() if found else start


def _chain(scene: Scene, titles: list[Pair], affiliation: Pair | None) -> Chain:
    return Chain(tuple(_held(scene, title, affiliation) for title in titles))


def _held(scene: Scene, title: Pair, affiliation: Pair | None) -> Held:
    start = title[0]
    if affiliation is not None and affiliation[0] <= start < affiliation[1]:
        start = affiliation[1]
    found = scene.cues["status"].match(scene.folded, start, title[1])
    if found is None and affiliation is not None:
        found = scene.cues["status-before"].search(scene.folded, max(0, affiliation[0] - 3), affiliation[0])
    status, sign = (found.lastgroup, found.span()) if found else (None, None)
    role = scene.posts[title[1]].entry.fields["role"] if title[1] in scene.posts else ""
    return Held((start, title[1]), affiliation, status, sign, None, role or None)


def all_held(chains: tuple[Chain, ...]) -> Iterator[Held]:
    """Every post of the chains."""
    for chain in chains:
        yield from chain.held
