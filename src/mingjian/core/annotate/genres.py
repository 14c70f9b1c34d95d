"""Which language and script, and which kind of document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingjian.core.model.article import Article, Metadata
from mingjian.core.model.outcome import Cited
from mingjian.core.text.matching import Match

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
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in words)
    written = sum(letter.isalpha() for letter in words)
    if not written:
        return "other"
    if chinese < _CHINESE * written:
        latin = sum(letter.isascii() and letter.isalpha() for letter in words)
        return "en" if latin > written / 2 else "other"
    changed = sum(one != other and "\u4e00" <= one <= "\u9fff" for one, other in zip(words, folded, strict=True))
    return "zh-Hant" if changed >= _TRADITIONAL * chinese else "zh-Hans"


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
