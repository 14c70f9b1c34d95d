"""Whatever the grammars' files name is used: no word, number, set or key that nothing asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from mingjian.core.rulebook import bundled_rulebook

PACKAGE = Path(__file__).parents[2] / "src" / "mingjian"
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
TABLES = bundled_rulebook().tables
_NAME = re.compile(r"\{(?:[^{}=]*=)?([^{}]*)\}")


def named_in_forms(group: str) -> set[str]:
    """The kinds that the forms of a file name, with the members of the sets that they name."""
    forms = [*(frame.form for frame in bundled_rulebook().frames(group)), *TABLES[group].get("forms", {}).values()]
    names = {name for form in forms for part in _NAME.findall(form) for name in re.sub(r"\s", "", part).split("|")}
    sets: Mapping[str, Any] = TABLES[group]["sets"]
    while more := {member for name in names & sets.keys() for member in sets[name]} - names:
        names |= more
    return names


@pytest.mark.parametrize(("group", "lexicon"), [("times", "time_words"), ("quantities", "quantity_words")])
def test_every_kind_and_set_is_named_by_a_form(group: str, lexicon: str) -> None:
    kinds = {entry.fields["kind"] for entry in bundled_rulebook().lexicon(lexicon).entries} - {"hidden"}
    assert (kinds | TABLES[group]["numbers"].keys() | TABLES[group]["sets"].keys()) - named_in_forms(group) == set()


@pytest.mark.parametrize("group", ["times", "quantities", "measuring"])
def test_every_key_of_a_file_is_read(group: str) -> None:
    assert [key for key in TABLES[group] if f'"{key}"' not in CODE] == []
