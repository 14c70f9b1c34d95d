"""UIE (of PaddleNLP) as a ``Recognizer``: ``--engine uie`` or ``uie:MODEL``.

The package fetches its model when it is first used. We have not run it: the adapter is tested with a stand-in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

from mingjian.core.ports import Name

MODEL = "uie-base"
_LABELS = {"人名": "PER", "机构名": "ORG", "地名": "LOC"}  # what the model is asked for, in its own language
_Answer = Mapping[str, Sequence[Mapping[str, Any]]]


class UieRecognizer:
    """A UIE task with a schema of names."""

    def __init__(self, task: Callable[[list[str]], Sequence[_Answer]], name: str) -> None:
        self._task = task
        self._name = name

    @property
    def name(self) -> str:
        """The package's version and the model."""
        return self._name

    def recognize(self, texts: Sequence[str]) -> list[list[Name]]:
        """For every text its names."""
        asked = [text for text in texts if text.strip()]
        answers = iter(self._task(asked) if asked else ())
        return [sorted(_names(next(answers))) if text.strip() else [] for text in texts]


def load(model: str) -> UieRecognizer:
    """The task with that model, or with the base one."""
    paddlenlp: Any = import_module("paddlenlp")
    model = model or MODEL
    task = paddlenlp.Taskflow("information_extraction", schema=list(_LABELS), model=model)
    return UieRecognizer(task, f"uie@{version('paddlenlp')}:{model}")


def _names(answer: _Answer) -> Iterator[Name]:
    for asked, label in _LABELS.items():
        for found in answer.get(asked, ()):
            if "start" in found and "end" in found:
                yield int(found["start"]), int(found["end"]), label
