"""Which language and script, and which kind of document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mingjian.core.model.article import Article, Metadata
from mingjian.core.model.outcome import Cited
from mingjian.core.text.matching import Match

_HAN = re.compile("[\u4e00-\u9fff]+")
_SAMPLE = 1500
_TRADITIONAL = 0.04
_CHINESE = 0.15
_LEAST = {"policy_text": 3, "company_notice": 3, "commentary": 3, "explainer": 3, "roundup": 4}
_ORDER = tuple(_LEAST)


def find_language(article: Article) -> str:
    """``zh-Hans``, ``zh-Hant``, ``en`` or ``other``, by the script of the body."""
    pieces = [(block.start, min(block.end, block.start + _SAMPLE)) for block in article.body[:12]]
    words = "".join(article.text[start:end] for start, end in pieces)[:_SAMPLE]
    folded = "".join(article.folded[start:end] for start, end in pieces)[:_SAMPLE]
    chinese = sum(map(len, _HAN.findall(words)))
    if chinese <= _CHINESE * len(words) and (other := _other_language(words, chinese)):
        return other
    if words == folded:
        return "zh-Hans"
    differing = [one for one, other in zip(words, folded, strict=True) if one != other]
    changed = sum(map(len, _HAN.findall("".join(differing))))
    return "zh-Hant" if changed >= _TRADITIONAL * chinese else "zh-Hans"


def _other_language(words: str, chinese: int) -> str | None:
    """What words with few Chinese characters are written in, or None if they are Chinese all the same."""
    written = sum(map(str.isalpha, words))
    if written and chinese >= _CHINESE * written:
        return None
    latin = sum(letter.isascii() and letter.isalpha() for letter in words)
    return "en" if written and latin > written / 2 else "other"


def find_doc_type(article: Article, metadata: Metadata, matches: Sequence[Match]) -> str:
    """The kind of document: ``news`` unless its own words say another, ``other`` where there is no article."""
    if not article.body:
        return "other"
    if isinstance(metadata.title, Cited) and metadata.title.by == "title.record-field":
        return "structured_record"
    points: dict[str, int] = {}
    for match in matches:
        fields: Mapping[str, Any] = match.rule.fields
        points[fields["type"]] = points.get(fields["type"], 0) + fields["weight"]
    reached = [kind for kind in _ORDER if points.get(kind, 0) >= _LEAST[kind]]
    return max(reached, key=lambda kind: (points[kind] / _LEAST[kind], -_ORDER.index(kind))) if reached else "news"
