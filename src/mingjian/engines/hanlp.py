"""HanLP (its multi-task models) as a ``Recognizer``: ``--engine hanlp`` or ``hanlp:MODEL``.

The package fetches its model when it is first used. We have not run it: the adapter is tested with a stand-in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

from mingjian.core.ports import Name

MODEL = "CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
_LABELS = {
    "PERSON": "PER", "NR": "PER", "ORGANIZATION": "ORG", "NT": "ORG", "LOCATION": "LOC", "NS": "LOC",
}  # fmt: skip


class HanlpRecognizer:
    """A HanLP pipeline that cuts words and names those that are names, by index of the word."""

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
        document = self._pipeline(asked, tasks=["tok/fine", "ner/msra"]) if asked else {"tok/fine": [], "ner/msra": []}
        answers = iter(zip(document["tok/fine"], document["ner/msra"], strict=True))
        return [list(_names(text, *next(answers))) if text.strip() else [] for text in texts]


def load(model: str) -> HanlpRecognizer:
    """The pipeline of that model, or of a small one that knows names."""
    hanlp: Any = import_module("hanlp")
    model = model or MODEL
    pretrained = vars(import_module("hanlp.pretrained.mtl"))
    return HanlpRecognizer(hanlp.load(pretrained.get(model, model)), f"hanlp@{version('hanlp')}:{model}")


def _names(text: str, words: Sequence[str], found: Iterable[Sequence[Any]]) -> Iterator[Name]:
    """Names by words, as names by characters; a word that does not stand in the text ends the search."""
    places: list[tuple[int, int]] = []
    reached = 0
    for word in words:
        start = text.find(word, reached)
        if start < 0:
            break
        reached = start + len(word)
        places.append((start, reached))
    for _, label, first, last in found:
        if label in _LABELS and 0 <= first < last <= len(places):
            yield places[first][0], places[last - 1][1], _LABELS[label]
