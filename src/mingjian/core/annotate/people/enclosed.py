"""Names without a known surname, between a post and a word of speech or a mark."""

from __future__ import annotations

from mingjian.core.annotate.people.readings import behind, has_given_name, is_han
from mingjian.core.annotate.people.scene import Scene
from mingjian.core.model.span import Pair

_LENGTHS = (4, 3, 2)  # the longest first
_SHORT = 2
_CLEAR = 10  # what shows clearly that a name has ended: a word of speech, a form of address


def enclosed_at(scene: Scene, start: int) -> Pair | None:
    """The name that fills all between the post that ends at ``start`` and what shows that a name has ended.

    Its characters must be those of given names, all of them or all but one before speech, by so much more as what
    stands behind speaks less for a name; and no word may be read in it.
    """
    if not has_given_name(scene, start):
        return None
    best: Pair | None = None
    heaviest = scene.settings["weights"]["enclosed"] - 1
    for length in _LENGTHS:
        end = start + length
        weights = [scene.shapes.given.get(character, 0) for character in scene.folded[start:end]]
        unlisted = sum(weight <= 0 for weight in weights)
        if len(weights) < length or unlisted > 1:
            continue
        follows = behind(scene, end)
        if unlisted and (length == _SHORT or follows < _CLEAR):
            continue
        weight = sum(weights) + follows
        if follows > 0 and weight > heaviest and not _holds_word(scene, start, end):
            best, heaviest = (start, end), weight
    return best


def _holds_word(scene: Scene, start: int, end: int) -> bool:
    """Whether a word, a post, a body or a place is read in the characters or across their end."""
    folded, shapes, settings = scene.folded, scene.shapes, scene.settings
    pairs = [folded[place : place + 2] for place in range(start, end)]
    return (
        not all(is_han(character) and character not in settings["never_given"] for character in folded[start:end])
        or any(word in shapes.followers or word in shapes.common or word in shapes.rare for word in pairs)
        or any(place in scene.post_starts or place + 1 in scene.posts for place in range(start, end))
        or folded[end - 1] in settings["place_ends"]
        or scene.is_taken(start, end)
    )
