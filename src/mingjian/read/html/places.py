"""Where the nodes of a page stand: their element path and marks, whether a link encloses them, whether they show."""

from __future__ import annotations

import re

_MARKS_KEPT = 4  # so many of the nearest elements with a class or id are named
_LONGEST_MARK = 200
_LONGEST_PATH = 1_000
_KEPT_AS_TYPED = frozenset(("pre", "listing", "xmp", "plaintext"))
_NOT_DISPLAYED = re.compile(r"(?:^|[;\s])display\s{0,9}:\s{0,9}none", re.IGNORECASE)


class Place:
    """What a stretch says of its place, shared by all nodes that stand alike: pages repeat few places many times.

    ``typed`` says that white space counts, as in ``pre``. ``marks`` holds the class and id words of the nearest four
    elements that have any; beyond 1,000 characters the path grows no more.
    """

    __slots__ = ("inner", "link", "marks", "path", "shown_marks", "typed")

    def __init__(self, path: str, marks: tuple[str, ...], *, link: bool, typed: bool) -> None:
        self.path = path
        self.marks = marks
        self.shown_marks = " ".join(marks)
        self.link = link
        self.typed = typed
        self.inner: dict[object, Place] = {}


def outermost() -> Place:
    """The place of the root element."""
    return Place("", (), link=False, typed=False)


def enter(outer: Place, tag: str, attributes: dict[str, str | None], *, unseen: bool = False) -> Place | None:
    """The place inside an element, or nothing where the element is not displayed and ``unseen`` does not ask for it."""
    if not attributes:
        return outer.inner.get(tag) or _made(outer, tag, "", tag)
    if not unseen and ("hidden" in attributes or _is_undisplayed(attributes.get("style"))):
        return None
    key = (tag, attributes.get("class"), attributes.get("id"))
    return outer.inner.get(key) or _made(outer, tag, f"{key[1] or ''} {key[2] or ''}", key)


def _is_undisplayed(style: str | None) -> bool:
    return style is not None and "none" in style.lower() and _NOT_DISPLAYED.search(style) is not None


def _made(outer: Place, tag: str, own: str, key: object) -> Place:
    own = " ".join(own[:_LONGEST_MARK].split())
    marks = (*outer.marks[1 - _MARKS_KEPT :], own) if own else outer.marks
    path = outer.path
    if len(path) < _LONGEST_PATH:
        path = f"{path}/{tag}" if path else tag
    place = Place(path, marks, link=outer.link or tag == "a", typed=outer.typed or tag in _KEPT_AS_TYPED)
    outer.inner[key] = place
    return place
