from __future__ import annotations

import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]

import pytest

from mingjian.core.rulebook.pattern_reading import UnboundedRepeatError, read_pattern
from mingjian.core.rulebook.patterns import (
    Characters,
    Sequence,
    characters_in,
    edge_of,
    greatest_width,
    least_width,
    looks_ahead,
    narrower,
    strings_of,
)


def tree(pattern: str) -> Sequence:
    return Sequence(read_pattern(pattern))


def test_the_parser_of_re_still_gives_what_is_read_from_it() -> None:
    parsed = parser.parse(r"(?P<a>印|出{2,3}?)(?i:b)(?<!不)[^x-z\d](?=y)\1$(?>c)d?+.(?(a)e|f)")
    names = [str(code) for code, _ in parsed]
    assert names == [
        "SUBPATTERN",
        "SUBPATTERN",
        "ASSERT_NOT",
        "IN",
        "ASSERT",
        "GROUPREF",
        "AT",
        "ATOMIC_GROUP",
        "POSSESSIVE_REPEAT",
        "ANY",
        "GROUPREF_EXISTS",
    ]
    group = parsed[0][1]
    assert (group[0], group[1:3]) == (1, (0, 0))
    (branch,) = group[3]
    assert branch[0] is codes.BRANCH
    assert branch[1][1][0][0] == (codes.LITERAL, ord("印"))
    assert str(branch[1][1][1][0][0]) == "MIN_REPEAT"
    assert branch[1][1][1][0][1][:2] == (2, 3)
    assert parsed[1][1][1] == re.IGNORECASE
    assert parsed[2][1][0] == -1
    assert parsed[3][1][0] == (codes.NEGATE, None)
    assert parsed[3][1][1] == (codes.RANGE, (ord("x"), ord("z")))
    assert parsed[3][1][2] == (codes.CATEGORY, codes.CATEGORY_DIGIT)
    assert parsed[5][1] == 1
    assert [str(code) for code, _ in parser.parse("[^a]b(?!)")][:2] == ["NOT_LITERAL", "LITERAL"]


@pytest.mark.parametrize(
    ("pattern", "least", "greatest"),
    [
        ("印发了?", 2, 3),
        ("(?:a|bcd){2,3}", 2, 9),
        ("(a|bc)\\1", 1, 4),
        ("(a)?(?(1)bb|c)", 1, 3),
        ("(?<!x)a(?=yz)$", 1, 1),
        ("(?>ab)c{2}+", 4, 4),
        ("", 0, 0),
    ],
)
def test_widths(pattern: str, least: int, greatest: int) -> None:
    assert (least_width(tree(pattern)), greatest_width(tree(pattern))) == (least, greatest)


@pytest.mark.parametrize(
    ("pattern", "strings"),
    [
        ("印发|出台", {"印发", "出台"}),
        ("印发了?", {"印发", "印发了"}),
        ("[甲乙]{1,2}", {"甲", "乙", "甲甲", "甲乙", "乙甲", "乙乙"}),
        ("a(?=b)c", {"ac"}),
        ("[0-9]{3}", None),
        ("x{9}", None),
        (r"\w", None),
        ("(?i:ab)", {"ab", "aB", "Ab", "AB"}),
        ("(?i:ki)", {first + second for first in "kKK" for second in "iIıİ"}),
        ("(?i:é)", None),
    ],
)
def test_strings(pattern: str, strings: set[str] | None) -> None:
    assert strings_of(tree(pattern)) == strings


def test_a_long_choice_is_kept_but_a_large_product_is_not() -> None:
    words = "|".join(f"词{number}" for number in range(300))
    assert len(strings_of(tree(words)) or ()) == 300
    assert strings_of(tree(f"(?:{words})[甲乙]")) is None


@pytest.mark.parametrize(
    ("pattern", "first", "last"),
    [
        ("a?(?:b|cd)", "abc", "bd"),
        ("(?:ab){0,2}c", "ac", "c"),
        ("a(?!x)b?", "a", "ab"),
    ],
)
def test_edges(pattern: str, first: str, last: str) -> None:
    assert edge_of(tree(pattern)) == (Characters(frozenset(first)), False)
    assert edge_of(tree(pattern), last=True) == (Characters(frozenset(last)), False)


def test_an_edge_says_whether_nothing_need_stand_there() -> None:
    assert edge_of(tree("a?(?:b|)")) == (Characters(frozenset("ab")), True)


def test_edges_are_read_from_what_is_looked_at() -> None:
    assert edge_of(tree("(?![甲乙]|丙丁)[甲丙]")) == (Characters(frozenset("丙")), False)
    assert edge_of(tree("(?=[甲乙]).?")) == (Characters(frozenset("甲乙")), False)
    assert edge_of(tree("^|(?<=。)"), last=True) == (Characters(frozenset({"", "。"})), False)
    assert edge_of(tree("(?<![甲乙])"), last=True) == (Characters(frozenset({""}), but=frozenset("甲乙")), False)
    assert edge_of(tree("甲?(?:乙|$)")) == (Characters(frozenset({"甲", "乙", "", "\n"})), False)
    assert edge_of(tree("甲?(?!乙丙)")) == (Characters(frozenset("甲")), True)


def test_the_narrower_of_two_sets() -> None:
    few, other = Characters(frozenset("甲乙")), Characters(frozenset("乙丙"))
    class_of_many = Characters(classes=frozenset({r"\w"}))
    all_but = Characters(but=frozenset("甲"))
    assert narrower(few, other) == Characters(frozenset("乙"))
    assert narrower(few, all_but) == narrower(all_but, few) == Characters(frozenset("乙"))
    assert narrower(few, class_of_many) == narrower(class_of_many, few) == few
    assert narrower(all_but, class_of_many) == class_of_many


def test_both_sets_as_one() -> None:
    assert Characters(but=frozenset("甲乙")) | Characters(but=frozenset("乙丙")) == Characters(but=frozenset("乙"))
    assert Characters(frozenset("甲")) | Characters(but=frozenset("乙")) == Characters(
        frozenset("甲"), but=frozenset("乙")
    )


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        (r"[^。\n]", Characters(but=frozenset("。\n"))),
        (r"[\d\-一-龥]", Characters(classes=frozenset({r"[\d\-一-龥]"}))),
        (r"[^\d]", Characters(classes=frozenset({r"[^\d]"}))),
        (".", Characters(but=frozenset("\n"))),
        ("(?s:.)", Characters(but=frozenset())),
        ("[^a]", Characters(but=frozenset("a"))),
        (r"(?a:\w)", Characters(classes=frozenset({r"(?a:[\w])"}))),
        ("(?i:[ab])", Characters(classes=frozenset({"(?i:[ab])"}))),
    ],
)
def test_large_classes_keep_their_source_or_what_they_leave_out(pattern: str, characters: Characters) -> None:
    assert characters_in(tree(pattern)) == characters


def test_how_far_a_match_looks_ahead() -> None:
    assert looks_ahead(tree("a(?=b{0,5})")) == 5
    assert looks_ahead(tree("(?:a(?!bc)|d$){2}")) == 2
    assert looks_ahead(tree("a(?=b(?=c))")) == 2


@pytest.mark.parametrize("pattern", ["a*", "a+", "a{2,}", "(?:ab)*?c", "a(?=b*)"])
def test_unbounded_repeats_are_refused(pattern: str) -> None:
    with pytest.raises(UnboundedRepeatError):
        tree(pattern)


@pytest.mark.parametrize("pattern", ["(", "(?<=a{1,2})b", "[z-a]"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(re.error):
        tree(pattern)
