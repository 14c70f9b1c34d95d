"""Puts hits in order and folds those behind which one body, or one document, stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

import msgspec

from mingjian.core.match.settings import MatchingSettings
from mingjian.core.model.ledger.rows import MeasureRow
from mingjian.core.model.matching import Also, Hit

Sentence: TypeAlias = tuple[str, int]
"""The id of a page, and where a sentence of it begins."""


def folded(
    hits: Iterable[Hit], settings: MatchingSettings, sentences: Mapping[str, frozenset[Sentence]] = MappingProxyType({})
) -> list[Hit]:
    """The hits in order, those that are over last; of several of one body the best, with the others named.

    So are hits of other ledgers of which a sentence tells that tells of a better one: ``sentences`` go by things.
    """
    ordered = sorted(hits, key=_place)
    kept: dict[tuple[object, ...], Hit] = {}
    told: dict[tuple[Sentence, bool], tuple[object, ...]] = {}
    for hit in ordered:
        own = [(sentence, hit.over is None) for sentence in sorted(sentences.get(hit.thing, ()))]
        key = next((told[one] for one in own if one in told and kept[told[one]].ledger != hit.ledger), None)
        key = key or folding_key(hit, settings.folds)
        for one in own:
            told.setdefault(one, key)
        best = kept.get(key)
        if best is None:
            kept[key] = hit
        else:
            other = Also(ledger=hit.ledger, thing=hit.thing, name=hit.name, score=hit.score)
            kept[key] = msgspec.structs.replace(best, also=(*best.also, other))
    return list(kept.values())


def _place(hit: Hit) -> tuple[object, ...]:
    newest = tuple(-ord(sign) for sign in hit.row.last_published or "")
    return (hit.over is not None, hit.weak, -hit.score, newest, hit.thing)


def folding_key(hit: Hit, folds: Sequence[Sequence[str]]) -> tuple[object, ...]:
    """What hits that fold have alike: ledgers, and the bodies; of measures document, or page, and instrument."""
    group = next((number for number, ledgers in enumerate(folds) if hit.ledger in ledgers), None)
    if group is None:
        return (hit.thing,)
    if isinstance(hit.row, MeasureRow):
        document, cites = hit.row.policy.value, hit.row.action.cites
        return (group, document or (cites[0].page if cites else hit.thing), hit.row.instrument.value)
    return (group, *hit.row.facets.issuers) if hit.row.facets.issuers else (hit.thing,)
