"""The posts that stand beside a name: titles in chains, the body of each, whether they are held, left or to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from mingjian.core.annotate.people.scene import Licensed, Scene
from mingjian.core.model.span import Pair

_MOST_CHAINS = 6
_FAR = 40
_LONGEST_BODY = 30
_LONGEST_BRAND = 12
_BUSINESS = "executive"


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
    def affiliation(self) -> Pair | None:
        """The body of the posts."""
        return self.held[0].affiliation


def chains_of(scene: Scene, one: Licensed) -> tuple[Chain, ...]:
    """The chains of posts that a licensed name has beside it, in page order."""
    before: tuple[Chain, ...] = ()
    behind: tuple[Chain, ...] = ()
    if one.post is not None and one.post <= one.name[0]:
        before = chains_before(scene, one.post)
    elif one.post is not None:
        behind = _addressed(scene, one)
    return (*before, *behind, *_told_behind(scene, one.name))


# ---- before a place


def chains_before(scene: Scene, end: int, low: int = 0) -> tuple[Chain, ...]:
    """The chains that end at ``end``, none reaching before ``low``: 甲大学教授、乙研究院院长."""
    chains: list[Chain] = []
    place: int | None = end
    while place is not None and len(chains) < _MOST_CHAINS:
        titles = _titles_before(scene, place, low)
        if not titles:
            break
        start = titles[0][0]
        affiliation = _own_body(scene, titles[0], low) or _affiliation(scene, start, low)
        chains.append(_chain(scene, titles, affiliation))
        place = _post_before_mark(scene, affiliation[0] if affiliation else start, low, crossing=True)
    return tuple(reversed(chains))


def _titles_before(scene: Scene, end: int, low: int) -> list[Pair]:
    """The titles of one body that end at ``end``, in page order."""
    titles: list[Pair] = []
    place: int | None = end
    while place is not None and place in scene.posts and scene.posts[place].start >= low:
        start = _with_modifiers(scene, scene.posts[place].start, low)
        titles.append((start, place))
        if scene.posts[place].entry.fields["body"]:
            break
        place = _post_before_mark(scene, start, low)
        if place is not None and scene.posts[place].entry.fields["body"]:
            break
    return titles[::-1]


def _post_before_mark(scene: Scene, start: int, low: int, *, crossing: bool = False) -> int | None:
    """Where a post ends that only a mark of a list parts from ``start``; fewer marks part posts of two bodies."""
    for mark in scene.settings["between_posts"]:
        end = start - len(mark)
        if crossing and mark in scene.settings["between_people"]:
            continue
        if end > low and end in scene.posts and scene.folded.startswith(mark, end):
            return end
    return None


def _with_modifiers(scene: Scene, start: int, low: int) -> int:
    """Where the title begins with the words that qualify it: 原, 常务副, 高级."""
    body = scene.organisation_before(start)
    low = max(low, start - 8, body[1] if body else 0)
    found = scene.cues["modifiers"].search(scene.folded, low, start)
    return found.start() if found else start


def _own_body(scene: Scene, title: Pair, low: int) -> Pair | None:
    """The body that the first words of the title name (国务院总理), with what it is part of (某某省委书记)."""
    hit = scene.posts[title[1]]
    body = hit.entry.fields["body"]
    if not body:
        return None
    end = hit.start
    whole = _listed_body(scene, end, low) or (scene.others.holding(end - 1, end) if end > low else None)
    if whole is None or whole[0] < low:
        whole = _words_before(scene, "short-place", end, max(low, end - 5), low) or (end, end)
    return whole[0], end + len(body)


def _affiliation(scene: Scene, start: int, low: int) -> Pair | None:
    """The organisation before the post with the words of a unit between them, or a body that no rule of names knows."""
    listed = _listed_body(scene, start, low)
    if listed is not None and _is_whole(scene.folded[slice(*listed)]):
        return listed
    found = _words_before(scene, "unlisted", start, max(low, start - _LONGEST_BODY), low)
    if found is None and scene.posts_role(start) == _BUSINESS:
        found = _words_before(scene, "brand", start, max(low, start - _LONGEST_BRAND), low)
        if found and scene.folded[found[0] : found[0] + 2] in scene.shapes.followers:
            return None
    return (_without_post(scene, found), found[1]) if found else None


def _words_before(scene: Scene, cue: str, end: int, start: int, low: int) -> Pair | None:
    """What the cue calls a body in the words from ``start`` on; at ``low`` it may begin without a mark before it."""
    if start > low:
        found = scene.cues[cue].search(scene.folded, start, end)
        return found.span("body") if found else None
    found = scene.cues[cue].search(scene.folded[low:end])
    return (found.start("body") + low, found.end("body") + low) if found else None


def _listed_body(scene: Scene, start: int, low: int) -> Pair | None:
    """The organisation that stands before ``start`` with no more than a unit's words between."""
    body = scene.organisation_before(start)
    if body is None or body[0] < low or start - body[1] > scene.settings["unit_most"]:
        return None
    if not scene.cues["unit"].search(scene.folded[body[1] : start]):
        return None
    end = body[1] + len(scene.folded[body[1] : start].rstrip())
    return _without_post(scene, body), max(body[1], _without_qualifier(scene, body[1], end))


