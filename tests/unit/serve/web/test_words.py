"""The words of the pages."""

from __future__ import annotations

import pytest

from mingjian.serve.web.navigation import GROUPS
from mingjian.serve.web.words import word


def test_a_word_has_its_values_put_in_both_tongues() -> None:
    told = word("list.rows", first=1, last=20, total="1,234")
    assert (told.zh, told.en) == ("第 1–20 条，共 1,234 条", "1–20 of 1,234")


def test_a_word_that_is_not_there_is_an_error_that_names_it() -> None:
    with pytest.raises(KeyError, match=r"nav\.nowhere"):
        word("nav.nowhere")


def test_every_place_has_a_name_and_a_key_of_its_own() -> None:
    places = [place for _, held in GROUPS for place in held]
    assert all(word(f"nav.{place.key}").zh and word(f"nav.{place.key}").en for place in places)
    assert len({place.jump for place in places}) == len({place.href for place in places}) == len(places)
