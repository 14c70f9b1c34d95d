"""Frames: the order in which words and numbers follow one another, written as data and matched over their classes.

Every class of words has a character of its own, and every combination of what a number may be has one, so that the
tokens of a stretch are a short string and a frame is a regular expression over it. Frames are tried step by step: what
a frame finds becomes one token for the steps after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from mingjian.core.rulebook import Frame
from mingjian.core.rulebook.pattern_reading import read_pattern
from mingjian.core.rulebook.patterns import Characters, edge_of
from mingjian.core.rulebook.patterns import Sequence as Items
from mingjian.core.text.characters import CharacterBits, NeighbourBits, found_before
from mingjian.core.text.numbers import Number
from mingjian.core.text.tokens import Token
from mingjian.errors import RuleError

_NAME = re.compile(r"\{(?:([^{}=\d][^{}=]*)=)?([^{}=,\d][^{}=,]*)\}")
_OPENING, _CLOSING = ("“", '"', "「"), ("”", '"', "」")
_FIRST_WORD = 0xE000
_FIRST_NUMBER = 0xE400
_MOST_KNOWN = 20_000  # numbers and strings of codes whose answers are kept
_LONGEST_KNOWN = 60  # codes of a string whose answer is kept
_MOST_KINDS = 11
_MOST_IN_A_ROW = 4
_REACH = 16  # how far before a frame the words are looked at that it may, or must, stand behind


Layout = tuple[tuple[str, int], ...]
"""The named parts of what a frame found, each with the number of its token, in the order of the form."""


class Found(msgspec.Struct, frozen=True, gc=False):
    """What a frame found: its tokens, and which of them are its named parts."""

    frame: Frame
    tokens: Sequence[Token]
    layout: Layout

    def one(self, name: str) -> Token | None:
        """The first token of the part, or None if it took no part."""
        for part, place in self.layout:
            if part == name:
                return self.tokens[place]
        return None

    def parts(self) -> Iterator[tuple[str, Token]]:
        """Every named token with its name."""
        tokens = self.tokens
        return ((part, tokens[place]) for part, place in self.layout)

    def has(self, name: str) -> bool:
        """Whether the part is there."""
        for part, _ in self.layout:  # noqa: SIM110 (asked for every time: a generator costs as much again)
            if part == name:
                return True
        return False


class NumberKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a written number may be: its bounds, its forms, and how many figures it is written with."""

    least: float = 0
    most: float = float("inf")
    forms: tuple[str, ...] = ()
    figures: tuple[int, ...] = ()
    ranges: bool = False

    def holds(self, number: Number) -> bool:
        """Whether the number is of this kind."""
        if (number.value_max is not None or number.more) and not self.ranges:
            return False
        if self.forms and number.form not in self.forms:
            return False
        if self.figures and number.end - number.start not in self.figures:
            return False
        return self.least <= number.value <= self.most


class Codes:
    """The characters that stand for classes of words and kinds of numbers."""

    def __init__(
        self, kinds: Mapping[str, NumberKind], words: Iterable[str], sets: Mapping[str, Sequence[str]]
    ) -> None:
        self._kinds = tuple(kinds.items())
        self.words = {name: chr(_FIRST_WORD + place) for place, name in enumerate(dict.fromkeys(words))}
        self._sets = sets
        self._numbers = {
            bits: chr(_FIRST_NUMBER + place) for place, bits in enumerate(_combinations(tuple(kinds.values())))
        }
        self._known: dict[tuple[Any, ...], str] = {}
        doubled = self.words.keys() & kinds.keys() | self.words.keys() & sets.keys() | kinds.keys() & sets.keys()
        if doubled:
            raise RuleError("grammar", None, f"the name {min(doubled)!r} is used for two things", "choose another")
        if len(self._kinds) > _MOST_KINDS or len(self.words) > _FIRST_NUMBER - _FIRST_WORD:
            raise RuleError("grammar", None, "there are too many classes", "merge some of them")

    def of_number(self, number: Number) -> str:
        """The character for all kinds that the number is of."""
        key = (number.value, number.form, number.end - number.start, number.value_max is None, number.more)
        code = self._known.get(key)
        if code is None:
            code = self._numbers[_bits(kind.holds(number) for _, kind in self._kinds)]
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = code
        return code

    @property
    def any_number(self) -> str:
        """The character of a number that is of every kind."""
        return self._numbers[(1 << len(self._kinds)) - 1]

    def characters(self, name: str) -> str:
        """The characters of a class, a kind of number, or a set of both; empty if there is none of the name."""
        if "|" in name:
            return "".join(self.characters(member.strip()) for member in name.split("|"))
        if name in self._sets:
            return "".join(self.characters(member) for member in self._sets[name])
        for place, (kind, _) in enumerate(self._kinds):
            if kind == name:
                return "".join(code for bits, code in self._numbers.items() if bits >> place & 1)
        return self.words.get(name, "")


