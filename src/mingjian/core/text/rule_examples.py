"""Holds every rule to its own examples: what it must find, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mingjian.core.rulebook.nouns import Rule, Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.matching import Match, Scanner
from mingjian.errors import RuleError


def check_examples(book: Rulebook) -> None:
    """Nothing, if every rule does with its examples what they say; else a RuleError for the first that does not."""
    for rule in book.rules:
        for problem in broken_examples(rule):
            raise RuleError(rule.file, rule.line, problem, "mend the pattern or the example")


def broken_examples(rule: Rule) -> Iterator[str]:
    """What is wrong with the rule's examples and counter-examples, one sentence each."""
    scanner = Scanner([rule])
    for example in rule.examples:
        matches = scanner.scan(fold(example["text"]))
        if not any(_is_as_said(match, example) for match in matches):
            yield f"{rule.id} finds {[*map(_shown, matches)]} in {example['text']!r}, not {_asked(rule, example)}"
    for text in rule.counter_examples:
        matches = scanner.scan(fold(text))
        if matches:
            yield f"{rule.id} finds {[*map(_shown, matches)]} in {text!r}, where it should find nothing"


def _is_as_said(match: Match, example: Mapping[str, Any]) -> bool:
    """Whether the match has the example's words, and its named groups have the words that the example gives them."""
    named = [name for name in match.groups if name in example]
    return match.text == fold(example["match"]) and all(
        (match.group(name) or "") == fold(str(example[name])) for name in named
    )


def _shown(match: Match) -> dict[str, str | None]:
    return {"match": match.text} | {name: match.group(name) for name in match.groups}


def _asked(rule: Rule, example: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in example.items() if key == "match" or f"(?P<{key}>" in rule.pattern}
