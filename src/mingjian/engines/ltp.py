"""LTP as a ``Recognizer``: ``--engine ltp`` or ``ltp:MODEL``.

The package fetches its model when it is first used. We have not run it: the adapter is tested with a stand-in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

from mingjian.core.ports import Name

MODEL = "LTP/small"
_LABELS = {"Nh": "PER", "Ni": "ORG", "Ns": "LOC"}


class LtpRecognizer:
    """An LTP pipeline that cuts words and names those that are names."""

    def __init__(self, pipeline: Any, name: str) -> None:  # noqa: ANN401 - the package is not typed
        self._pipeline = pipeline
        self._name = name

    @property
    def name(self) -> str:
        """The package's version and the model."""
        return self._name

    def recognize(self, texts: Sequence[str]) -> list[list[Name]]:
        """For every text its names."""
        asked = [text for text in texts if text.strip()]
        found = iter(self._pipeline.pipeline(asked, tasks=["cws", "pos", "ner"]).ner if asked else ())
        return [list(_names(text, next(found))) if text.strip() else [] for text in texts]


def load(model: str) -> LtpRecognizer:
    """The pipeline of that model, or of the small one."""
    ltp: Any = import_module("ltp")
    model = model or MODEL
    return LtpRecognizer(ltp.LTP(model), f"ltp@{version('ltp')}:{model}")


def _names(text: str, found: Sequence[tuple[str, str]]) -> Iterator[Name]:
    """The names in order, each looked for behind the one before; words that do not stand there are dropped."""
    reached = 0
    for label, words in found:
        start = text.find(words, reached) if words else -1
        if start >= 0:
            reached = start + len(words)
            if label in _LABELS:
                yield start, reached, _LABELS[label]
