"""The tool ``match``: what of the workspace answers a need, and why."""

from __future__ import annotations

from mingjian.core.match.asking import MOST
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.matching import Gap, Hit, Passage
from mingjian.core.model.matching import Reason as SharedReason
from mingjian.core.model.needs import Sought
from mingjian.core.model.outcome import value_of
from mingjian.corpus.matching import PageWords, match_pages
from mingjian.errors import QuestionError
from mingjian.serve.mcp.answers import Alike, MatchAnswer, MatchGap, MatchHit, MatchPassage, Named, Shared, Span
from mingjian.serve.mcp.arguments import MatchArguments
from mingjian.serve.mcp.citing import cite_span, encoded_size, fitting, thing_link
from mingjian.serve.mcp.explaining import thing_called
from mingjian.serve.mcp.meaning import RefusedError, behind
from mingjian.serve.workspace import Workspace

_MOST_BYTES = 64_000
_SPANS = 3
_ALSO = 8
_DIGITS = 3


def match(workspace: Workspace, asked: MatchArguments) -> MatchAnswer:
    """The hits of a need, the best first, each with what it shares with the need."""
    if bool(asked.need.strip()) == (asked.scenario is not None):
        raise QuestionError(asked.need, "is not one need", "give a sentence as need, or the id of a scenario, not both")
    scenario = None if asked.scenario is None else _scenario(workspace, asked.scenario)
    end = asked.offset + asked.limit
    sought = Sought(
        words=asked.need,
        thing=scenario,
        regions=asked.regions,
        kinds=asked.ledgers,
        as_of=asked.as_of,
        everything=asked.everything,
        limit=min(end + 1, MOST),
    )
    with workspace.books() as books, workspace.searching() as (index, _), workspace.pages() as reader:
        found = match_pages(books, PageWords(reader, index), sought, 0)
    hits, whole = fitting(map(_hit, found.hits[asked.offset : end]), _MOST_BYTES, encoded_size)
    return MatchAnswer(
        total=None,
        offset=asked.offset,
        next_offset=None if whole and len(found.hits) <= end else asked.offset + len(hits) or None,
        behind=behind(workspace),
        notices=() if hits else ("nothing answers from this offset on",),
        day=found.day,
        named=tuple(
            Named(untrusted=True, kind=one.kind, label=one.label, weight=one.weight) for one in found.need.aspects
        ),
        need_spans=_spans(found.need.cites),
        hits=tuple(hits),
        passages=tuple(map(_passage, found.passages if asked.offset == 0 else ())),
        gaps=tuple(map(_gap, found.gaps)),
    )


def _scenario(workspace: Workspace, words: str) -> str:
    """The id of the scenario that is meant; raises ``RefusedError`` for none."""
    with workspace.books() as books:
        thing = thing_called(books, words.removeprefix(thing_link("")))
    if thing.kind != "scenario":
        raise RefusedError(f"{thing.id} is no scenario; give an id that `ledger` shows for scenarios")
    return thing.id


def _hit(hit: Hit) -> MatchHit:
    return MatchHit(
        untrusted=True,
        ledger=hit.ledger,
        id=hit.thing,
        link=thing_link(hit.thing),
        name=hit.name,
        score=round(hit.score, _DIGITS),
        shared=tuple(map(_shared, hit.reasons)),
        weak=hit.weak,
        over=hit.over,
        over_spans=_spans(hit.over_cites),
        also=tuple(Alike(untrusted=True, ledger=one.ledger, id=one.thing, name=one.name) for one in hit.also[:_ALSO]),
    )


def _passage(passage: Passage) -> MatchPassage:
    return MatchPassage(
        untrusted=True,
        fact=False,
        score=round(passage.score, _DIGITS),
        title=value_of(passage.title),
        span=cite_span(passage.words),
        shared=tuple(map(_shared, passage.reasons)),
    )


def _shared(reason: SharedReason) -> Shared:
    return Shared(
        untrusted=True,
        kind=reason.kind,
        relation=reason.relation,
        label=reason.label,
        points=round(reason.points, _DIGITS),
        spans=_spans(reason.cites),
    )


def _gap(gap: Gap) -> MatchGap:
    return MatchGap(untrusted=True, kind=gap.kind, label=gap.label, region=gap.region, nearest=gap.nearest)


def _spans(cites: tuple[Cite, ...]) -> tuple[Span, ...]:
    return tuple(map(cite_span, cites[:_SPANS]))
