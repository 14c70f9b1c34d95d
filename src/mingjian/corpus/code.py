"""Which code made what a workspace derives: of other code it is made anew, as of other rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

LINKS = (
    "core/link/reprints", "core/text", "corpus/grouping.py", "corpus/linking.py", "corpus/neighbours.py",
    "corpus/ties.py",
)  # fmt: skip
"""By which reprints are told."""
THINGS = ("core/books.py", "core/ledger", "core/link", "core/model", "core/text", "corpus/books", "store/books")
"""By which mentions are one thing, and what the books hold of it."""
WEIGHING = ("core/model/review.py", "core/review", "corpus/desk", "store/queue.py")
"""By which facts are put into the queue of the desk."""


@cache
def code_of(places: tuple[str, ...], package: Traversable | None = None) -> str:
    """A word that changes with any module in these folders and files of the package, this one unless another is given.

    The source itself is told, for nobody can forget to count it up; a change that changes nothing costs one making
    anew. A package without sources has one word for all of its code.
    """
    root = files("mingjian") if package is None else package
    told = sha256()
    for place in places:
        for name, module in _modules(place, root.joinpath(*place.split("/"))):
            told.update(f"{name}\0".encode())
            told.update(sha256(module.read_bytes()).digest())
    return told.hexdigest()[:16]


def _modules(name: str, found: Traversable) -> Iterator[tuple[str, Traversable]]:
    """The modules of a place with their names, in one order on every disk."""
    if found.is_dir():
        for each in sorted(found.iterdir(), key=lambda one: one.name):
            yield from _modules(f"{name}/{each.name}", each)
    elif name.endswith(".py") and found.is_file():
        yield name, found
