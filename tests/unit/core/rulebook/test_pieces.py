from __future__ import annotations

from typing import Any

import pytest

from mingjian.core.rulebook.lexicons import read_lexicon
from mingjian.core.rulebook.pieces import Pieces
from mingjian.errors import RuleError

UNITS = read_lexicon(
    "lexicons/units.tsv",
    "id\tname\taliases\tdimension\tsource\n"
    "CNY\t元\t塊钱\tmoney\town\n10k\t万元\t\tmoney\town\nKM.H\tkm/h(时)\t\tspeed\town\nP\t个\t\tcount\town\n",
)
TABLES: dict[str, Any] = {
    "pieces": {
        "COMMA": "[,，]",
        "DIGITS": "[0-9]{1,4}",
        "YEAR": "{DIGITS}年",
        "PAIR": "{YEAR}{COMMA}{YEAR}",
        "A": "{B}",
        "B": "x{A}",
        "nested": {"one": "一"},
    },
    "pieces_from_lexicon": {
        "unit": {
            "money": {"lexicon": "units", "column": "surfaces", "where": {"dimension": "money"}},
            "speed": {"lexicon": "units", "column": "name", "where": {"dimension": "speed"}},
            "kind": {"lexicon": "units", "column": "dimension"},
            "alias": {"lexicon": "units", "column": "aliases"},
            "none": {"lexicon": "units", "where": {"dimension": "mass"}},
        },
        "lost": {"lexicon": "nowhere"},
    },
}
TEXT = "[pieces]\nCOMMA = '[,，]'\nA = '{B}'\nB = 'x{A}'\n"


def expand(pattern: str) -> str:
    return Pieces(TABLES, {"units": UNITS}, {"塊": "块", "％": "%", "．": "."}, TEXT).expand(pattern, "events.toml", 7)


@pytest.mark.parametrize(
    ("pattern", "expanded"),
    [
        ("a{1,3}", "a{1,3}"),
        (r"\{YEAR}", r"\{YEAR}"),
        ("{COMMA}?", "[,，]?"),
        ("{YEAR}?", "(?:(?:[0-9]{1,4})年)?"),
        ("{PAIR}", "(?:(?:(?:[0-9]{1,4})年)[,，](?:(?:[0-9]{1,4})年))"),
        ("{nested.one}{2}", "一{2}"),
        ("{unit.money}", "(?:万元|块钱|元)"),
        ("{unit.speed}", r"(?:km/h\(时\))"),
        ("{unit.kind}", "(?:count|money|speed)"),
        ("％塊[．a]\\．．$", "%块[\\.a]\\.\\.$"),
        ("{unit.alias}", "(?:块钱)"),
    ],
)
def test_pieces_are_put_in(pattern: str, expanded: str) -> None:
    assert expand(pattern) == expanded


@pytest.mark.parametrize(
    ("pattern", "place", "problem"),
    [
        ("{NONE}", "events.toml:7: ", "there is no piece {NONE}"),
        ("{A}", "pieces.toml:4: ", "the piece 'A' is made of itself (A > B > A)"),
        ("{lost}", "pieces.toml: ", "asks for the lexicon 'nowhere'"),
        ("{unit.none}", "pieces.toml: ", "selects no row"),
    ],
)
def test_what_is_wrong_is_said(pattern: str, place: str, problem: str) -> None:
    with pytest.raises(RuleError) as caught:
        expand(pattern)
    assert str(caught.value).startswith(place)
    assert problem in str(caught.value)
