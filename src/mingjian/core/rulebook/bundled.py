"""The rule book that ships with Mingjian.

The rules are a constant part of the program, as its code is: reading them is the one time that the core opens a file,
it happens once, and it gives the same values on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from mingjian.core.rulebook.loading import load_rulebook
from mingjian.core.rulebook.nouns import Rulebook


@cache
def bundled_rulebook() -> Rulebook:
    """The rule book made of the package's own rule files."""
    return load_rulebook(bundled_files())


def bundled_files() -> dict[str, str]:
    """Name and text of every rule file of the package, sorted by name."""
    return dict(sorted(_files_below(files("mingjian").joinpath("rules"), "")))


def bundled_file(name: str) -> str:
    """The text of one rule file of the package, such as ``folding.tsv``."""
    return files("mingjian").joinpath("rules", *name.split("/")).read_text(encoding="utf-8")


def _files_below(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _files_below(item, f"{prefix}{item.name}/")
        elif item.name.endswith((".toml", ".tsv")):
            yield prefix + item.name, item.read_text(encoding="utf-8")
