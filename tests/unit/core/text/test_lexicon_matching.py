from __future__ import annotations

import pytest

from mingjian.core.rulebook.lexicons import read_lexicon
from mingjian.core.text.lexicon_matching import FamilyScanner, LexiconScanner

TERMS = read_lexicon(
    "lexicons/terms.tsv",
    "id\tname\taliases\tsource\n"
    "ai\t人工智能\tAI|ＡＩ\town\nchip\t芯片\tAI芯片\town\n5g\t5G\t\town\ngpt4\tGPT-4\t\town\nten\t人工\t腾讯\town\n",
)
FIRMS = read_lexicon("lexicons/firms.tsv", "id\tname\taliases\tsource\ntencent\t騰訊\tTencent\town\n")


def found(text: str) -> list[tuple[str, int, int]]:
    return [(hit.entry.id, hit.start, hit.end) for hit in LexiconScanner([TERMS, FIRMS]).scan(text)]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("人工智能与人工", [("ai", 0, 4), ("ten", 5, 7)]),
        ("用AI做", [("ai", 1, 3)]),
        ("MAIN", []),
        ("AIs", []),
        ("5AI", []),
        ("xAI芯片", [("chip", 3, 5)]),
        ("AI芯片5G", [("chip", 0, 4), ("5g", 4, 6)]),
        ("15G和5G网", [("5g", 4, 6)]),
        ("GPT-4.5、GPT-4。", [("gpt4", 8, 13)]),
        ("", []),
    ],
)
def test_the_longest_from_the_left_and_no_part_of_an_ascii_word(text: str, hits: list[tuple[str, int, int]]) -> None:
    assert found(text) == hits


def test_a_name_of_two_entries_gives_both() -> None:
    (hit,) = LexiconScanner([TERMS, FIRMS]).scan("看腾讯网", 1, 3)
    assert [(entry.lexicon, entry.id) for entry in hit.entries] == [("terms", "ten"), ("firms", "tencent")]
    assert (hit.surface, hit.start, hit.end) == ("腾讯", 1, 3)
    assert hit.entry is hit.entries[0]


def test_the_caller_chooses_the_names() -> None:
    scanner = LexiconScanner([TERMS], surfaces=lambda entry: [entry.name])
    assert [hit.surface for hit in scanner.scan("AI与人工智能")] == ["人工智能"]


def test_a_slice_is_a_text_of_its_own() -> None:
    assert [hit.start for hit in LexiconScanner([TERMS]).scan("MAI", 1)] == [1]


def test_no_names_find_nothing() -> None:
    assert LexiconScanner([]).scan("人工智能") == []


def test_families_do_not_see_one_another_but_what_hides_hides_in_all() -> None:
    hidden = read_lexicon("lexicons/hidden.tsv", "id\tname\taliases\tsource\nbody\t人工湖\t\town\n")
    scanner = FamilyScanner({"terms": [TERMS, hidden], "firms": [FIRMS, hidden], "none": []}, hiding="hidden")
    found = scanner.scan("看人工湖边的腾讯芯片与人工", 1)
    assert [(hit.entry.id, hit.start) for hit in found["terms"]] == [("ten", 6), ("chip", 8), ("ten", 11)]
    assert [(hit.entry.id, hit.start) for hit in found["firms"]] == [("tencent", 6)]
    assert found["none"] == []


def test_pieces_are_searched_as_each_by_itself() -> None:
    scanner = FamilyScanner({"terms": [TERMS], "firms": [FIRMS]})
    text = "腾讯用AI\n外：人工智能\n智能芯片，MAIN\n人工\n智能5G"
    pieces = [(0, 5), (8, 10), (10, 12), (13, 18), (19, 22), (23, 25), (26, 30)]
    together = {
        family: [(hit.surface, hit.start) for hit in hits]
        for family, hits in scanner.found_in_pieces(text, pieces).items()
    }
    apart: dict[str, list[tuple[str, int]]] = {}
    for start, end in pieces:
        for family, hits in scanner.found_families(text, start, end).items():
            apart.setdefault(family, []).extend((hit.surface, hit.start) for hit in hits)
    assert together == apart
    assert together == {
        "terms": [("腾讯", 0), ("AI", 3), ("人工", 8), ("芯片", 15), ("人工", 23), ("5G", 28)],
        "firms": [("腾讯", 0)],
    }
