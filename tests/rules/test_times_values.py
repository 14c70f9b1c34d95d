"""The values that the examples of times.toml state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.unit.core.annotate.reading import article_of

from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.profiles import DOCUMENT

EXAMPLES = [
    (frame.id, frame.fields.get("only", [DOCUMENT])[0], example)
    for frame in bundled_rulebook().frames("times")
    for example in frame.examples
    if "value" in example
]


def test_every_frame_of_the_last_step_states_a_value() -> None:
    whole = {frame.id for frame in bundled_rulebook().frames("times") if frame.gives == "time"}
    assert whole <= {frame for frame, _, _ in EXAMPLES}


@pytest.mark.parametrize(
    ("frame", "profile", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_example_has_its_value(frame: str, profile: str, example: Mapping[str, Any]) -> None:
    text = example["text"]
    anchor = Anchor(example["anchor"], "published")
    times = annotate_times(article_of(text), bundled_rulebook(), anchor, profile)
    found = [time for time in times if example["match"] in text[time.start : time.end]]
    assert [time.value for time in found] == [example["value"]]
    assert [time.mod for time in found] == [example.get("mod")]
