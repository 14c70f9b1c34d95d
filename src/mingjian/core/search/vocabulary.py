"""What queries are read by: ``rules/corpus/search.toml`` and the names of lexicons, put in order once for each book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias, cast

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Entry, Rulebook
from mingjian.core.search.tokens import searchable
from mingjian.errors import RuleError

FILE = "corpus/search"
Holds: TypeAlias = Literal["names", "region", "code", "years", "days"]
_LONGEST = MatchKind.LeftmostLongest
_QUOTES = '"“”「」『』'
_HOLDS = ("names", "region", "code", "years", "days")


class Field(msgspec.Struct, frozen=True):
    """A field of a query: its name in code, what people call it, and what its values are."""

    name: str
    label: str
    holds: Holds


class Namesake(msgspec.Struct, frozen=True):
    """A name of one row of a lexicon, and the other names of that row; ``only_in_fields``: not for words of a query."""

    lexicon: str
    entry: str
    others: tuple[str, ...]
    only_in_fields: bool = False


class Vocabulary(msgspec.Struct, frozen=True, eq=False):
    """The words that have a meaning in queries. All keys are searchable text."""

    fields: Mapping[str, Field]
    types: Mapping[str, str]
    either: frozenset[str]
    question: re.Pattern[str]
    aliases: Mapping[str, Namesake]
    regions: Mapping[str, str]
    finder: AhoCorasick
    surfaces: tuple[str, ...]
    most: int
    within: int

    def names_in(self, words: str) -> list[Pair]:
        """Where names that have others stand in the searchable words: of overlapping ones the longest."""
        if len(words) > self.within:
            return []
        found = self.finder.find_matches_as_indexes(words)
        return [(start, end) for _, start, end in found if not _inside_word(words, start, end)]


@lru_cache(maxsize=4)
def vocabulary_of(book: Rulebook) -> Vocabulary:
    """The vocabulary of a rule book; ``RuleError`` where ``search.toml`` is wrong."""
    table = book.tables[FILE]
    aliases = _aliases(book, table["alias_lexicons"], table["field_alias_lexicons"])
    surfaces = tuple(aliases)
    return Vocabulary(
        fields=dict(_fields(table["fields"])),
        types={searchable(name): kind for kind, names in table["types"].items() for name in (kind, *names)},
        either=frozenset(table["either"]),
        question=re.compile("|".join(map(re.escape, sorted(table["question_words"], key=len, reverse=True)))),
        aliases=aliases,
        regions=_regions(book),
        finder=AhoCorasick(surfaces, matchkind=_LONGEST),
        surfaces=surfaces,
        most=table["aliases_most"],
        within=table["aliases_within"],
    )


def _fields(table: Mapping[str, Mapping[str, object]]) -> Iterator[tuple[str, Field]]:
    taken: dict[str, str] = {}
    for name, row in table.items():
        if row["holds"] not in _HOLDS:
            problem = f"the field {name} holds {row['holds']!r}"
            raise RuleError(f"{FILE}.toml", None, problem, f"write one of {', '.join(_HOLDS)}")
        field = Field(name, cast("str", row["label"]), cast("Holds", row["holds"]))
        for called in (name, *cast("list[str]", row["names"])):
            key = searchable(called)
            if taken.setdefault(key, name) != name:
                problem = f"{called!r} is a name of the fields {taken[key]} and {name}"
                raise RuleError(f"{FILE}.toml", None, problem, "give it to one of them")
            yield key, field


def _aliases(book: Rulebook, lexicons: list[str], looser: list[str]) -> dict[str, Namesake]:
    """Every name that stands for others; a name that several rows bear stands for none."""
    found: dict[str, Namesake | None] = {}
    for name in (*lexicons, *looser):
        for entry in book.lexicon(name).entries:
            keys = _keys(entry)
            for key in keys:
                others = tuple(other for other in keys if other != key)
                known = found.get(key)
                if key not in found:
                    found[key] = Namesake(name, entry.id, others, name in looser)
                elif known is None or set(known.others) != set(others):
                    found[key] = None
    return {key: same for key, same in found.items() if same is not None and same.others}


def _keys(entry: Entry) -> list[str]:
    """The names of a row that are searched, its weak ones left out, the first its own name."""
    weak = frozenset(entry.fields.get("weak", "").split("|"))
    names = (surface.strip(_QUOTES) for surface in entry.surfaces if surface not in weak)
    return [key for key in dict.fromkeys(map(searchable, names)) if len(key) > 1]


def _regions(book: Rulebook) -> dict[str, str]:
    """The code of every place whose name is its own."""
    found: dict[str, str | None] = {}
    for name in ("regions", "countries"):
        for entry in book.lexicon(name).entries:
            for key in _keys(entry):
                found[key] = entry.id if found.get(key, entry.id) == entry.id else None
    return {key: code for key, code in found.items() if code is not None}


def _inside_word(words: str, start: int, end: int) -> bool:
    """Whether a word or number in ASCII goes on beyond the name."""
    return (_in_ascii(words[start : start + 1]) and _in_ascii(words[max(start - 1, 0) : start])) or (
        _in_ascii(words[end - 1 : end]) and _in_ascii(words[end : end + 1])
    )


def _in_ascii(character: str) -> bool:
    return character.isascii() and character.isalnum()
