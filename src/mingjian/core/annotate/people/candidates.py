"""Where a name is licensed: behind a post, before one, in a bracket, a list or a label, or by its own shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mingjian.core.annotate.people.enclosed import enclosed_at
from mingjian.core.annotate.people.readings import (
    behind,
    cuts_word,
    foreign_at,
    foreign_before,
    is_han,
    latin_at,
    may_begin,
    native_at,
    native_before,
    opens_clause,
)
from mingjian.core.annotate.people.scene import Licensed, Scene
from mingjian.core.model.span import Pair
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.places import find_many

_DOTS = "·•・"
_OPEN, _CLOSE = "《", "》"
_LIST_MARK = "、"
_PART_MOST = 9
_JOINED_MOST = 6
_TURNS = 2
_SHORT = 2
_OF_PEOPLE = frozenset({"told", "human", "address"})


def licensed_names(scene: Scene, found: GroupFindings) -> list[Licensed]:
    """Every place where a name is licensed, in page order, one a place."""
    licensed: dict[int, Licensed] = {}
    for candidate in _by_strength(scene, found):
        _take(scene, licensed, candidate)
    for start, hit in scene.post_starts.items():
        one = _before_post(scene, start)
        if one is not None and not _heads(scene, licensed, hit.end):
            _take(scene, licensed, one)
    for one in _by_shape(scene, licensed):
        behind_it = scene.post_starts.get(one.name[1])
        if behind_it is None or not _heads(scene, licensed, behind_it.end):
            _take(scene, licensed, one)
    return sorted(licensed.values(), key=lambda one: one.name)


def with_longer_names(scene: Scene, licensed: Sequence[Licensed]) -> list[Licensed]:
    """The same places, each with the longer name that another place of the page has, where its words stand here too."""
    names = {scene.folded[slice(*one.name)] for one in licensed}
    return [_lengthened(scene, one, names) for one in licensed]


def _lengthened(scene: Scene, one: Licensed, names: set[str]) -> Licensed:
    start, end = one.name
    if end - start != _SHORT or end == len(scene.folded) or scene.folded[start : end + 1] not in names:
        return one
    return msgspec.structs.replace(one, name=(start, end + 1))


def _take(scene: Scene, licensed: dict[int, Licensed], candidate: Licensed) -> None:
    """Takes the candidate and the names of a list that it stands in, as far as none stands there already."""
    named: Licensed | None = candidate
    while named is not None and not _overlaps(licensed, named):
        licensed[named.name[0]] = named
        named = _next_in_list(scene, named) if named.lends else None
    named = _previous_in_list(scene, candidate)
    while named is not None and not _overlaps(licensed, named):
        licensed[named.name[0]] = named
        named = _previous_in_list(scene, named)


def _heads(scene: Scene, licensed: dict[int, Licensed], end: int) -> bool:
    """Whether a name follows the post that ends here, so that what stands before the post is a body."""
    glue = scene.cues["glue"].match(scene.folded, end)
    return (glue.end() if glue else end) in licensed


def _overlaps(licensed: dict[int, Licensed], named: Licensed) -> bool:
    start, end = named.name
    return any(place in licensed and licensed[place].name[1] > start and place < end for place in range(start - 8, end))


def _by_strength(scene: Scene, found: GroupFindings) -> Iterator[Licensed]:
    """The candidates, the surest first: of those that overlap the first stays."""
    matches = sorted(found.matches, key=lambda match: match.start)
    for licence, read in (("dotted", _dotted), ("joined", _joined)):
        for match in matches:
            if match.rule.fields["licence"] == licence and (one := read(scene, match)) is not None:
                yield one
    for end in scene.posts:
        yield from _after_post(scene, end)
    for match in matches:
        yield from _ruled(scene, match)
    yield from _labelled(scene, matches)
    yield from _latin_told(scene)


# ---- beside a post


def _after_post(scene: Scene, end: int) -> Iterator[Licensed]:
    """The name that stands directly behind the post."""
    glue = scene.cues["glue"].match(scene.folded, end)
    start = glue.end() if glue else end
    pair = _name_at(scene, start, scene.settings["weights"]["licence"]["post"])
    if pair is not None:
        labels = glue is not None and scene.posts[end].surface in scene.settings["labels"]
        yield Licensed(end - 1, pair, "person.titled", None if labels else end, lends=True)


def _name_at(scene: Scene, start: int, licence: int) -> Pair | None:
    """The name that begins at ``start``, of whichever kind fits best."""
    if start >= len(scene.folded):
        return None
    if not is_han(scene.folded[start]):
        return latin_at(scene, start)
    spaced = scene.cues["spaced"].match(scene.folded, start) if scene.folded[start + 1 : start + 2].isspace() else None
    if spaced is not None and spaced["surname"] in scene.shapes.surnames and not scene.is_taken(*spaced.span()):
        return spaced.span()
    native, foreign = native_at(scene, start, licence), foreign_at(scene, start)
    beside_post = licence >= scene.settings["weights"]["licence"]["post"]
    fits = native is not None and (foreign is None or foreign[1] <= native[0])
    if native is not None and fits and (not beside_post or behind(scene, native[0]) > 0):
        return start, native[0]
    enclosed = enclosed_at(scene, start) if beside_post else None
    if foreign is not None and (enclosed is None or foreign[1] >= enclosed[1]):
        return foreign
    return enclosed or ((start, native[0]) if native else None)


def _before_post(scene: Scene, start: int) -> Licensed | None:
    """The name that stands directly before a post."""
    hit = scene.post_starts[start]
    if hit.entry.fields["body"]:
        return None  # 慈溪市委书记: what stands before is a place
    apart = scene.folded[max(0, start - 2) : start - 1].isspace()
    spaced = scene.cues["spaced-before"].search(scene.folded, max(0, start - 4), start) if apart else None
    if spaced is not None and spaced["surname"] in scene.shapes.surnames and not scene.is_taken(*spaced.span()):
        return Licensed(spaced.start(), spaced.span(), "person.with-post-after", hit.end)
    if not start or not is_han(scene.folded[start - 1]) or hit.surface in scene.settings["not_after_name"]:
        return None
    if scene.folded[hit.end - 1 : hit.end + 1] in scene.shapes.followers:
        return None  # 总统治下 is no 总统
    leads = hit.surface in scene.settings["leaders"]
    licence = scene.settings["weights"]["licence"]["leader" if leads else "post_behind"]
    pair = native_before(scene, start, licence, anywhere=leads)
    foreign = foreign_before(scene, start) if hit.surface in scene.settings["after_foreign"] else None
    if foreign is not None and (pair is None or foreign[0] < pair[0]):
        pair = foreign
    return Licensed(pair[0], pair, "person.with-post-after", hit.end) if pair else None


# ---- by rules


def _ruled(scene: Scene, match: Match) -> Iterator[Licensed]:
    """What the rules of ``people.toml`` license; they mark where the name begins or ends."""
    licence = match.rule.fields["licence"]
    weight = scene.settings["weights"]["licence"][match.rule.fields.get("weighs", "rule")]
    if licence == "begins":
        start = match.end
        pair = _name_at(scene, start, weight)
        if pair is not None and not cuts_word(scene, start):
            post = start if match.span("post") else _post_behind(scene, pair)
            yield Licensed(match.start, pair, match.rule.id, post, lends=True)
    elif licence == "ends" and match.start not in scene.posts:
        pair = native_before(scene, match.start, weight)
        if pair is None and match.rule.fields.get("foreign"):
            pair = foreign_before(scene, match.start)
        if pair is not None:
            post = match.end if match.span("post") else None
            yield Licensed(pair[0], pair, match.rule.id, post, lends=bool(match.rule.fields.get("lends")))


def _post_behind(scene: Scene, name: Pair) -> int | None:
    """Where the post ends by which the name is called: 老师某某某教授."""
    hit = scene.post_starts.get(name[1])
    return hit.end if hit is not None and hit.surface in scene.settings["calls"] else None


def _dotted(scene: Scene, match: Match) -> Licensed | None:
    """A foreign name: a post may end inside what looks like its first part; before it stands an edge or a particle."""
    name = match.span("name")
    if name is None:
        return None
    folded = scene.folded
    first_part = next((place for place in range(*name) if folded[place] in _DOTS), name[1])
    start = next((place for place in range(first_part - 1, name[0] - 1, -1) if place in scene.posts), name[0])
    end = _dotted_end(scene, name)
    if end is None:
        return None
    name = name[0], end
    before = folded[start - 1] if start else ""
    if before in (*_DOTS, _OPEN) or scene.named.touching(start, name[1]):
        return None
    if before.isalpha() and before not in scene.settings["before_foreign"] and start not in scene.posts:
        return None
    glue = scene.cues["glue-before"].search(folded, max(0, start - 3), start)
    place = glue.start() if glue else start
    post = place if place in scene.posts else None
    return Licensed(match.start, (start, name[1]), match.rule.id, post, lends=True)


def _dotted_end(scene: Scene, name: Pair) -> int | None:
    """Where the last part ends: the longest after which a name may end."""
    last = max(scene.folded.rfind(dot, *name) for dot in _DOTS) + 1
    most = max([name[1], *(end for end, _ in scene.shapes.foreign_run(scene.folded, last, _PART_MOST))])
    return next((end for end in range(most, last, -1) if behind(scene, end) > 0), None)


def _joined(scene: Scene, match: Match) -> Licensed | None:
    """A name with a dot of whichever sounds, as those of minorities are: a post must stand beside it."""
    dot = match.start + 1
    first, last = _run_round(scene.folded, dot)
    after = next((place for place in range(dot - 1, first - 1, -1) if place in scene.posts), None)
    ends = range(dot + 2, last + 1)
    if after is not None:
        end = next((end for end in ends if behind(scene, end) > 0), None)
    else:
        end = next((end for end in ends if end in scene.post_starts), None)
    start = first if after is None else after
    if end is None or not 0 < dot - start <= _JOINED_MOST or scene.is_taken(start, end):
        return None
    post = scene.post_starts[end].end if after is None else after
    return Licensed(start, (start, end), match.rule.id, post, lends=True)


def _run_round(folded: str, dot: int) -> Pair:
    """The characters without a break on both sides of a dot."""
    start, end = dot, dot + 1
    while start > 0 and dot - start < _PART_MOST and is_han(folded[start - 1]):
        start -= 1
    while end < len(folded) and end - dot < _PART_MOST and is_han(folded[end]):
        end += 1
    return start, end


def _labelled(scene: Scene, matches: list[Match]) -> Iterator[Licensed]:
    """Names before a turn of an interview, and wherever else they stand, if they stand before a second turn too."""
    labels = [match for match in matches if match.rule.fields["licence"] == "label"]
    counts = Counter(match.group("name") for match in labels)
    for match in labels:
        name = match.span("name")
        if name is None or counts[match.group("name")] < _TURNS or scene.is_taken(*name):
            continue
        if not scene.shapes.word_at(scene.folded, name[0]):
            yield Licensed(match.start, name, match.rule.id)
    turns = [name for name, count in counts.items() if name and count >= _TURNS and not scene.shapes.word_at(name, 0)]
    for pairs in find_many(scene.folded, scene.article.body, turns).values() if turns else ():
        yield from (Licensed(pair[0], pair, labels[0].rule.id) for pair in pairs if not scene.is_taken(*pair))


def _latin_told(scene: Scene) -> Iterator[Licensed]:
    """Names in Latin letters behind which stands what is told of people only."""
    for block in scene.article.body:
        for found in scene.cues["latin"].finditer(scene.folded, block.start, block.end):
            told = scene.cues["behind"].match(scene.folded, found.end())
            if told is not None and told.lastgroup in _OF_PEOPLE and latin_at(scene, found.start()):
                yield Licensed(found.start(), found.span(), "person.shape")


# ---- by its own shape


def _by_shape(scene: Scene, licensed: Mapping[int, Licensed]) -> Iterator[Licensed]:
    """Names by shape alone where none is licensed: strong ones at once, weaker ones that stand twice on the page."""
    weights = scene.settings["weights"]
    weak: dict[str, list[Licensed]] = {}
    for start in _seeds(scene):
        if start in licensed:
            continue
        read = native_at(scene, start, weights["before"][_kind_before(scene, start)]) or _told_of_body(scene, start)
        if read is None:
            continue
        weight = read[1] + _doubts(scene, start, read[0])
        lends = weight >= weights["sure"] or scene.folded[start - 1 : start] == _LIST_MARK
        one = Licensed(start, (start, read[0]), "person.shape", lends=lends)
        if weight >= weights["alone"]:
            yield one
        elif weight >= weights["least"]:
            weak.setdefault(scene.folded[start : read[0]], []).append(one)
    for group in weak.values():
        if len({scene.folded[one.name[1] : one.name[1] + 2] for one in group}) > 1:
            yield from group


def _told_of_body(scene: Scene, start: int) -> tuple[int, int] | None:
    """The name behind a body (and 的) of one of its people, of whom it is told that he or she says something."""
    end = start - 1 if scene.folded[start - 1 : start] == scene.settings["of_body"] else start
    if end <= 0 or not scene.named.touching(end - 1, end):
        return None
    read = native_at(scene, start, scene.settings["weights"]["before"]["body"])
    return read if read is not None and _is_told_to_speak(scene, read[0]) else None


def _is_told_to_speak(scene: Scene, end: int) -> bool:
    """Whether what stands behind the name is a word of speech, or weighs as much."""
    return behind(scene, end) >= int(scene.settings["weights"]["behind"]["speech"])


def _seeds(scene: Scene) -> Iterator[int]:
    """Where a surname stands that begins no common word, and what stands before it lets a name begin."""
    folded, shapes = scene.folded, scene.shapes
    for block in scene.article.body:
        for seed in shapes.seed.finditer(folded, block.start, block.end):
            start = seed.start()
            if shapes.begins_common(folded, start):
                continue
            if may_begin(scene, start) and not cuts_word(scene, start):
                yield start


def _doubts(scene: Scene, start: int, end: int) -> int:
    """What makes a shape doubtful: the end of a place's name, foreign sounds throughout, one character repeated.

    A name of three characters is less so that opens a clause and behind which a word of speech stands.
    """
    words, weights = scene.folded[start:end], scene.settings["weights"]["shape"]
    doubts: int = weights["place"] if words[-1] in scene.settings["place_ends"] else 0
    if end - start > _SHORT and opens_clause(scene, start) and _is_told_to_speak(scene, end):
        doubts += weights["opens"]
    if len(set(words)) == 1:
        doubts += weights["repeated"]
    sounds = [scene.shapes.foreign.get(character, 0) for character in words]
    if end - start > 2 and min(sounds) > 0 and sum(sounds) >= scene.settings["weights"]["foreign"] * len(sounds):
        doubts += weights["foreign"]
    return doubts


def _kind_before(scene: Scene, start: int) -> str:
    before = scene.folded[start - 1 : start]
    if not before or not is_han(before):
        if before == _LIST_MARK and start > 1 and scene.is_taken(start - 2, start - 1):
            return "place"
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


def _previous_in_list(scene: Scene, one: Licensed) -> Licensed | None:
    """The name before this one in a list with marks."""
    end = one.name[0] - 1
    if end < 1 or scene.folded[end] != _LIST_MARK:
        return None
    pair = native_before(scene, end, scene.settings["weights"]["licence"]["list"])
    return Licensed(pair[0], pair, "person.listed") if pair and may_begin(scene, pair[0]) else None
