"""Names that a language model is asked for: only those count whose words it quotes as they stand in the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.span import Span
from mingjian.core.pipeline.align import align
from mingjian.core.ports import LABELS, LanguageModel


class _Named(msgspec.Struct):
    name: str
    label: str
    quotation: str


class _Answer(msgspec.Struct):
    names: list[_Named]


def ask_for_names(article: Article, model: LanguageModel, settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Words of the article and the label that the model gives them; what it says in no JSON says nothing.

    A name counts where its quotation stands in the text, and the name in the quotation.
    """
    for text in _portions(article, settings["most_characters"]):
        answer = model.complete(settings["prompt"].replace("{text}", text))
        for one in _names_in(answer):
            place = align(one.quotation, text)
            words = align(one.name, place.text) if isinstance(place, Span) else place
            if isinstance(words, Span) and one.label in LABELS:
                yield words.text, one.label


def _portions(article: Article, most: int) -> Iterator[str]:
    """The body in runs of whole blocks, each about as long as a model is asked to read at once."""
    portion = ""
    for block in article.body:
        words = article.text[block.start : block.end]
        if portion and len(portion) + len(words) > most:
            yield portion
            portion = ""
        portion += words + "\n"
    if portion.strip():
        yield portion


def _names_in(answer: str) -> list[_Named]:
    """The names of an answer, round whose JSON a model may talk."""
    try:
        return msgspec.json.decode(answer[answer.find("{") : answer.rfind("}") + 1], type=_Answer).names
    except (msgspec.DecodeError, UnicodeEncodeError):
        return []
