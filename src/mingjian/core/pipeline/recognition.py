"""What engines find in an article, of which only names that stand in it are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.model.annotation import Named
from mingjian.core.model.article import Article
from mingjian.core.ports import LABELS, Engines, Recognizer
from mingjian.core.text.sentences import trim
from mingjian.errors import EngineError

_ENGINE = "engine."


def engine_of(by: str) -> str | None:
    """The name of the engine that found what has this ``by``, or ``None`` for what a rule or lexicon found."""
    return by.removeprefix(_ENGINE) if by.startswith(_ENGINE) else None


def recognise(article: Article, engines: Engines) -> tuple[Named, ...]:
    """The names that the engines find in the sentences of the body, in order."""
    found = _by_recognizer(article, engines.recognizer) if engines.recognizer is not None else ()
    return tuple(sorted(found, key=lambda one: (one.start, -one.end)))


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


def aligned(names: Iterable[tuple[int, int, str]], text: str) -> Iterator[tuple[int, int, str]]:
    """The names that stand in the text, without blanks at their ends; the others are dropped.

    >>> list(aligned([(0, 2, "LOC"), (1, 9, "LOC"), (2, 3, "ORG"), (0, 2, "DATE")], "甲市 "))
    [(0, 2, 'LOC')]
    """
    for start, end, label in names:
        if label in LABELS and 0 <= start < end <= len(text):
            low, high = trim(text, start, end)
            if low < high:
                yield low, high, label
