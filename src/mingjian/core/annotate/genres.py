"""Which language and script, and which kind of document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mingjian.core.model.article import Article, Metadata
from mingjian.core.model.outcome import Cited
from mingjian.core.text.group import GroupFindings

_HAN = re.compile("[\u4e00-\u9fff]+")
_KANA = re.compile("[\u3041-\u30fa\u30fc-\u30fe]+")
_WORD = re.compile("[a-z]+")


def find_language(article: Article, settings: Mapping[str, Any]) -> str:
    """``zh-Hans``, ``zh-Hant``, ``en`` or ``other``, by the script of the body."""
    sample, share = settings["sample"], settings["chinese_share"]
    pieces = [(block.start, min(block.end, block.start + sample)) for block in article.body[:12]]
    words = "".join(article.text[start:end] for start, end in pieces)[:sample]
    folded = "".join(article.folded[start:end] for start, end in pieces)[:sample]
    chinese = sum(map(len, _HAN.findall(words)))
    if sum(map(len, _KANA.findall(words))) > share * chinese:
        return "other"
    if chinese <= share * len(words) and (other := _other_language(words, chinese, settings)):
        return other
    if words == folded:
        return "zh-Hans"
    differing = [one for one, other in zip(words, folded, strict=True) if one != other]
    changed = sum(map(len, _HAN.findall("".join(differing))))
    return "zh-Hant" if changed >= settings["traditional_share"] * chinese else "zh-Hans"


def _other_language(words: str, chinese: int, settings: Mapping[str, Any]) -> str | None:
    """What words with few Chinese characters are written in, or None if they are Chinese all the same."""
    written = sum(map(str.isalpha, words))
    if written and chinese >= settings["chinese_share"] * written:
        return None
    latin = _WORD.findall(words.lower())
    if not written or sum(map(len, latin)) <= written / 2:
        return "other"
    common = frozenset(settings["english_words"])
    few = len(latin) < settings["english_least"]
    return "en" if few or sum(word in common for word in latin) >= settings["english_share"] * len(latin) else "other"


def find_doc_type(article: Article, metadata: Metadata, found: GroupFindings) -> str:
    """The kind of document: ``news`` unless its own words say another, ``other`` where there is no article."""
    if not article.body:
        return "other"
    if metadata.carried or (isinstance(metadata.title, Cited) and metadata.title.by == "title.record-field"):
        return "structured_record"
    points: dict[str, int] = {}
    for match in found.matches:
        fields: Mapping[str, Any] = match.rule.fields
        points[fields["type"]] = points.get(fields["type"], 0) + fields["weight"]
    least: Mapping[str, int] = found.settings["least"]
    reached = [kind for kind in least if points.get(kind, 0) >= least[kind]]
    return max(reached, key=lambda kind: points[kind] / least[kind], default="news")
