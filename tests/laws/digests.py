"""What every sentence of a digest is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingjian.core.model.record import DigestSentence
from mingjian.core.text.normal import on_one_line


def is_built_of(sentence: DigestSentence, glue: Iterable[str]) -> bool:
    """Whether the sentence is nothing but the words of its support, in that order, with glue between them."""
    between = "(?:" + "|".join(map(re.escape, glue)) + ")?"
    words = (re.escape(on_one_line(span.text)) for span in sentence.support)
    return re.fullmatch(between + between.join(words) + between, sentence.text) is not None
