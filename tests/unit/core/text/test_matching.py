from __future__ import annotations

from mingjian.core.rulebook import Rulebook, load_rulebook
from mingjian.core.text.matching import Match, Scanner, scanner_for


def book_of(*patterns: str) -> Rulebook:
    rules = [
        f"[[rule]]\nid = 'test.rule-{number}'\npattern = '{pattern}'\nnote = 'n'\n"
        "example = [{ text = 'x', match = 'x' }]\ncounter_example = ['x']\n"
        for number, pattern in enumerate(patterns)
    ]
    return load_rulebook({"test.toml": "\n".join(rules)})


def found(patterns: list[str], text: str, start: int = 0, end: int | None = None) -> list[tuple[str, int, int]]:
    matches = Scanner(book_of(*patterns).rules).scan(text, start, end)
    return [(match.rule.id[-1], match.start, match.end) for match in matches]


def test_offsets_are_those_of_the_page() -> None:
    text = "近日，市政府印发了《方案》。"
    (match,) = Scanner(book_of("(?P<trigger>印发|出台)(?P<aspect>了)?(?P<no>,)?《").rules).scan(text, 3, 12)
    assert (match.start, match.end, match.text) == (6, 10, "印发了《")
    assert text[match.start : match.end] == match.text
    assert (match.span("trigger"), match.group("trigger")) == ((6, 8), "印发")
    assert (match.span("no"), match.group("no")) == (None, None)
    assert (match.span("absent"), match.group("absent")) == (None, None)
    assert match.groups == ("trigger", "aspect", "no")
    assert repr(match) == "Match('test.rule-0', 6, 10, '印发了《')"


def test_a_rule_sees_nothing_outside_the_slice() -> None:
    assert found(["(?<!不)予以公布"], "不予以公布", 1) == [("0", 1, 5)]
    assert found(["公布$"], "公布，公布了", 0, 5) == [("0", 3, 5)]
    assert found(["^公布"], "了公布", 1) == [("0", 1, 3)]
    assert found(["公布(?!了)"], "公布了", 0, 2) == [("0", 0, 2)]
    assert found(["公布了"], "公布了", 0, 2) == []


def test_order_is_start_then_length_then_rule() -> None:
    assert found(["公布", "公布了", "[了]公", "公布"], "了公布了") == [
        ("2", 0, 2),
        ("1", 1, 4),
        ("0", 1, 3),
        ("3", 1, 3),
    ]


def test_matches_of_a_rule_do_not_overlap() -> None:
    assert found(["公布公"], "公布公布公") == [("0", 0, 3)]
    assert found(["[^，]{0,4}公布"], "甲公布乙公布，丙公布") == [("0", 0, 6), ("0", 7, 10)]


def test_literals_inside_literals_are_all_found() -> None:
    assert found(["公司", "有限公司", "限公"], "某有限公司") == [("1", 1, 5), ("2", 2, 4), ("0", 3, 5)]


def test_the_edge_of_the_text_is_no_character() -> None:
    assert found(["[0-9]元"], "元3元") == [("0", 1, 3)]
    assert found(["约[0-9]"], "约3约") == [("0", 0, 2)]


def test_no_rules_find_nothing() -> None:
    assert Scanner([]).scan("公布") == []
    assert found(["公布"], "") == []


def test_one_scanner_a_group_is_kept() -> None:
    book = book_of("公布")
    assert scanner_for(book) is scanner_for(book)
    assert scanner_for(book, "test") is scanner_for(book, "test")
    matches: list[Match] = scanner_for(book, "test").scan("公布")
    assert [match.rule for match in matches] == list(book.rules)


def test_pieces_are_scanned_as_each_by_itself() -> None:
    patterns = ["公布$", "^公布", "公布(?!了)", "[公宣]布了", "(?<!不)予以公布"]
    text = "公布了公布，予以公布\n不予以公布宣布了\n\n宣布了公布"
    pieces = [(0, 10), (11, 19), (20, 20), (21, 26)]
    scanner = Scanner(book_of(*patterns).rules)
    together = [(match.rule.id, match.start, match.end) for match in scanner.scan_pieces(text, pieces)]
    apart = [
        (match.rule.id, match.start, match.end) for start, end in pieces for match in scanner.scan(text, start, end)
    ]
    assert together == apart
    assert len(together) > 5
    assert scanner.scan_pieces(text, ()) == []
