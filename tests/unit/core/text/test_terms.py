"""A term looked up: its rows, in either script, and what the scanner makes of it."""

from __future__ import annotations

import pytest

from mingjian.core.rulebook import Rulebook, bundled_files, bundled_rulebook, load_rulebook
from mingjian.core.text.terms import families_of, rows_of, verdicts

BOOK = bundled_rulebook()
HEAD = "id\tname\taliases\tsource\n"
OWN = {
    "lexicons/my_firms.tsv": "# like: technology_companies\n" + HEAD + "c1\t鹿鸣机器人\t腾讯\town\n",
    "lexicons/media.retire.tsv": "id\talias\npeople-daily\t人民日报社\n",
}


@pytest.fixture(scope="module")
def own() -> Rulebook:
    return load_rulebook({**bundled_files(), **OWN})


@pytest.mark.parametrize(
    ("term", "match", "place"),
    [
        ("华为", "name", "technology_companies:huawei"),
        ("華為技術有限公司", "alias", "technology_companies:huawei"),
        ("huawei", "id", "technology_companies:huawei"),
        ("ＡＩ", "alias", "technologies:ai"),
    ],
)
def test_a_term_leads_to_its_row(term: str, match: str, place: str) -> None:
    first = rows_of(BOOK, term)[0]
    assert (first.match, f"{first.entry.lexicon}:{first.entry.id}") == (match, place)


def test_names_that_hold_the_term_stand_behind_those_that_are_it() -> None:
    matches = [row.match for row in rows_of(BOOK, "清华")]
    assert matches
    assert set(matches) == {"inside"}
    matches = [row.match for row in rows_of(BOOK, "华为")]
    assert matches == sorted(matches, key="inside".__eq__)


@pytest.mark.parametrize("term", ["鹿鸣青禾机器人", "\ud800", "🦌", "no-such-id"])
def test_an_unknown_term_leads_nowhere(term: str) -> None:
    assert rows_of(BOOK, term) == []
    assert {verdict.kind for verdict in verdicts(BOOK, term)} <= {"nothing", "longest"}


@pytest.mark.parametrize(
    ("term", "family", "kind"),
    [
        ("华为", "names", "hit"),
        ("华为", "technologies", "nothing"),
        ("智能制造", "industries", "hit"),
        ("制造", "industries", "weak"),
        ("智能技术", "technologies", "weak"),
        ("沿海地区", "names", "hidden"),
        ("国家发改委员会", "names", "longest"),
        ("北京大学", "names", "hit"),
    ],
)
def test_the_scanner_says_what_it_makes_of_a_term(term: str, family: str, kind: str) -> None:
    assert {verdict.family: verdict.kind for verdict in verdicts(BOOK, term)}[family] == kind


def test_a_name_of_several_rows_is_ambiguous() -> None:
    twice = {"lexicons/media.tsv": HEAD + "a\t华为\t\tx\n"}
    book = load_rulebook({**bundled_files(), **twice})
    (names,) = (verdict for verdict in verdicts(book, "华为") if verdict.family == "names")
    assert names.kind == "ambiguous"
    assert [f"{entry.lexicon}:{entry.id}" for entry in names.hits[0].entries] == [
        "technology_companies:huawei",
        "media:a",
    ]


def test_rows_of_ones_own_and_retired_names_are_told(own: Rulebook) -> None:
    found = {(row.match, row.entry.home or row.entry.lexicon, row.entry.id) for row in rows_of(own, "腾讯")}
    assert {("alias", "my_firms", "c1"), ("retired", "technology_companies", "tencent")} <= found
    assert rows_of(own, "人民日报社")[0].match == "retired"
    assert families_of(own)["my_firms"] == ("names",)
    assert families_of(own)["gbt4754"] == ()
