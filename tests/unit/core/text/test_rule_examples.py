from __future__ import annotations

import pytest

from mingjian.core.rulebook import load_rulebook
from mingjian.core.text.rule_examples import check_examples
from mingjian.errors import RuleError

RULE = """
[[rule]]
id = "event.issue"
pattern = '(?P<trigger>印发|出台)(?P<aspect>了)?《'
note = "A document is issued."
example = [ { text = "並出臺了《甲》，印發《乙》", match = "印发《", trigger = "印發", aspect = "", value = 3 } ]
counter_example = [ "印发给大家" ]
"""


def test_true_examples_pass() -> None:
    check_examples(load_rulebook({"events.toml": RULE}))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('match = "印发《"', 'match = "印发"', "not {'match': '印发'"),
        ('trigger = "印發"', 'trigger = "出台"', "not {'match': '印发《', 'trigger': '出台', 'aspect': ''}"),
        ('aspect = ""', 'aspect = "了"', "finds [{'match': '出台了《', 'trigger': '出台', 'aspect': '了'}, {"),
        ("印发给大家", "印发《给大家", "where it should find nothing"),
    ],
)
def test_false_examples_are_errors(old: str, new: str, problem: str) -> None:
    assert old in RULE
    with pytest.raises(RuleError) as caught:
        check_examples(load_rulebook({"events.toml": RULE.replace(old, new)}))
    assert problem in str(caught.value)
    assert str(caught.value).startswith("events.toml:3: event.issue finds")


CUE = """
[[cue]]
id = "event.planned"
pattern = '(?P<word>将|拟)$'
note = "It is to come."
example = [ { text = "將於，擬", match = "拟", word = "擬" } ]
counter_example = [ "将于" ]
"""


def test_true_examples_of_a_cue_pass() -> None:
    check_examples(load_rulebook({"events.toml": CUE}))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('match = "拟"', 'match = "将"', "not {'match': '将'"),
        ('word = "擬"', 'word = "将"', "finds [{'match': '拟', 'word': '拟'}]"),
        ("将于", "拟将", "where it should find nothing"),
    ],
)
def test_false_examples_of_a_cue_are_errors(old: str, new: str, problem: str) -> None:
    assert old in CUE
    with pytest.raises(RuleError) as caught:
        check_examples(load_rulebook({"events.toml": CUE.replace(old, new)}))
    assert problem in str(caught.value)
    assert str(caught.value).startswith("events.toml:3: event.planned finds")
