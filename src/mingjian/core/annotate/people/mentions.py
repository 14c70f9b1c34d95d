"""Every place that names a person: the name again, its last part, a surname before a title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingjian.core.annotate.people.readings import is_han
from mingjian.core.annotate.people.scene import Licensed, Scene
from mingjian.core.model.span import Pair
from mingjian.core.text.places import find_many, leftmost_longest

_DOTS = "·•・"
_DOT_SET = frozenset(_DOTS)
_SHORT = 2


def mentions_by_name(scene: Scene, groups: Mapping[str, Sequence[Licensed]]) -> dict[str, tuple[Pair, ...]]:
    """For each name all places that name its bearer; of names inside one another the longer stays."""
    written = {name: {scene.folded[slice(*one.name)] for one in group} | {name} for name, group in groups.items()}
    words = sorted({form for forms in written.values() for form in forms})
    places = find_many(scene.folded, scene.article.body, words)
    found: dict[str, set[Pair]] = {}
    for name, group in groups.items():
        found[name] = {one.name for one in group}
        for form in written[name]:
            found[name].update(pair for pair in places[form] if _names_again(scene, pair))
    shorter = _last_parts(scene, groups) | _surnames(scene, groups)
    for pair, name in shorter.items():
        found[name].add(pair)
    kept = set(leftmost_longest(pair for pairs in found.values() for pair in pairs))
    return {
        name: tuple(sorted(pair for pair in pairs if pair in kept)) or (groups[name][0].name,)
        for name, pairs in found.items()
    }


def _names_again(scene: Scene, pair: Pair) -> bool:
    """Whether the same words name the person here too, and are no part of a body's name or of two other words."""
    start, end = pair
    if scene.named.touching(start, end):
        return False
    if end - start > _SHORT:
        return True
    followers = scene.shapes.followers
    across = scene.folded[end - 1 : end + 1] in followers and scene.folded[end : end + 2] not in followers
    return not across and not scene.others.touching(start, end)


def _last_parts(scene: Scene, groups: Mapping[str, Sequence[Licensed]]) -> dict[Pair, str]:
    """The last part of a name with dots or in Latin letters, where it stands alone: 贝克尔 after 汤姆·贝克尔."""
    owners: dict[str, list[str]] = {}
    for name in groups:
        last = _last_part(name)
        if len(last) >= _SHORT and last != name:
            owners.setdefault(last, []).append(name)
    single = {last: names[0] for last, names in owners.items() if len(names) == 1 and last not in groups}
    places = find_many(scene.folded, scene.article.body, list(single))
    return {
        pair: single[last]
        for last, pairs in places.items()
        for pair in pairs
        if not scene.is_taken(*pair) and _stands_alone(scene, pair)
    }


def _last_part(name: str) -> str:
    place = max(name.rfind(dot) for dot in (*_DOTS, " "))
    return name[place + 1 :] if place > 0 else name


def _stands_alone(scene: Scene, pair: Pair) -> bool:
    before, behind = scene.folded[max(0, pair[0] - 1) : pair[0]], scene.folded[pair[1] : pair[1] + 1]
    if before in _DOT_SET or behind in _DOT_SET:
        return False
    return is_han(scene.folded[pair[0]]) or not ((before + behind).isascii() and (before + behind).strip().isalnum())


def _surnames(scene: Scene, groups: Mapping[str, Sequence[Licensed]]) -> dict[Pair, str]:
    """Surnames before a title (张主任), where one person of that surname is named on the page, or one has the title."""
    owners: dict[str, list[str]] = {}
    for name in groups:
        if "·" not in name and is_han(name[0]):
            first = name[:2] if name[:2] in scene.shapes.compounds else name[0]
            owners.setdefault(first, []).append(name)
    found = {}
    for start, surname, title in _before_titles(scene):
        bearers = owners.get(surname, [])
        if len(bearers) > 1:
            bearers = [name for name in bearers if title in _titles_of(scene, groups[name])]
        if len(bearers) == 1:
            found[start, start + len(surname)] = bearers[0]
    return found


def _titles_of(scene: Scene, group: Sequence[Licensed]) -> set[str]:
    """The titles that license the name."""
    hits = (scene.posts.get(one.post) for one in group if one.post is not None)
    return {hit.surface for hit in hits if hit is not None}


def _before_titles(scene: Scene) -> Iterator[tuple[int, str, str]]:
    """Where a surname stands alone before a title, with both."""
    skipped = scene.settings["not_after_surname"]
    titles = {end: hit.surface for end, hit in scene.post_starts.items() if hit.surface not in skipped}
    for block in scene.article.body:
        called = scene.cues["called-short"].finditer(scene.folded, block.start, block.end)
        titles |= {match.start(): match.group() for match in called}
    for end, title in titles.items():
        for length in (2, 1):
            surname = scene.folded[max(0, end - length) : end]
            known = surname in scene.shapes.compounds if length > 1 else surname in scene.shapes.surnames
            start = end - length
            if known and start >= 0 and (not start or _begins(scene, start)):
                yield start, surname, title
                break


def _begins(scene: Scene, start: int) -> bool:
    before = scene.folded[start - 1]
    return not before.isalnum() or before in scene.settings["before_name"]