def _combinations(kinds: Sequence[NumberKind]) -> list[int]:
    """The kinds, as bits, that one number can be of together, and the bits of all: in order, each once.

    A number is of a kind if its value, form, figures and openness all allow it, so each is asked by itself.
    """
    bounds = sorted({bound for kind in kinds for bound in (kind.least, kind.most)})
    values = (*bounds, *((low + high) / 2 for low, high in pairwise(bounds)), float("-inf"))
    by_value = {_bits(kind.least <= value <= kind.most for kind in kinds) for value in values}
    forms = {form for kind in kinds for form in kind.forms} | {""}
    by_form = {_bits(not kind.forms or form in kind.forms for kind in kinds) for form in forms}
    figures = {count for kind in kinds for count in kind.figures} | {0}
    by_figures = {_bits(not kind.figures or count in kind.figures for kind in kinds) for count in figures}
    every = (1 << len(kinds)) - 1
    by_openness = {every, _bits(kind.ranges for kind in kinds)}
    return sorted({a & b & c & d for a in by_value for b in by_form for c in by_figures for d in by_openness} | {every})


def _bits(answers: Iterable[bool]) -> int:
    return sum(1 << place for place, answer in enumerate(answers) if answer)


class CompiledFrame(msgspec.Struct, frozen=True):
    """A frame as a regular expression over codes, with the names of its groups and the text it may not stand beside."""

    frame: Frame
    pattern: re.Pattern[str]
    groups: Sequence[tuple[str, str]]
    first: Characters
    code: str
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    only_after: re.Pattern[str] | None
    not_quoted: bool

    def stands(self, folded: str, start: int, end: int) -> bool:
        """Whether the words round it allow it."""
        if self.not_quoted and folded[end : end + 1] in _CLOSING and folded[start - 1 : start] in _OPENING:
            return False
        if self.not_after is not None and self.not_after.match(folded, end):
            return False
        low = max(0, start - _REACH)
        if self.only_after is not None and not found_before(self.only_after, folded, low, start):
            return False
        return self.not_before is None or found_before(self.not_before, folded, low, start) is None


def compile_frame(frame: Frame, codes: Codes, pieces: Mapping[str, str]) -> CompiledFrame:
    """The frame with its classes put in; a name that nothing bears is an error."""
    groups: list[tuple[str, str]] = []
    source = _expanded(frame, frame.form, codes, pieces, groups)
    pattern = re.compile(source)
    edge, empty = edge_of(Items(read_pattern(source)))
    if empty:
        raise RuleError(frame.file, frame.line, "the form may begin with anything", "begin it with a class")
    after, behind = frame.fields.get("not_after"), frame.fields.get("only_after")
    before = frame.fields.get("not_before")
    return CompiledFrame(
        frame, pattern, groups, edge, codes.words[frame.gives],
        re.compile(rf"(?:{before})\Z") if before else None, re.compile(after) if after else None,
        re.compile(rf"(?:{behind})\Z") if behind else None,
        bool(frame.fields.get("not_quoted")),
    )  # fmt: skip


def _expanded(frame: Frame, form: str, codes: Codes, pieces: Mapping[str, str], groups: list[tuple[str, str]]) -> str:
    def put_in(reference: re.Match[str]) -> str:
        label, name = reference.group(1), reference.group(2)
        if name in pieces and label is None:
            return f"(?:{_expanded(frame, pieces[name], codes, pieces, groups)})"
        characters = codes.characters(name)
        if not characters:
            raise RuleError(frame.file, frame.line, f"there is no class {{{name}}}", "mend the name in the form")
        group = f"g{len(groups)}"
        groups.append((label or name, group))
        return f"(?P<{group}>[{characters}])"

    return _NAME.sub(put_in, re.sub(r"\s+", "", form).replace("(", "(?:").replace("(?:?", "(?"))


Maker = Callable[[Found], Any]


_Fitting = Sequence[tuple[int, CompiledFrame, Layout]]
_UNKNOWN: Sequence[_Fitting] = ()


