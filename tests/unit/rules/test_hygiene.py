"""The bundled lexicons are fit to be searched together: each name is one row's, none is a plain word, all say whose."""

from __future__ import annotations

import re

import pytest

from mingjian.core.rulebook import Entry, Lexicon, bundled_rulebook
from mingjian.core.rulebook.headers import header_of
from mingjian.core.text.folding import fold

BOOK = bundled_rulebook()
SCANNING = BOOK.tables["scanning"]
FAMILIES = {family: (*names, SCANNING["hiding"]) for family, names in SCANNING["families"].items()}
WORDS = {"policy_words"}  # plain words on purpose: they speak for a topic and name nothing
SEARCHED = sorted({name for names in FAMILIES.values() for name in names} - WORDS | {"products"})
COMMON = frozenset(BOOK.tables["overlays"]["common_words"].split())


def names_of(lexicon: str) -> list[tuple[str, Entry]]:
    return [(fold(surface), entry) for entry in BOOK.lexicon(lexicon).entries for surface in entry.surfaces]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_two_rows_of_a_family_are_called_the_same_unless_that_is_declared(family: str) -> None:
    owners: dict[str, set[str]] = {}
    for lexicon in FAMILIES[family]:
        for surface, entry in names_of(lexicon):
            owners.setdefault(surface, set()).add(f"{lexicon}:{entry.id}")
    shared = set(BOOK.tables["overlays"]["shared_names"])
    assert {surface: rows for surface, rows in owners.items() if len(rows) > 1 and surface not in shared} == {}


@pytest.mark.parametrize("lexicon", SEARCHED)
def test_no_name_is_one_character_or_a_common_word(lexicon: str) -> None:
    names = names_of(lexicon)
    assert [surface for surface, _ in names if len(surface) < 2] == []
    weak = {surface for surface, entry in names if surface in entry.fields.get("weak", "").split("|")}
    assert [surface for surface, _ in names if surface in COMMON - weak] == []


@pytest.mark.parametrize("lexicon", BOOK.lexicons.values(), ids=lambda lexicon: lexicon.name)
def test_every_lexicon_says_what_it_holds_whose_it_is_and_as_of_when(lexicon: Lexicon) -> None:
    header = header_of(lexicon)
    assert header.about.endswith(".")
    assert header.status
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", header.as_of)
    assert {entry.fields["source"] for entry in lexicon.entries} <= header.sources.keys()
    assert all(header.sources.values())


@pytest.mark.parametrize("lexicon", BOOK.lexicons.values(), ids=lambda lexicon: lexicon.name)
def test_ids_are_unique(lexicon: Lexicon) -> None:
    assert len({entry.id for entry in lexicon.entries}) == len(lexicon.entries)


def test_common_words_are_folded_and_stand_once() -> None:
    words = BOOK.tables["overlays"]["common_words"].split()
    assert len(words) == len(COMMON) > 1000
    assert [word for word in words if fold(word) != word or len(word) < 2] == []


def test_columns_that_are_needed_are_filled() -> None:
    for lexicon, columns in BOOK.tables["overlays"]["needed"].items():
        for entry in BOOK.lexicon(lexicon).entries:
            assert all(entry.fields[column] for column in columns), entry.id


def test_no_bundled_row_is_retired_and_nothing_is_to_be_noted() -> None:
    assert BOOK.notices == ()
    assert all(entry.retired == () for lexicon in BOOK.lexicons.values() for entry in lexicon.entries)
