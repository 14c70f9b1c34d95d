"""``mingjian search``: find pages, facts and names in a workspace."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus
from mingjian.core.model.outcome import Cited, Missing, Outcome

if TYPE_CHECKING:
    from mingjian.corpus import Answer, Asked
    from mingjian.corpus.finding import Shown
    from mingjian.store.search import Counts

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
_BRIGHT, _PLAIN, _DIM = "\033[1;33m", "\033[0m", "\033[2m"
_ID = 12
_NOTES = {
    "unknown-field": "there is no such field; searched as words",
    "empty-field": "the field has no value; searched as words",
    "unknown-type": "there is no such type; searched as words",
    "no-date": "this is no date; searched as words",
    "unclosed-quote": "the quotation mark is not closed; searched as words",
    "nothing-excluded": "nothing stands behind the minus",
    "nothing-either": "nothing stands on one side of the mark for either",
    "only-questions": "these words only ask; searched all the same",
    "no-words": "this holds nothing that can be searched",
    "cut": "the query is too long; what stands here and behind is left out",
}


class Wanted(StrEnum):
    """What is looked for; by default what the query's ``类型:`` is a kind of, else pages."""

    AUTO = "auto"
    PAGES = "pages"
    FACTS = "facts"
    NAMES = "names"


def search_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    words: Annotated[
        list[str], typer.Argument(metavar="QUERY…", help='Such as: 算力 地区:广东 年:2025 "智能体" -招聘')
    ],
    workspace: WorkspaceOption = HERE,
    wanted: Annotated[
        Wanted, typer.Option("--in", help="What is looked for; auto: facts or names where the query asks for a kind.")
    ] = Wanted.AUTO,
    newest: Annotated[bool, typer.Option("--newest", help="Newest first, instead of best first.")] = False,
    reprints: Annotated[bool, typer.Option("--reprints", help="Show each reprint, instead of its source.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="Show so many.")] = 10,
    skip: Annotated[int, typer.Option(min=0, max=9_000, help="Leave out so many of the first.")] = 0,
    counts: Annotated[bool, typer.Option("--counts", help="Count what is found by type, year and source.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
) -> None:
    """Find pages, facts or names; docs/how-to/search.md tells what a query may say."""
    from mingjian.corpus import Asked  # here, because a start must not cost it

    asked = Asked(
        words=_as_text(" ".join(words)),
        limit=limit,
        offset=skip,
        order="newest" if newest else "best",
        fold=not reprints,
    )
    with open_corpus(workspace) as corpus:
        if counts:
            print_lines(_count_lines(corpus.count_kinds(asked)))
            return
        answer = corpus.search(asked, wanted.value)
    if as_json:
        print_lines([_ENCODE(answer).decode()])
        return
    _tell(answer)
    colour = sys.stdout is not None and sys.stdout.isatty()
    print_lines(_lines(answer, asked, colour=colour))


def _as_text(words: str) -> str:
    """The query, with a mark in place of each byte that is no text: an argument may hold any."""
    return words.encode(errors="surrogateescape").decode(errors="replace")


def _tell(answer: Answer) -> None:
    """Say on standard error what of the query was taken otherwise than typed, and what else was searched."""
    for note in answer.notes:
        typer.echo(f"mingjian: {printable(note.words)}: {_NOTES[note.kind]}", err=True)
    for alias in answer.aliases:
        typer.echo(
            f"mingjian: also searched {printable(alias.name)} for {printable(alias.of)} ({alias.lexicon})", err=True
        )
    for told in answer.damaged:
        typer.echo(f"mingjian: left out: {printable(told)}", err=True)
    if answer.behind:
        typer.echo(f"mingjian: the search index is {answer.behind} steps behind the pages", err=True)


def _lines(answer: Answer, asked: Asked, *, colour: bool) -> Iterator[str]:
    hits = answer.pages or answer.facts or answer.entities
    if not hits:
        fielded = ":" in asked.words or "：" in asked.words
        yield "nothing found" + ("; a field holds what was read as such: try the words without it" if fielded else "")
        return
    if answer.total is not None:
        yield f"{answer.total} found that hold all of it; shown from {asked.offset + 1}, {answer.order} first"
    whole = True
    for page in answer.pages:
        yield from _parted(whole, page.whole)
        whole = page.whole
        copies = f"  +{page.copies} reprints" if page.copies else ""
        yield f"{page.id[:_ID]}  {titled(page.title, page.doc_id)}{copies}"
        yield f"    {said(page.published)}  {said(page.source, page.publisher)}  {printable(page.address)}"
        yield from _snippets(page.shown, colour=colour)
    for found in answer.facts:
        yield from _parted(whole, found.whole)
        whole = found.whole
        where = f"{said(found.published)}  {titled(found.title, found.doc_id)}  [{found.page[:_ID]}]"
        yield f"{found.fact.id[:_ID]}  {found.kind}  {where}"
        yield from _snippets(found.shown, colour=colour)
    if answer.entities and not answer.entities[0].whole:
        yield "no name holds all of it; in part:"
    for entity in answer.entities:
        others = [name for name in entity.names if name != entity.name]
        also = f"  ({'、'.join(map(printable, others))})" if others else ""
        yield f"{entity.pages:6d} pages  {entity.kind:<13} {printable(entity.name)}{also}"


def _parted(before: bool, whole: bool) -> Iterator[str]:
    """An empty line, and where hits begin that hold only parts of what was asked, a word on that."""
    yield ""
    if before and not whole:
        yield "── hold only parts of it ──"
        yield ""


def said(*outcomes: Outcome[str]) -> str:
    """The first value that is there, in one line."""
    for outcome in outcomes:
        if isinstance(outcome, Cited):
            return printable(" ".join(outcome.value.split()))
    return "—"


def titled(title: Outcome[str], doc_id: str) -> str:
    """The title, or of a page without one the end of its name, in brackets."""
    damaged = "; damaged" if isinstance(title, Missing) and title.reason == "damaged" else ""
    return said(title) if isinstance(title, Cited) else f"({printable(doc_id.rpartition('/')[2])}{damaged})"


def _snippets(shown: Sequence[Shown], *, colour: bool) -> Iterator[str]:
    for each in shown:
        pieces: list[str] = []
        at = each.start
        for start, end in each.marks:
            pieces += [_plain(each, at, start), _marked(_plain(each, start, end), colour=colour)]
            at = end
        pieces.append(_plain(each, at, each.end))
        place = f"{_DIM}[{each.start}]{_PLAIN}" if colour else f"[{each.start}]"
        yield f"    {place} {''.join(pieces).strip()}"


def _plain(each: Shown, start: int, end: int) -> str:
    return printable(" ".join(each.text[start - each.start : end - each.start].splitlines()))


def _marked(words: str, *, colour: bool) -> str:
    return f"{_BRIGHT}{words}{_PLAIN}" if colour else f"⟦{words}⟧"


def _count_lines(counts: Mapping[str, Counts]) -> Iterator[str]:
    for kind, found in counts.items():
        for name in ("by_type", "by_year", "by_source"):
            listed = "、".join(f"{printable(str(key))} {count}" for key, count in getattr(found, name).items())
            yield f"{kind}s {name.replace('_', ' ')}: {listed or '—'}"