class Step:
    """The frames of one step; what may stand where in a string of codes is worked out once for each string."""

    def __init__(self, frames: Sequence[CompiledFrame]) -> None:
        self._frames = frames
        self._bits = NeighbourBits(CharacterBits(), [compiled.first for compiled in frames])
        self._beginning: dict[str, Sequence[CompiledFrame]] = {}
        self._plans: dict[str, Sequence[_Fitting] | None] = {}

    def plan(self, codes: str) -> Sequence[_Fitting] | None:
        """For every place the frames that fit there, the longest first; None if none fits anywhere."""
        known = self._plans.get(codes, _UNKNOWN)
        if known is not _UNKNOWN:
            return known
        fitting = [self._fitting(codes, place) for place in range(len(codes))]
        plan = fitting if any(fitting) else None
        if len(codes) <= _LONGEST_KNOWN:
            if len(self._plans) >= _MOST_KNOWN:
                self._plans.clear()
            self._plans[codes] = plan
        return plan

    def _fitting(self, codes: str, place: int) -> _Fitting:
        frames = self._beginning_with(codes[place])
        matches = [(frame, match) for frame in frames if (match := frame.pattern.match(codes, place))]
        found = [(match.end(), frame, _layout(frame, match)) for frame, match in matches]
        return sorted(found, key=lambda item: -item[0])

    def _beginning_with(self, code: str) -> Sequence[CompiledFrame]:
        if code not in self._beginning:
            passed = self._bits[code]
            self._beginning[code] = tuple(frame for place, frame in enumerate(self._frames) if passed >> place & 1)
        return self._beginning[code]


def _layout(frame: CompiledFrame, match: re.Match[str]) -> Layout:
    """The parts that the match holds; what was only looked at beside it is none of them."""
    first, last = match.span()
    named = ((name, match.start(group)) for name, group in frame.groups)
    return tuple((name, place - first) for name, place in named if first <= place < last)


class Grammar:
    """Compiled frames by step."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._firsts: dict[str, int] = {}

    def read(self, folded: str, tokens: list[Token], make: Maker, seen: list[Token] | None = None) -> list[Token]:
        """The tokens after all steps; ``make`` gives the value of what a frame found, or None to refuse it.

        ``seen`` gathers every token that a frame made on the way.
        """
        codes = "".join([token.code for token in tokens])
        for step in self._steps[self._first(codes) :]:
            plan = step.plan(codes)
            if plan is None:
                continue
            before, tokens = tokens, _after_step(folded, tokens, plan, make)
            codes = "".join([token.code for token in tokens])
            if seen is not None:
                held = set(map(id, before))
                seen += [token for token in tokens if id(token) not in held]
        return tokens

    def needs_words(self, number: str) -> bool:
        """Whether no frame takes numbers alone, ``number`` being the code of one that is of every kind."""
        return self._first(number * _MOST_IN_A_ROW) == len(self._steps)

    def _first(self, codes: str) -> int:
        """The first step whose frames fit anywhere; behind the last where there is none."""
        first = self._firsts.get(codes)
        if first is None:
            places = (place for place, step in enumerate(self._steps) if step.plan(codes) is not None)
            first = next(places, len(self._steps))
            if len(codes) <= _LONGEST_KNOWN and len(self._firsts) < _MOST_KNOWN:
                self._firsts[codes] = first
        return first


def grammar_of(frames: Sequence[CompiledFrame]) -> Grammar:
    """The frames as a grammar."""
    numbers = sorted({compiled.frame.step for compiled in frames})
    return Grammar([Step([compiled for compiled in frames if compiled.frame.step == number]) for number in numbers])


def _after_step(folded: str, tokens: list[Token], plan: Sequence[_Fitting], make: Maker) -> list[Token]:
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        made = _made(folded, tokens, place, plan[place], make) if plan[place] else None
        if made is None:
            kept.append(tokens[place])
            place += 1
        else:
            kept.append(made[0])
            place = made[1]
    return kept


def _made(
    folded: str,
    tokens: list[Token],
    place: int,
    fitting: _Fitting,
    make: Maker,
) -> tuple[Token, int] | None:
    """The token of the longest frame that holds there, and where it ends; of equally long ones the first."""
    for end, compiled, layout in fitting:
        start, stop = tokens[place].start, tokens[end - 1].end
        if not compiled.stands(folded, start, stop):
            continue
        value = make(Found(compiled.frame, tokens[place:end], layout))
        if value is not None:
            return Token(start, stop, compiled.code, value, compiled.frame.id), end
    return None
