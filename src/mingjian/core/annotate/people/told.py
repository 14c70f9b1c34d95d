"""What is told of a person round the name: a bracket, an apposition, verbs of taking, holding and leaving a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from mingjian.core.annotate.people.bodies import is_business
from mingjian.core.annotate.people.posts import Chain, Held, chains_before
from mingjian.core.annotate.people.scene import Licensed, Scene
from mingjian.core.model.span import Pair

_FAR = 40
_CLAUSES_MOST = 4


def chains_of(scene: Scene, one: Licensed, until: int) -> tuple[Chain, ...]:
    """The chains of posts told of a licensed name, in page order; later clauses count ``until`` the next name."""
    before: tuple[Chain, ...] = ()
    behind: tuple[Chain, ...] = ()
    if one.post is not None and one.post <= one.name[0]:
        before = chains_before(scene, one.post)
    elif one.post is not None:
        behind = _addressed(scene, one)
    front = min([one.name[0], *(chain.front for chain in before if chain.front is not None)])
    handed = _handed(scene, front, one.name[1])
    if handed and before and before[-1].affiliation is None:
        before = (*before[:-1], _with(before[-1], affiliation=handed[0].affiliation))
    return (*before, *behind, *_told_behind(scene, front, one.name), *_told_later(scene, one.name[1], until), *handed)


def told_of_each(scene: Scene, licensed: Sequence[Licensed]) -> list[tuple[Licensed, tuple[Chain, ...]]]:
    """Each place of a name with its posts; 公司董事长 and 另一位创始人 are of the firm told of the person before."""
    told: list[tuple[Licensed, tuple[Chain, ...]]] = []
    firm: Pair | None = None
    starts = [*(one.name[0] for one in licensed), len(scene.folded)]
    for one, until in zip(licensed, starts[1:], strict=True):
        chains = chains_of(scene, one, until)
        if firm is not None and chains and _of_same_firm(scene, chains[0], firm):
            chains = (_with(chains[0], affiliation=firm), *chains[1:])
        told.append((one, chains))
        firms = (chain.affiliation for chain in chains if chain.title and is_business(scene, chain.title))
        firm = next(filter(None, firms), firm)
    return told


def _of_same_firm(scene: Scene, chain: Chain, firm: Pair) -> bool:
    """Whether the words before a title of business point back to the firm, in the same paragraph."""
    title = chain.title
    if title is None or chain.affiliation is not None or not is_business(scene, title):
        return False
    points = scene.cues["same-firm"].search(scene.folded, max(0, title[0] - 4), title[0])
    return points is not None and any(block.start <= firm[0] and title[1] <= block.end for block in scene.article.body)


def _addressed(scene: Scene, one: Licensed) -> tuple[Chain, ...]:
    """The post that stands behind the name at once, and those that follow it in a list."""
    if one.post is None or one.name[1] not in scene.post_starts:
        return () if one.post is None else (Chain((Held((one.name[1], one.post)),)),)
    hit = scene.post_starts[one.name[1]]
    return (Chain((Held((hit.start, hit.end), role=hit.entry.fields["role"] or None),)),)


def _told_behind(scene: Scene, front: int, name: Pair) -> tuple[Chain, ...]:
    """The posts that a bracket, a verb or an apposition behind the name tells."""
    folded, cues = scene.folded, scene.cues
    bracket = cues["bracket"].match(folded, name[1])
    chains: tuple[Chain, ...] = ()
    if bracket is not None and bracket.end("post") in scene.posts:
        chains = chains_before(scene, bracket.end("post"), bracket.start("post"))
    elif bracket is not None and scene.named.holding(*bracket.span("post")) is not None:
        chains = (Chain((Held(None, bracket.span("post")),)),)
    if folded.endswith(tuple(scene.settings["before_replaced"]), 0, front):
        return chains  # what follows is told of who comes after
    act = cues["installs"].search(folded, max(0, front - 4), front)
    verb = cues["installed-as" if act else "becomes"].match(folded, name[1])
    if verb is not None:
        chains += _led_to(scene, verb, act or verb)
    elif not chains:
        apposed = cues["apposed"].match(folded, name[1])
        if apposed is not None and apposed.end("post") in scene.posts:
            chains = chains_before(scene, apposed.end("post"), apposed.start("post"))
    return chains


def _told_later(scene: Scene, start: int, until: int) -> Iterator[Chain]:
    """The posts that later clauses of the sentence tell of its person: …，曾任…，拟任…."""
    ends = scene.cues["clause-end"].finditer(scene.folded, start, min(until, start + _CLAUSES_MOST * _FAR))
    for number, end in enumerate(ends):
        if number == _CLAUSES_MOST or end.group() in scene.settings["sentence_ends"]:
            return
        verb = scene.cues["goes-on"].match(scene.folded, end.end())
        if verb is not None:
            yield from _led_to(scene, verb, verb)


def _led_to(scene: Scene, verb: re.Match[str], tells: re.Match[str]) -> tuple[Chain, ...]:
    """The posts behind the verb, in the same clause, with the words that say how they are held: 当选…, 免去…职务."""
    end = _chain_end(scene, verb.end())
    if end is None:
        return ()
    status, sign = _sign_of(tells)
    date = verb.span("date") if "date" in verb.re.groupindex and verb["date"] else None
    chains = chains_before(scene, end, verb.end())
    return tuple(_with(chain, status=status, sign=sign, date=date) for chain in chains)


def _handed(scene: Scene, front: int, end: int) -> tuple[Chain, ...]:
    """The post before 由 that the person takes whose posts and name stand from ``front`` to ``end``: 主任由某某担任."""
    verb = scene.cues["takes-over"].match(scene.folded, end)
    by = scene.cues["handed-by"].search(scene.folded, max(0, front - 3), front) if verb else None
    if verb is None or by is None or by.start() not in scene.posts:
        return ()
    return tuple(_with(chain, status="current", sign=verb.span()) for chain in chains_before(scene, by.start()))


def _with(chain: Chain, **told: object) -> Chain:
    return Chain(tuple(msgspec.structs.replace(held, **told) for held in chain.held))


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
        if mark in ("", *scene.settings["clause_begins"]) or not scene.folded.startswith(mark, end):
            continue
        if start in scene.post_starts:
            return _forward(scene, scene.post_starts[start].end)
        if mark in scene.settings["between_chains"] and (further := _chain_end(scene, start)) is not None:
            return further
    return end
