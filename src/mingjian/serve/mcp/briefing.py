"""The tool ``brief``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from mingjian.brief.briefs.markdown import render_markdown
from mingjian.core.ledger.briefing.asking import scope_of
from mingjian.core.ledger.briefing.writing import write_brief
from mingjian.core.model.brief import Brief, Item, Section
from mingjian.serve.mcp.answers import BriefAnswer, BriefSection, Sentence
from mingjian.serve.mcp.arguments import BriefArguments
from mingjian.serve.mcp.citing import cite_span
from mingjian.serve.mcp.meaning import behind
from mingjian.serve.workspace import Workspace

_SPANS = 6


def brief(workspace: Workspace, asked: BriefArguments) -> BriefAnswer:
    """What happened and what is to be watched, every sentence with its footnote."""
    scope = scope_of(asked.topics, asked.regions, (asked.since, asked.until, asked.as_of), workspace.state().day)
    with workspace.books() as books:
        written = write_brief(books, replace(scope, ai=not asked.everything))
    kept = replace(written, sections=tuple(_first(written, asked.most)), timeline=None, charts=())
    none = ("nothing was told in these days: ask for more of them, another topic, or everything=true",)
    return BriefAnswer(
        untrusted=True,
        title=kept.title,
        since=scope.since,
        until=scope.until,
        day=scope.day,
        markdown=render_markdown(kept, "")[0],
        sections=tuple(map(_section, kept.sections)),
        behind=behind(workspace),
        notices=() if kept.sections else none,
    )


def _first(written: Brief, most: int) -> Iterator[Section]:
    """The sections with so many sentences together, each with its share: none is left out for those before it."""
    total = sum(len(section.items) for section in written.sections)
    for section in written.sections:
        count = len(section.items)
        share = count if total <= most else max(1, count * most // total)
        yield replace(section, items=section.items[:share], left_out=section.left_out + count - share)


def _section(section: Section) -> BriefSection:
    return BriefSection(
        name=section.name,
        heading=section.heading,
        sentences=tuple(map(_sentence, section.items)),
        left_out=section.left_out,
    )


def _sentence(item: Item) -> Sentence:
    return Sentence(
        untrusted=True,
        text=item.sentence.text,
        footnote=item.note.number,
        thing=item.sentence.thing,
        spans=tuple(map(cite_span, item.sentence.cites[:_SPANS])),
    )
