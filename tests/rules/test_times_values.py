"""The values that the examples of times.toml state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.article import Article, BodyBlock
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.group import group_of
from mingjian.core.text.matching import scanner_for
from mingjian.core.text.sentences import split_sentences

EXAMPLES = [
    (rule.id, example) for rule in bundled_rulebook().group("times") for example in rule.examples if "value" in example
]


def test_every_rule_states_a_value() -> None:
    assert {rule.id for rule in bundled_rulebook().group("times")} == {rule for rule, _ in EXAMPLES}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_an_example_has_its_value(rule: str, example: Mapping[str, Any]) -> None:
    text = example["text"]
    body = (BodyBlock(0, len(text), "paragraph"),)
    sentences = split_sentences(text, body)
    article = Article(text=text, folded=fold(text), body=body, boilerplate=(), sentences=sentences)
    book = bundled_rulebook()
    found = group_of(book, "times", scanner_for(book, "times").scan(article.folded))
    times = annotate_times(article, found, Anchor(example["anchor"], "published"))
    readings = {time.by: time for time in times if text[time.start : time.end] in example["match"]}
    assert rule in readings
    assert readings[rule].value == example["value"]
    assert readings[rule].mod == example.get("mod", readings[rule].mod)
