"""Where a name is licensed: behind a post, before one, in a bracket, a list or a label, or by its own shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mingjian.core.annotate.people.readings import (
    foreign_at,
    foreign_before,
    is_han,
    latin_at,
    may_begin,
    native_at,
    native_before,
)
from mingjian.core.annotate.people.scene import Licensed, Scene
from mingjian.core.model.span import Pair
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match

_DOTS = "·•・"
_OPEN, _CLOSE = "《", "》"


def licensed_names(scene: Scene, found: GroupFindings) -> list[Licensed]:
    """Every place where a name is licensed, in page order, one a place."""
    licensed: dict[int, Licensed] = {}
    for candidate in _by_strength(scene, found):
        named: Licensed | None = candidate
        while named is not None and named.name[0] not in licensed and not _overlaps(licensed, named):
            licensed[named.name[0]] = named
            named = _next_in_list(scene, named) if named.lends else None
    return sorted(licensed.values(), key=lambda one: one.name)


def _overlaps(licensed: dict[int, Licensed], named: Licensed) -> bool:
    start, end = named.name
    return any(
        place in licensed and licensed[place].name[1] > start and place < end for place in range(start - 8, end)
    )


def _by_strength(scene: Scene, found: GroupFindings) -> Iterator[Licensed]:
    """The candidates, the surest first: of those that overlap the first stays."""
    matches = sorted(found.matches, key=lambda match: match.start)
    forms = [one for match in matches if match.rule.fields["licence"] == "dotted" and (one := _dotted(scene, match))]
    yield from sorted(forms, key=lambda one: one.start)
    for end in scene.posts:
        yield from _after_post(scene, end)
    for match in matches:
        yield from _ruled(scene, match)
    yield from _labelled(scene, matches)
    for start in scene.post_starts:
        yield from _before_post(scene, start)
    yield from _by_shape(scene)


# ---- beside a post


def _after_post(scene: Scene, end: int) -> Iterator[Licensed]:
    """The name that stands directly behind the post."""
    glue = scene.cues["glue"].match(scene.folded, end)
    start = glue.end() if glue else end
    pair = _name_at(scene, start, scene.settings["weights"]["licence"]["post"])
    if pair is not None:
        yield Licensed(end - 1, pair, "person.titled", end, lends=True)


def _name_at(scene: Scene, start: int, licence: int) -> Pair | None:
    """The name that begins at ``start``, of whichever kind fits best."""
    if start >= len(scene.folded):
        return None
    if not is_han(scene.folded[start]):
        return latin_at(scene, start)
    spaced = scene.cues["spaced"].match(scene.folded, start)
    if spaced is not None and spaced["surname"] in scene.shapes.surnames and not scene.is_taken(*spaced.span()):
        return spaced.span()
    native, foreign = native_at(scene, start, licence), foreign_at(scene, start)
    if native is None or (foreign is not None and foreign[1] > native[0]):
        return foreign
    return start, native[0]


def _before_post(scene: Scene, start: int) -> Iterator[Licensed]:
    """The name that stands directly before a post."""
    if not start or not is_han(scene.folded[start - 1]):
        return
    hit = scene.post_starts[start]
    if hit.surface in scene.settings["not_after_name"]:
        return
    pair = native_before(scene, start, scene.settings["weights"]["licence"]["post_behind"])
    if pair is None and hit.surface in scene.settings["after_foreign"]:
        pair = foreign_before(scene, start)
    if pair is not None:
        yield Licensed(pair[0], pair, "person.with-post-after", hit.end)


# ---- by rules


def _ruled(scene: Scene, match: Match) -> Iterator[Licensed]:
    """What the rules of ``people.toml`` license; they mark where the name begins or ends."""
    licence = match.rule.fields["licence"]
    weights = scene.settings["weights"]["licence"]
    if licence == "begins":
        start = match.end
        pair = _name_at(scene, start, weights["rule"])
        if pair is not None:
            post = start if match.span("post") else None
            yield Licensed(match.start, pair, match.rule.id, post, lends=True)
    elif licence == "ends":
        pair = native_before(scene, match.start, weights["rule"])
        if pair is None and match.rule.fields.get("foreign"):
            pair = foreign_before(scene, match.start)
        if pair is not None:
            post = match.end if match.span("post") else None
            yield Licensed(pair[0], pair, match.rule.id, post, lends=bool(match.rule.fields.get("lends")))


def _dotted(scene: Scene, match: Match) -> Licensed | None:
    """A foreign name: a post may end inside what looks like its first part; before it stands an edge or a particle."""
    name = match.span("name")
    if name is None:
        return None
    folded = scene.folded
    first_part = next((place for place in range(*name) if folded[place] in _DOTS), name[1])
    start = next((place for place in range(first_part - 1, name[0] - 1, -1) if place in scene.posts), name[0])
    before = folded[start - 1] if start else ""
    if before in (*_DOTS, _OPEN) or scene.named.touching(start, name[1]):
        return None
    if before.isalpha() and before not in scene.settings["before_foreign"] and start not in scene.posts:
        return None
    glue = scene.cues["glue-before"].search(folded, max(0, start - 3), start)
    end = glue.start() if glue else start
    post = end if end in scene.posts else None
    return Licensed(match.start, (start, name[1]), match.rule.id, post, lends=True)


def _labelled(scene: Scene, matches: list[Match]) -> Iterator[Licensed]:
    """Names before a turn of an interview; they count where they stand before a second turn too."""
    labels = [match for match in matches if match.rule.fields["licence"] == "label"]
    counts = Counter(match.group("name") for match in labels)
    for match in labels:
        name = match.span("name")
        if name and counts[match.group("name")] > 1 and not scene.shapes.word_at(scene.folded, name[0]):
            if not scene.is_taken(*name):
                yield Licensed(match.start, name, match.rule.id)


# ---- by its own shape


def _by_shape(scene: Scene) -> Iterator[Licensed]:
    """Names by shape alone: strong ones at once, weaker ones where they stand twice on the page."""
    weights = scene.settings["weights"]
    weak: dict[str, list[Licensed]] = {}
    for block in scene.article.body:
        for seed in scene.shapes.seed.finditer(scene.folded, block.start, block.end):
            start = seed.start()
            if not may_begin(scene, start):
                continue
            read = native_at(scene, start, weights["before"][_kind_before(scene, start)])
            if read is None:
                continue
            one = Licensed(start, (start, read[0]), "person.shape", lends=read[1] >= weights["sure"])
            if read[1] >= weights["alone"]:
                yield one
            else:
                weak.setdefault(scene.folded[start : read[0]], []).append(one)
    for group in weak.values():
        if len({scene.folded[one.name[1] : one.name[1] + 2] for one in group}) > 1:
            yield from group


def _kind_before(scene: Scene, start: int) -> str:
    before = scene.folded[start - 1 : start]
    if not before or not is_han(before):
        return "book" if before in (_OPEN, _CLOSE, "“", "「") else "edge"
    return "particle" if before in scene.settings["before_name"] else "word"


# ---- lists


def _next_in_list(scene: Scene, one: Licensed) -> Licensed | None:
    """The next name of a list, which the post of the first licenses too."""
    mark = scene.cues["list-mark"].match(scene.folded, one.name[1])
    if mark is None:
        return None
    licence = scene.settings["weights"]["licence"]["comma" if mark["comma"] else "list"]
    pair = _name_at(scene, mark.end(), licence)
    return Licensed(one.name[1], pair, "person.listed", one.post, lends=True) if pair else None
