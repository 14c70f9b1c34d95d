"""Holds the examples of frames to the values that they state; ``core/text/rule_examples`` asks what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.times import annotate_times
from mingjian.core.pipeline.expressions import anchor_at
from mingjian.core.rulebook import Frame, Rulebook
from mingjian.core.text.bare_text import article_of
from mingjian.core.text.profiles import DOCUMENT
from mingjian.core.text.rule_examples import reader_of
from mingjian.errors import RuleError

_Example = Mapping[str, Any]


def check_values(book: Rulebook) -> None:
    """Nothing, if every example of a frame has the value that it states; else a RuleError for the first without."""
    for frame in book.all_frames:
        for problem in broken_values(frame, book):
            raise RuleError(frame.file, frame.line, problem, "mend the form or the value")


def broken_values(frame: Frame, book: Rulebook) -> Iterator[str]:
    """What is wrong with the values of the frame's examples, one sentence each."""
    for example in frame.examples:
        found, stated = _VALUES[frame.group](frame, example, book)
        if stated and stated not in found:
            yield f"{frame.id} gives {found} for {example['match']!r} in {example['text']!r}, not {stated}"


def _times(frame: Frame, example: _Example, book: Rulebook) -> tuple[list[_Example], _Example]:
    """``value`` and ``mod`` of the expressions that hold the match, and those that the example states."""
    if "value" not in example:
        return [], {}
    text, profile = example["text"], reader_of(frame)[0]
    times = annotate_times(article_of(text), book, anchor_at(example.get("anchor")), profile)
    here = [time for time in times if example["match"] in text[time.start : time.end]]
    stated = {"value": example["value"], "mod": example.get("mod")}
    return [{"value": time.value, "mod": time.mod} for time in here], stated


def _quantities(frame: Frame, example: _Example, book: Rulebook) -> tuple[list[_Example], _Example]:
    """What the example states of the quantities that its match is part of: numbers, unit, comparator."""
    stated = {key: _number(example[key]) if key in _NUMBERS else example[key] for key in _STATED if key in example}
    if not stated:
        return [], {}
    text, (profile, model) = example["text"], reader_of(frame)
    article = article_of(text)
    times = annotate_times(article, book, anchor_at(None)) if profile == DOCUMENT else ()
    start = text.index(example["match"])
    end = start + len(example["match"])
    found: list[_Example] = []
    for one in annotate_quantities(article, book, times, profile, model):
        if one.start < end and start < one.end:
            said = (one.normal_value, one.normal_max, one.normal_unit, one.comparator)
            found.append({key: value for key, value in zip(_STATED, said, strict=True) if key in stated})
    return found, stated


def _number(words: str) -> Decimal | str:
    try:
        return Decimal(words)
    except InvalidOperation:
        return words


_STATED = ("value", "value_max", "unit", "comparator")
_NUMBERS = ("value", "value_max")
_VALUES: Mapping[str, Callable[[Frame, _Example, Rulebook], tuple[list[_Example], _Example]]] = {
    "times": _times, "quantities": _quantities,
}  # fmt: skip
