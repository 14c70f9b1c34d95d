"""How far a name goes: every reading of the characters is weighed with what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.annotate.people.scene import Scene
from mingjian.core.model.span import Pair

# Forms of writing, not words.
_HAN_FIRST, _HAN_LAST = "\u4e00", "\u9fff"
_NATIVE = (3, 2, 4, 5, 6)
_CHINESE_MOST = 4
_UNSURE = frozenset({"nothing", "particle"})  # what stands behind does not show that the name has ended
_FOREIGN_MOST = 7
_FOREIGN_LEAST = 2
_SHORT = 2
_FOREIGN_SURE = 7  # a sound of this weight seldom begins a Chinese word


def is_han(character: str) -> bool:
    """Whether it is one Chinese character."""
    return _HAN_FIRST <= character <= _HAN_LAST


def native_at(scene: Scene, start: int, licence: int) -> tuple[int, int] | None:
    """The end of the Chinese name that begins at ``start`` and its weight, or None if no reading weighs enough."""
    if not has_given_name(scene, start):
        return None
    best: tuple[int, int] | None = None
    for end, shape in scene.shapes.native_ends(scene.folded, start):
        if scene.folded[end - 1] in scene.settings["never_given"]:
            if scene.folded[end - 1] in scene.settings["inner_given"]:
                continue
            break
        weight = weigh(scene, start, end, shape, licence)
        if best is None or weight > best[1]:
            best = end, weight
    if best is None or best[1] < scene.settings["weights"]["least"]:
        return None
    return None if scene.is_taken(start, best[0]) and not _holds_place(scene, start, best[0], licence) else best


def _holds_place(scene: Scene, start: int, end: int, licence: int) -> bool:
    """Whether only a place shorter than the name has the words, where a post and an edge enclose them: 高安宁."""
    weights, settings = scene.settings["weights"], scene.settings
    if scene.named.touching(start, end) or licence < weights["licence"]["post"] or end - start <= _SHORT:
        return False
    if behind(scene, end) < weights["behind"]["edge"] or scene.folded[end - 1] in settings["place_ends"]:
        return False
    held = (scene.others.holding(place, place + 1) for place in range(start, end))
    return all(pair is None or (start <= pair[0] and pair[1] <= end and pair != (start, end)) for pair in held)


def has_given_name(scene: Scene, start: int) -> bool:
    """Whether the first character can be a surname that a given name follows: no title, no 王女士, no 李某."""
    folded = scene.folded
    first = start + (
        scene.shapes.surname_length(folded, start) if folded[start : start + 1] in scene.shapes.longer else 1
    )
    first = max(first, start + 1)
    return folded[first : first + 1] != folded[start : start + 1] and not (
        start in scene.post_starts or first in scene.post_starts or scene.cues["surname-only"].match(folded, first)
    )


def native_before(scene: Scene, end: int, licence: int, *, anywhere: bool = False) -> Pair | None:
    """The Chinese name that ends at ``end``, where what stands before it lets a name begin, or ``anywhere``."""
    weights = scene.settings["weights"]
    best: Pair | None = None
    heaviest = weights["least"] - 1
    for length in _NATIVE:
        start = end - length
        if length > _CHINESE_MOST and scene.folded[max(0, start)] not in scene.shapes.longer:
            continue
        if start < 0 or scene.folded[end - 1] in scene.settings["never_given"] or not has_given_name(scene, start):
            continue
        shape = next((weight for stop, weight in scene.shapes.native_ends(scene.folded, start) if stop == end), None)
        apart = shape is not None and not anywhere and not may_begin(scene, start)
        if shape is None or (apart and (shape < weights["strong"] or cuts_word(scene, start))):
            continue
        weight = shape + _words(scene, start, end) + licence + weights["length"][str(min(length, 3))]
        weight += (
            weights["apart"] if apart else weights["opens"] if length > _SHORT and opens_clause(scene, start) else 0
        )
        if weight > heaviest and not scene.is_taken(start, end):
            best, heaviest = (start, end), weight
    return best


def opens_clause(scene: Scene, start: int) -> bool:
    """Whether a clause opens here, so that nothing but the name stands before the post."""
    return not start or scene.folded[start - 1] in scene.settings["opens_clause"]


def cuts_word(scene: Scene, start: int) -> bool:
    """Whether the character before and the first of the name make a word, as in 由于."""
    word, shapes = scene.folded[max(0, start - 1) : start + 1], scene.shapes
    return word in shapes.common or word in shapes.rare or word in shapes.followers


def weigh(scene: Scene, start: int, end: int, shape: int, licence: int) -> int:
    """The weight of a reading: its characters, its licence, the words that it looks like, and what follows.

    Words count little where a post stands before and an edge behind (for two characters, a word of speech): what is
    left between them is the name.
    """
    weights = scene.settings["weights"]
    words, follows = _words(scene, start, end), behind(scene, end)
    edge = weights["behind"]["edge" if end - start > _SHORT else "speech"]
    if licence >= weights["licence"]["post"] and follows >= edge:
        words = max(words, weights["word"]["enclosed"])
    return shape + licence + words + follows + int(weights["length"][str(min(end - start, 3))])


def _words(scene: Scene, start: int, end: int) -> int:
    """What ordinary words take from the weight: one that begins as the name does, one inside it, one across its end."""
    folded, shapes, weights = scene.folded, scene.shapes, scene.settings["weights"]
    kind = shapes.word_at(folded, start)
    weight: int = weights["surname"].get(folded[start], 0) + (weights["word"][kind] if kind else 0)
    if end - start > 2 and folded[start + 1 : end] in shapes.followers:
        weight += weights["inner_word"]
    return weight


def behind(scene: Scene, end: int) -> int:
    """The weight of what stands behind: a form of address, a word of speech, an edge, a word that may follow."""
    folded, weights = scene.folded, scene.settings["weights"]["behind"]
    if end in scene.post_starts:
        return int(weights["nothing" if folded[end - 1] in scene.settings["before_post"] else "post"])
    found = scene.cues["behind"].match(folded, end)
    if end == len(folded):
        kind = "edge"
    elif found is not None and found.lastgroup is not None:
        kind = found.lastgroup
    else:
        kind = "word" if folded[end : end + 2] in scene.shapes.followers else "nothing"
    weight: int = weights[kind]
    if scene.shapes.foreign.get(folded[end : end + 1], 0) >= _FOREIGN_SURE:
        weight += weights["foreign_on"]
    if kind in _UNSURE and folded[end - 1 : end + 1] in scene.shapes.followers:
        weight += weights["across"]
    return weight


def may_begin(scene: Scene, start: int) -> bool:
    """Whether a name may begin here: at an edge, behind a post, a body, a place, a particle, a verb."""
    before = scene.folded[start - 1 : start]
    if not before or not is_han(before):
        return not (before.isascii() and before.isalnum()) and before != "·"
    return (
        before in scene.settings["before_name"]
        or scene.folded[max(0, start - 2) : start] in scene.shapes.followers
        or start in scene.posts
        or scene.named.touching(start - 1, start)
        or scene.others.touching(start - 1, start)
    )


def foreign_at(scene: Scene, start: int) -> Pair | None:
    """The name of foreign sounds, without a dot, that begins at ``start``: the longest after which it may end."""
    least = scene.settings["weights"]["foreign"]
    words = scene.cues["name-words"].match(scene.folded, start)
    best: Pair | None = words.span() if words and behind(scene, words.end()) > 0 else None
    if scene.shapes.begins_common(scene.folded, start):
        return best
    for end, weight in scene.shapes.foreign_run(scene.folded, start, _FOREIGN_MOST):
        length = end - start
        if length >= _FOREIGN_LEAST and weight >= least * length and behind(scene, end) > 0:
            best = start, end
    return best if best and not scene.is_taken(*best) and best[0] not in scene.post_starts else None


def foreign_before(scene: Scene, end: int) -> Pair | None:
    """The name of foreign sounds, without a dot, that ends at ``end``."""
    least, best = scene.settings["weights"]["foreign"], None
    for start, weight in _foreign_starts(scene, end):
        length = end - start
        if length >= _FOREIGN_LEAST and weight >= least * length and may_begin(scene, start):
            best = start, end
    return best if best and not scene.is_taken(*best) else None


def _foreign_starts(scene: Scene, end: int) -> Iterator[tuple[int, int]]:
    weight = 0
    for start in range(end - 1, max(end - 1 - _FOREIGN_MOST, -1), -1):
        character = scene.folded[start]
        if character not in scene.shapes.foreign:
            return
        weight += scene.shapes.foreign[character]
        yield start, weight


def latin_at(scene: Scene, start: int) -> Pair | None:
    """The name in Latin letters that begins at ``start``: two capitalised words or more."""
    found = scene.cues["latin"].match(scene.folded, start)
    return None if found is None or scene.is_taken(*found.span()) else found.span()
