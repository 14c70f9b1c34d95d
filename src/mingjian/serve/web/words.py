"""The words of the workbench's own pages, Chinese with their English, from ``words/*.toml``.

What fields, ledgers and coded values are called stands in ``rules/labels.zh.toml`` (see ``brief.wording``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec


class Word(msgspec.Struct, frozen=True):
    """What is shown in Chinese, and the small English beside it (empty where Chinese says it all)."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh


def word(key: str, /, **values: object) -> Word:
    """The words of ``section.name`` with the values put in; ``KeyError`` with the key where there are none.

    >>> word("nav.search").en
    'Search'
    """
    found = _words()[key]
    return Word(found.zh.format(**values), found.en.format(**values)) if values else found


def has_word(key: str) -> bool:
    """Whether there are words of the key."""
    return key in _words()


def words_of(section: str) -> tuple[Word, ...]:
    """All words of a section, in the order of its file."""
    return tuple(found for key, found in _words().items() if key.startswith(f"{section}."))


def english_of(name: str) -> str:
    """The English of a field: its name in the wire format, as words that begin like any other label.

    >>> english_of("latest_as_of")
    'Latest as of'
    """
    words = name.rpartition(".")[2].replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


@cache
def _words() -> Mapping[str, Word]:
    """All words by key; a key that two files have is an error."""
    words: dict[str, Word] = {}
    for file in sorted(files("mingjian.serve.web").joinpath("words").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            for key, found in _keyed(tomllib.loads(file.read_text(encoding="utf-8"))):
                if key in words:
                    raise KeyError(f"{file.name}: {key} is there twice")
                words[key] = found
    return words


def _keyed(tables: Mapping[str, Mapping[str, object]]) -> list[tuple[str, Word]]:
    return [
        (f"{section}.{name}", msgspec.convert(value, Word))
        for section, table in tables.items()
        for name, value in table.items()
    ]
