"""What engines find in an article, of which only names that stand in it are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mingjian.core.model.annotation import Named
from mingjian.core.model.article import Article
from mingjian.core.model.span import Pair
from mingjian.core.pipeline.asking import ask_for_names
from mingjian.core.ports import LABELS, Engines, LanguageModel, Name, Recognizer
from mingjian.core.text.places import find_many
from mingjian.core.text.sentences import trim
from mingjian.errors import EngineError

_ENGINE = "engine."


def engine_of(by: str) -> str | None:
    """The name of the engine that found what has this ``by``, or ``None`` for what a rule or lexicon found."""
    return by.removeprefix(_ENGINE) if by.startswith(_ENGINE) else None


def recognise(article: Article, engines: Engines, settings: Mapping[str, Any]) -> list[Named]:
    """The names that the engines find in the article, as a record lists them: without the country it is all about."""
    found = recognise_each([article], engines, settings)[0]
    return [one for one in found if article.folded[one.start : one.end] not in settings["home"]]


def recognise_each(articles: Sequence[Article], engines: Engines, settings: Mapping[str, Any]) -> list[list[Named]]:
    """For every article the names in the sentences of its body, in order; ``settings`` say how a model is asked.

    The recogniser is asked of all articles at once. Where both engines name the same words its name stands.
    """
    found: list[dict[Pair, Named]] = [{} for _ in articles]
    if engines.recognizer is not None:
        for index, one in _by_recognizer(articles, engines.recognizer):
            found[index].setdefault(one.pair, one)
    if engines.model is not None:
        for index, article in enumerate(articles):
            for one in _by_model(article, engines.model, settings):
                found[index].setdefault(one.pair, one)
    return [sorted(names.values(), key=lambda one: (one.start, -one.end)) for names in found]


def _by_model(article: Article, model: LanguageModel, settings: Mapping[str, Any]) -> Iterator[Named]:
    labels = dict(ask_for_names(article, model, settings))
    for words, places in find_many(article.text, article.body, list(labels)).items():
        yield from (Named(start, end, labels[words], _ENGINE + model.name) for start, end in places)


def _by_recognizer(articles: Sequence[Article], recognizer: Recognizer) -> Iterator[tuple[int, Named]]:
    places = [
        (index, sentence.start, article.folded[sentence.start : sentence.end])
        for index, article in enumerate(articles)
        for sentence in article.sentences
    ]
    answers = _answers(recognizer, [text for _, _, text in places]) if places else []
    by = _ENGINE + recognizer.name
    for (index, offset, _), names in zip(places, answers, strict=True):
        for start, end, label in names:
            yield index, Named(offset + start, offset + end, label, by)


def _answers(recognizer: Recognizer, texts: Sequence[str]) -> list[list[Name]]:
    """For every text the names that stand in it; ``EngineError`` for an answer that is no such list."""
    answers = recognizer.recognize(texts)
    mend = "use another engine, or test it with mingjian.testing.check_recognizer"
    try:
        if len(answers) != len(texts):
            problem = f"gave names for {len(answers)} texts where {len(texts)} were asked"
            raise EngineError(recognizer.name, problem, mend)
        return [list(aligned(names, text)) for names, text in zip(answers, texts, strict=True)]
    except (TypeError, ValueError) as error:
        raise EngineError(recognizer.name, f"gave an answer of another form ({error})", mend) from error


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
