"""The body of a post: an organisation with the words of a unit, a body no rule knows, a firm that the text tells."""

from __future__ import annotations

from mingjian.core.annotate.people.scene import Scene
from mingjian.core.model.span import Pair

_LONGEST_BODY = 30
_LONGEST_BRAND = 24
_LONGEST_POINTER = 8
_CUES = ("unlisted", "nested", "state-unit")
_BUSINESS = "executive"
_STATE = "government"


def own_body(scene: Scene, title: Pair, low: int) -> Pair | None:
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


def affiliation_before(scene: Scene, title: Pair, low: int) -> Pair | None:
    """The organisation before the title with the words of a unit between, or a body that no rule of names knows."""
    start = title[0]
    found = _listed_body(scene, start, low)
    if found is None or not _is_whole(scene.folded[slice(*found)]):
        far = max(low, start - _LONGEST_BODY)
        found = next(filter(None, (_words_before(scene, cue, start, far, low) for cue in _CUES)), None)
        if found is None and scene.posts[title[1]].surface.endswith(tuple(scene.settings["functional"])):
            found = _words_before(scene, "body-of-function", start, far, low)
        if found is None and is_business(scene, title):
            found = _brand(scene, title, low)
        found = (_without_post(scene, found), found[1]) if found else None
    return _without_description(scene, found) if found else None


def _brand(scene: Scene, title: Pair, low: int) -> Pair | None:
    """The short name of a firm before a title of business: the words from a mark on, or in quotes."""
    far = max(low, title[0] - _LONGEST_BRAND)
    if scene.posts[title[1]].surface not in scene.settings["functional"]:
        quoted = scene.cues["quoted"].search(scene.folded, far, title[0])
        if quoted is not None:
            return quoted.span("body")
    cue = "brand-of" if scene.folded.endswith("的", far, title[0]) else "brand"
    found = _words_before(scene, cue, title[0], far, low)
    return None if found and scene.folded[found[0] : found[0] + 2] in scene.shapes.followers else found


def _without_description(scene: Scene, body: Pair) -> Pair:
    """The name of a firm without the words before it that only say what it is: 某地机器人公司…."""
    described = scene.cues["described"].match(scene.folded, *body)
    return (described.end(), body[1]) if described else body


def is_business(scene: Scene, title: Pair) -> bool:
    """Whether the title is one of firms."""
    hit = scene.posts.get(title[1])
    return hit is not None and (hit.entry.fields["role"] == _BUSINESS or hit.surface in scene.settings["of_firms"])


def subject_of(scene: Scene, place: int) -> Pair | None:
    """The firm with which the sentence begins that holds ``place``: what it tells of a post is of that firm's."""
    start = 0
    for mark in scene.settings["sentence_ends"]:  # no mark is looked for before the last one of another
        start = max(start, scene.folded.rfind(mark, start, place) + 1)
    body = scene.first_organisation(start)
    if body is None or body[1] > place or scene.kinds.get(body) == _STATE:
        return None
    if start < body[0] and not scene.cues["before-subject"].fullmatch(scene.folded, start, body[0]):
        return None
    part = scene.cues["subsidiary"].match(scene.folded, body[1])
    if part is not None:
        body = part.span("body")
    return _without_description(scene, body) if scene.cues["behind-subject"].match(scene.folded, body[1]) else None


def body_named_before(scene: Scene, title: Pair, low: int) -> Pair | None:
    """The body that the paragraph names before the title: 该校教授, or 建成某某学院，院长."""
    start, folded, settings = title[0], scene.folded, scene.settings
    comma = start - 1 if folded[start - 1 : start] in settings["clause_begins"] else -1
    if comma > low:
        body = scene.organisation_before(comma)
        endings = tuple(settings["heads"].get(scene.posts[title[1]].surface, ()))
        ends = body is not None and body[1] == comma and folded.endswith(endings, *body)
        return body if ends else None
    points = scene.cues["points-back"].search(folded, max(low, start - _LONGEST_POINTER), start)
    if points is None:
        return None
    endings = tuple(settings["points_to"].get(points["noun"], (points["noun"],)))
    paragraph = folded.rfind("\n", 0, start)
    end = points.start()
    while (body := scene.organisation_before(end)) is not None and body[0] > paragraph:
        if folded.endswith(endings, *body):
            return body
        end = body[0]
    return None


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
    unit = scene.cues["unit"].match(scene.folded[body[1] : start])
    if unit is None or any(_is_post(scene, place) for place in range(body[1] + 1, start)):
        return None
    end = body[1] + unit.end("unit") if unit["unit"] else body[1]
    return _without_post(scene, body), max(body[1], _without_qualifier(scene, body[1], end))


def _is_post(scene: Scene, end: int) -> bool:
    """Whether a post ends here that is no part of a unit's name, as in 专家组."""
    return end in scene.posts and scene.folded[end] not in scene.settings["unit_ends"]


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
