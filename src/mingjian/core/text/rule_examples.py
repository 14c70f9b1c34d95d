"""Holds every rule and cue to its own examples: what it must find, and what it must leave alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from mingjian.core.model.span import Pair
from mingjian.core.rulebook.nouns import Cue, Frame, Rule, Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.matching import Match, Scanner
from mingjian.core.text.profiles import DOCUMENT
from mingjian.core.text.quantities.grammar import quantity_grammar
from mingjian.core.text.times.grammar import time_grammar
from mingjian.core.text.tokens import Token
from mingjian.errors import RuleError


def check_examples(book: Rulebook) -> None:
    """Nothing, if every rule and cue does with its examples what they say; else a RuleError for the first that fails.

    That is all that a rule file needs by way of tests.
    """
    every: tuple[Rule | Cue, ...] = (*book.rules, *book.all_cues)
    for rule in every:
        for problem in broken_examples(rule):
            raise RuleError(rule.file, rule.line, problem, "mend the pattern or the example")
    for frame in book.all_frames:
        for problem in broken_frame_examples(frame, book):
            raise RuleError(frame.file, frame.line, problem, "mend the form or the example")


def broken_examples(rule: Rule | Cue) -> Iterator[str]:
    """What is wrong with the examples and counter-examples of the rule or cue, one sentence each."""
    find = Scanner([rule]).scan if isinstance(rule, Rule) else _searcher(rule)
    for example in rule.examples:
        matches = find(fold(example["text"]))
        if not any(_is_as_said(match, example) for match in matches):
            yield f"{rule.id} finds {[*map(_shown, matches)]} in {example['text']!r}, not {_asked(rule, example)}"
    for text in rule.counter_examples:
        matches = find(fold(text))
        if matches:
            yield f"{rule.id} finds {[*map(_shown, matches)]} in {text!r}, where it should find nothing"


def broken_frame_examples(frame: Frame, book: Rulebook) -> Iterator[str]:
    """What is wrong with the examples and counter-examples of the frame, one sentence each."""
    if frame.group not in _GRAMMARS:
        known = " or ".join(f"{group}.toml" for group in _GRAMMARS)
        raise RuleError(frame.file, frame.line, "no grammar reads the frames of this file", f"put it into {known}")
    grammar = _GRAMMARS[frame.group](book, *reader_of(frame))
    for example in frame.examples:
        found = _made_by(frame, grammar, example["text"])
        if example["match"] not in found:
            yield f"{frame.id} finds {found} in {example['text']!r}, not {example['match']!r}"
    for text in frame.counter_examples:
        found = _made_by(frame, grammar, text)
        if found:
            yield f"{frame.id} finds {found} in {text!r}, where it should find nothing"


def reader_of(frame: Frame) -> tuple[str, str]:
    """A profile, and a model of it or nothing, that know the frame (``known_to``: ``recognizers/NumberModel``)."""
    profile = (frame.fields.get("only") or [DOCUMENT])[0]
    name, _, model = frame.fields.get("known_to", profile).partition("/")
    return name, model


class _Makes(Protocol):
    def made(self, folded: str) -> list[Token]: ...


# The grammars whose frames stand in rule files, by the file; times have no models.
_GRAMMARS: Mapping[str, Callable[[Rulebook, str, str], _Makes]] = {
    "times": lambda book, profile, _: time_grammar(book, profile), "quantities": quantity_grammar,
}  # fmt: skip


def places_of_frame(frame: Frame, book: Rulebook, folded: str) -> list[Pair]:
    """Where in a folded text the frame makes something of the words."""
    if frame.group not in _GRAMMARS:
        return []
    grammar = _GRAMMARS[frame.group](book, *reader_of(frame))
    return [(token.start, token.end) for token in grammar.made(folded) if token.by == frame.id]


def _made_by(frame: Frame, grammar: _Makes, text: str) -> list[str]:
    return [text[token.start : token.end] for token in grammar.made(fold(text)) if token.by == frame.id]


class _Found:
    """What a cue's pattern found, asked as a match of a rule is."""

    def __init__(self, found: re.Match[str]) -> None:
        self.text = found.group()
        self.groups = tuple(found.re.groupindex)
        self.group = found.group


def _searcher(cue: Cue) -> Callable[[str], list[_Found]]:
    pattern = re.compile(cue.pattern)
    return lambda text: [_Found(found) for found in pattern.finditer(text)]


def _is_as_said(match: Match | _Found, example: Mapping[str, Any]) -> bool:
    """Whether the match has the example's words, and its named groups have the words that the example gives them."""
    named = [name for name in match.groups if name in example]
    return match.text == fold(example["match"]) and all(
        (match.group(name) or "") == fold(str(example[name])) for name in named
    )


def _shown(match: Match | _Found) -> dict[str, str | None]:
    return {"match": match.text} | {name: match.group(name) for name in match.groups}


def _asked(rule: Rule | Cue, example: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in example.items() if key == "match" or f"(?P<{key}>" in rule.pattern}
