"""The bundled rules against their own examples: the one test that a new rule needs."""

from __future__ import annotations

import pytest

from mingjian.core.rulebook import Cue, Frame, Rule, bundled_rulebook
from mingjian.core.text.rule_examples import broken_examples, broken_frame_examples


def test_every_bundled_file_loads() -> None:
    book = bundled_rulebook()
    assert len(book.version) == 16
    assert book.rules
    assert book.all_cues
    assert book.lexicons


@pytest.mark.parametrize("rule", bundled_rulebook().rules, ids=lambda rule: rule.id)
def test_a_rule_does_what_its_examples_say(rule: Rule) -> None:
    assert list(broken_examples(rule)) == []


@pytest.mark.parametrize("cue", bundled_rulebook().all_cues, ids=lambda cue: cue.id)
def test_a_cue_does_what_its_examples_say(cue: Cue) -> None:
    assert list(broken_examples(cue)) == []


@pytest.mark.parametrize("frame", bundled_rulebook().all_frames, ids=lambda frame: frame.id)
def test_a_frame_does_what_its_examples_say(frame: Frame) -> None:
    assert list(broken_frame_examples(frame, bundled_rulebook())) == []
