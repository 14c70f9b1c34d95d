"""Frames over tokens: which is taken, what its parts are, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from mingjian.core.rulebook import Frame
from mingjian.core.text.framing import Codes, Found, NumberKind, compile_frame, grammar_of
from mingjian.core.text.numbers import Number, read_number
from mingjian.core.text.tokens import Token
from mingjian.errors import RuleError

KINDS = {"month-number": NumberKind(least=1, most=12), "day-number": NumberKind(least=1, most=31)}
CODES = Codes(KINDS, ["月", "日", "到", "date", "range"], {"mark": ["月", "日"]})


def frame(form: str, name: str = "test.one", step: int = 1, gives: str = "date", **fields: Any) -> Frame:
    return Frame(name, "test", form, step, gives, "", fields, (), (), 7)


def tokens_of(*words: str) -> tuple[str, list[Token]]:
    """The words side by side: figures are numbers, everything else is a word of its own kind."""
    tokens, start = [], 0
    for word in words:
        number = read_number(word, 0) if word.isdecimal() else None
        code = CODES.words[word] if number is None else CODES.of_number(number)
        tokens.append(Token(start, start + len(word), code, number, "" if number else word))
        start += len(word)
    return "".join(words), tokens


def read(words: Sequence[str], *frames: Frame, seen: list[Token] | None = None) -> list[tuple[str, Any]]:
    """The words and the value of every token that is left: a frame's value is the names of its parts."""
    text, tokens = tokens_of(*words)
    grammar = grammar_of([compile_frame(one, CODES, {"tail": "{日}?"}) for one in frames])

    def make(found: Found) -> Any:
        return [(name, text[token.start : token.end]) for name, token in found.parts()]

    return [(text[token.start : token.end], token.value) for token in grammar.read(text, tokens, make, seen)]


def test_the_longest_frame_is_taken_and_of_equally_long_ones_the_first() -> None:
    short, long = (
        frame("{month-number} {月}", "test.short"),
        frame("{month-number} {月} {day-number} {日}", "test.long"),
    )
    seen: list[Token] = []
    assert [words for words, _ in read(["3", "月", "5", "日"], short, long, seen=seen)] == ["3月5日"]
    assert [token.by for token in seen] == ["test.long"]
    seen = []
    read(["3", "月"], frame("{day-number} {月}", "test.first"), frame("{month-number} {月}", "test.second"), seen=seen)
    assert [token.by for token in seen] == ["test.first"]


def test_what_a_step_makes_is_one_token_for_the_next() -> None:
    steps = frame("{month-number} {月}"), frame("{first=date} {到} {last=date}", "test.two", 2, "range")
    assert read(["3", "月", "到", "5", "月"], *steps) == [
        ("3月到5月", [("first", "3月"), ("到", "到"), ("last", "5月")])
    ]


def test_a_number_is_of_every_kind_that_holds_it() -> None:
    assert read(["13", "月"], frame("{month-number} {月}"))[0][0] == "13"
    assert read(["12", "日"], frame("{month-number} {日}"), frame("{day-number} {月}"))[0][0] == "12日"


def test_what_is_only_looked_at_is_no_part() -> None:
    looking = frame("{month-number} {月} (?= {day-number})")
    assert read(["3", "月", "5", "日"], looking)[0] == ("3月", [("month-number", "3"), ("月", "月")])
    behind = frame("(?<= {月}) {day-number} {日}")
    assert [words for words, _ in read(["3", "月", "5", "日"], behind)] == ["3", "月", "5日"]


def test_sets_unions_pieces_and_labels() -> None:
    assert read(["5", "日"], frame("{n=day-number} {mark}")) == [("5日", [("n", "5"), ("mark", "日")])]
    assert read(["5", "日"], frame("{day-number} {月|日}")) == [("5日", [("day-number", "5"), ("月|日", "日")])]
    assert read(["5", "日"], frame("{day-number} {tail}"))[0][0] == "5日"


def test_neighbours_may_forbid_a_frame() -> None:
    guarded = frame("{day-number} {日}", not_before="月", not_after="到")
    assert [words for words, _ in read(["5", "日"], guarded)] == ["5日"]
    assert [words for words, _ in read(["月", "5", "日"], guarded)] == ["月", "5", "日"]
    assert [words for words, _ in read(["5", "日", "到"], guarded)] == ["5", "日", "到"]


def test_a_frame_whose_value_is_none_is_refused_and_the_next_is_tried() -> None:
    text, tokens = tokens_of("3", "月", "日")
    grammar = grammar_of(
        [compile_frame(frame(form, form), CODES, {}) for form in ("{day-number} {月} {日}", "{day-number} {月}")]
    )
    found = grammar.read(text, tokens, lambda found: None if len(found.tokens) == 3 else "kept")
    assert [token.value for token in found] == ["kept", None]


@pytest.mark.parametrize(
    ("form", "problem"),
    [("{年} {month-number}", "there is no class {年}"), ("{月}?", "the form may begin with anything")],
)
def test_a_form_that_says_nothing_is_an_error(form: str, problem: str) -> None:
    with pytest.raises(RuleError, match=r"test\.toml:7") as caught:
        compile_frame(frame(form), CODES, {})
    assert problem in str(caught.value)


def test_one_name_is_one_thing() -> None:
    with pytest.raises(RuleError, match="'月' is used for two things"):
        Codes({"月": NumberKind()}, ["月"], {})


@pytest.mark.parametrize(
    ("kind", "written", "holds"),
    [
        (NumberKind(least=1, most=12), "12", True),
        (NumberKind(least=1, most=12), "13", False),
        (NumberKind(forms=("integer",)), "十二", False),
        (NumberKind(figures=(4,)), "2025", True),
        (NumberKind(), "三五百", False),
        (NumberKind(ranges=True), "三五百", True),
    ],
)
def test_kinds_of_numbers(kind: NumberKind, written: str, holds: bool) -> None:
    number = read_number(written, 0)
    assert isinstance(number, Number)
    assert kind.holds(number) is holds