def _without_post(scene: Scene, body: Pair) -> int:
    """Where the body begins if its words begin with another post: 副市长兼公安局."""
    for place in range(body[1] - 1, body[0], -1):
        if place in scene.posts and scene.folded[place] in scene.settings["joins_posts"]:
            return place + 1
    return body[0]


def _is_whole(words: str) -> bool:
    """Whether no bracket is left open or closed alone."""
    return words.count("（") == words.count("）") and words.count("(") == words.count(")")


def _without_qualifier(scene: Scene, low: int, end: int) -> int:
    found = scene.cues["qualifier"].search(scene.folded, low, end)
    return found.start() if found else end


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


# ---- behind a name


def _addressed(scene: Scene, one: Licensed) -> tuple[Chain, ...]:
    """The post that stands behind the name at once, and those that follow it in a list."""
    if one.post is None or one.name[1] not in scene.post_starts:
        return () if one.post is None else (Chain((Held((one.name[1], one.post)),)),)
    hit = scene.post_starts[one.name[1]]
    return (Chain((Held((hit.start, hit.end), role=hit.entry.fields["role"] or None),)),)


def _told_behind(scene: Scene, name: Pair) -> tuple[Chain, ...]:
    """The posts that a bracket, an apposition or a verb behind the name tells."""
    folded = scene.folded
    for cue in ("bracket", "apposed"):
        found = scene.cues[cue].match(folded, name[1])
        if found is not None and found.end("post") in scene.posts:
            return chains_before(scene, found.end("post"), found.start("post"))
        if found is not None and cue == "bracket" and scene.named.holding(*found.span("post")) is not None:
            return (Chain((Held(None, found.span("post")),)),)
    return _installed(scene, name)


def _installed(scene: Scene, name: Pair) -> tuple[Chain, ...]:
    """The posts that the person takes, holds or leaves, with the words that say so: 当选…, 任…, 免去…职务."""
    folded = scene.folded
    act = scene.cues["installs"].search(folded, max(0, name[0] - 4), name[0])
    verb = scene.cues["installed-as" if act else "becomes"].match(folded, name[1])
    if verb is None:
        return ()
    end = _chain_end(scene, verb.end())
    if end is None:
        return ()
    status, sign = _sign_of(act or verb)
    date = verb.span("date") if "date" in verb.re.groupindex and verb["date"] else None
    return tuple(
        Chain(tuple(msgspec.structs.replace(held, status=status, sign=sign, date=date) for held in chain.held))
        for chain in chains_before(scene, end, verb.end())
    )


def _sign_of(found: re.Match[str]) -> tuple[str | None, Pair | None]:
    """The status that the words tell, and where they stand."""
    for status in found.re.groupindex:
        if status != "date" and found[status]:
            return status, found.span(status)
    return None, None


def _chain_end(scene: Scene, start: int) -> int | None:
    """Where the chain of posts ends that the words from ``start`` lead to, in the same clause."""
    stop = scene.cues["clause-end"].search(scene.folded, start, start + _FAR)
    last = stop.start() if stop else min(start + _FAR, len(scene.folded))
    for place in range(start + 1, last + 1):
        if place in scene.posts and not scene.folded.startswith(tuple(scene.settings["not_after_post"]), place):
            return _forward(scene, place)
    return None


def _forward(scene: Scene, end: int) -> int:
    """The end of the last post of a chain that goes on behind ``end``."""
    for mark in scene.settings["between_posts"]:
        start = end + len(mark)
        if mark and scene.folded.startswith(mark, end) and start in scene.post_starts:
            return _forward(scene, scene.post_starts[start].end)
    return end


def all_held(chains: tuple[Chain, ...]) -> Iterator[Held]:
    """Every post of the chains."""
    for chain in chains:
        yield from chain.held
