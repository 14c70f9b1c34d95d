"""The values that the examples of frames state."""

from __future__ import annotations

import msgspec
import pytest

from mingjian.core.pipeline.example_values import broken_values
from mingjian.core.rulebook import Frame, bundled_rulebook


def test_every_frame_that_makes_a_time_states_a_value() -> None:
    whole = [frame for frame in bundled_rulebook().frames("times") if frame.gives == "time"]
    assert [frame.id for frame in whole if not any("value" in example for example in frame.examples)] == []


@pytest.mark.parametrize("frame", bundled_rulebook().all_frames, ids=lambda frame: frame.id)
def test_an_example_has_its_value(frame: Frame) -> None:
    assert list(broken_values(frame, bundled_rulebook())) == []


@pytest.mark.parametrize(
    ("frame", "example", "problem"),
    [
        ("time.point", {"text": "到2027年", "match": "到2027年", "value": "2028"}, "'2027'"),
        ("quantity.amount", {"text": "超过20个", "match": "超过20个", "comparator": "="}, "'>'"),
        ("quantity.amount", {"text": "超过20个", "match": "超过20个", "value": "twenty"}, "Decimal('20')"),
    ],
)
def test_another_value_is_told(frame: str, example: dict[str, str], problem: str) -> None:
    (bundled,) = (one for one in bundled_rulebook().all_frames if one.id == frame)
    (told,) = broken_values(msgspec.structs.replace(bundled, examples=(example,)), bundled_rulebook())
    assert problem in told
