"""What engines find in an article, of which only names that stand in it are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mingjian.core.model.annotation import Named
from mingjian.core.model.article import Article
from mingjian.core.pipeline.asking import ask_for_names
from mingjian.core.ports import LABELS, Engines, Name, Recognizer
from mingjian.core.text.places import find_many
from mingjian.core.text.sentences import trim
from mingjian.errors import EngineError

_ENGINE = "engine."


def engine_of(by: str) -> str | None:
    """The name of the engine that found what has this ``by``, or ``None`` for what a rule or lexicon found."""
    return by.removeprefix(_ENGINE) if by.startswith(_ENGINE) else None


def recognise(article: Article, engines: Engines, settings: Mapping[str, Any]) -> list[Named]:
    """The names that the engines find in the sentences of the body, in order; ``settings`` say how a model is asked.

    Where both name the same words the recogniser's name stands.
    """
    found: dict[tuple[int, int], Named] = {}
    for one in _found(article, engines, settings):
        found.setdefault(one.pair, one)
    return sorted(found.values(), key=lambda one: (one.start, -one.end))


def _found(article: Article, engines: Engines, settings: Mapping[str, Any]) -> Iterator[Named]:
    if engines.recognizer is not None:
        yield from _by_recognizer(article, engines.recognizer)
    if engines.model is not None:
        by = _ENGINE + engines.model.name
        labels = dict(ask_for_names(article, engines.model, settings))
        for words, places in find_many(article.text, article.body, list(labels)).items():
            yield from (Named(start, end, labels[words], by) for start, end in places)


def _by_recognizer(article: Article, recognizer: Recognizer) -> Iterator[Named]:
    by = _ENGINE + recognizer.name
    texts = [article.folded[sentence.start : sentence.end] for sentence in article.sentences]
    answers = recognizer.recognize(texts) if texts else ()
    if len(answers) != len(texts):
        problem = f"gave names for {len(answers)} texts where {len(texts)} were asked"
        raise EngineError(recognizer.name, problem, "use another engine")
    for sentence, text, names in zip(article.sentences, texts, answers, strict=True):
        for start, end, label in aligned(names, text):
            yield Named(sentence.start + start, sentence.start + end, label, by)


def aligned(names: Iterable[Name], text: str) -> Iterator[Name]:
    """The names that stand in the text, without blanks at their ends; the others are dropped.

    >>> list(aligned([(0, 2, "LOC"), (1, 9, "LOC"), (2, 3, "ORG"), (0, 2, "DATE")], "甲市 "))
    [(0, 2, 'LOC')]
    """
    for start, end, label in names:
        if label in LABELS and 0 <= start < end <= len(text):
            low, high = trim(text, start, end)
            if low < high:
                yield low, high, label
