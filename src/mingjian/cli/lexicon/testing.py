"""``mingjian lexicon test``: what a folder of one's own changes on pages, fact by fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.lexicon.options import View, ViewOption, tell
from mingjian.cli.progress import list_failures, with_progress
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.pipeline.differences import Difference, differences
from mingjian.core.rulebook import Lexicon, Rulebook, load_lexicons
from mingjian.core.text.folding import fold
from mingjian.core.text.lexicon_matching import LexiconScanner
from mingjian.overlay import all_files, load_rulebook
from mingjian.read import read_paths
from mingjian.run import extract_pages

_SIGNS = {"appears": "+", "disappears": "-", "alters": "~"}
_SHOWN_NAMES = 30
_SHOWN_WORDS = 12
_LONGEST = 60
_ORDINARY_PAGES, _ORDINARY_SHARE = 10, 0.25  # a name on so many pages, and on such a share of them, may be a plain word


class Tally(msgspec.Struct):
    """What has been counted so far: pages, changes by field and kind and words, and where the user's names stand."""

    pages: int = 0
    changed: int = 0
    failures: list[Failure] = []
    facts: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    words: Counter[tuple[str, str, str]] = msgspec.field(default_factory=Counter)
    hits: Counter[str] = msgspec.field(default_factory=Counter)
    pages_of: Counter[str] = msgspec.field(default_factory=Counter)


def test_command(
    paths: Annotated[list[str], typer.Argument(help="Pages: files, folders, .jsonl, or - .")],
    rules: Annotated[Path, typer.Option(help="The folder of your own rules whose effect is asked.")],
    against: Annotated[
        str, typer.Option(help="What to compare with: bundled, or another folder of rules.")
    ] = "bundled",
    view: ViewOption = View.TEXT,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where any fact changes.")] = False,
    max_megabytes: Annotated[float, typer.Option(help="Larger pages are listed as failures.")] = 20,
) -> None:
    """Read pages with and without your lexicons; print by page which facts appear, disappear or alter."""
    old = load_rulebook(None if against == "bundled" else against)
    new = load_rulebook(rules)
    names = _own_names(rules)
    tally = Tally()
    pages = read_paths(checked_inputs(paths), limits_of(max_megabytes))
    print_lines(_lines(with_progress(pages), (old, new), names, tally, view))
    tell(new.notices)
    list_failures(tally.failures)
    lost = any(failure.stage == "find" for failure in tally.failures)
    if lost or (exit_code and tally.changed):
        raise typer.Exit(1)


def _own_names(rules: Path) -> LexiconScanner:
    """Finds the names that the folder's own rows bring."""
    entries = tuple(
        msgspec.structs.replace(row.entry, name=surface, aliases=(), retired=())
        for row in load_lexicons(all_files(rules)).own
        for surface in row.surfaces
    )
    return LexiconScanner([Lexicon("own", entries)])


def _lines(
    pages: Iterator[Page | Failure], books: tuple[Rulebook, Rulebook], names: LexiconScanner, tally: Tally, view: View
) -> Iterator[str]:
    for page in pages:
        if isinstance(page, Failure):
            tally.failures.append(page)
            continue
        found = _compared(page, books, tally)
        if found is None:
            continue
        tally.pages += 1
        hits = Counter(hit.surface for hit in names.scan(fold(page.text)))
        tally.hits.update(hits)
        tally.pages_of.update(hits.keys())
        if found:
            tally.changed += 1
            tally.facts.update((one.field, one.kind) for one in found)
            tally.words.update((one.field, one.kind, _short(one.words)) for one in found)
            yield from [_page_object(page, found)] if view is View.JSON else _page_lines(page, found)
    yield from [_summary_object(tally)] if view is View.JSON else _summary_lines(tally)


def _compared(page: Page, books: tuple[Rulebook, Rulebook], tally: Tally) -> Sequence[Difference] | None:
    """The differences between the records of the two rule books; ``None`` where one of them gave none."""
    records = []
    for book in books:
        (result,) = extract_pages([page], book)
        if isinstance(result, Failure):
            tally.failures.append(result)
            return None
        records.append(result[1])
    return differences(*records)


def _page_lines(page: Page, found: Sequence[Difference]) -> Iterator[str]:
    yield printable(page.doc_id)
    for one in found:
        changes = "; ".join(
            f"{column or 'value'} {_short(one.was[column])} → {_short(one.now[column])}" for column in one.was
        )
        yield printable(f"  {_SIGNS[one.kind]} {one.field:<16}{_short(one.words)}{': ' if changes else ''}{changes}")


def _summary_lines(tally: Tally) -> Iterator[str]:
    yield f"{tally.changed} of {tally.pages} pages change"
    by_words: dict[tuple[str, str], list[str]] = {}
    for (field, kind, words), count in sorted(tally.words.items(), key=lambda item: (-item[1], item[0])):
        by_words.setdefault((field, kind), []).append(f"{words} {count}")
    for (field, kind), count in sorted(tally.facts.items()):
        most = by_words[field, kind]
        more = " …" if len(most) > _SHOWN_WORDS else ""
        yield printable(f"  {_SIGNS[kind]} {field:<16}{count}: {', '.join(most[:_SHOWN_WORDS])}{more}")
    if tally.hits:
        yield "names of your own, by pages on which they stand"
    for name, pages in sorted(tally.pages_of.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_NAMES]:
        told = "  ← is it an ordinary word?" if _is_ordinary(pages, tally.pages) else ""
        yield printable(f"  {name}  {tally.hits[name]} times on {pages} of {tally.pages} pages{told}")


def _is_ordinary(pages: int, of: int) -> bool:
    return pages >= _ORDINARY_PAGES and pages >= of * _ORDINARY_SHARE


def _page_object(page: Page, found: Sequence[Difference]) -> str:
    return msgspec.json.encode({"page": page.doc_id, "sha256": page.sha256, "differences": found}).decode()


def _summary_object(tally: Tally) -> str:
    told = {
        "pages": tally.pages,
        "changed": tally.changed,
        "failed": len(tally.failures),
        "facts": [
            {"field": field, "kind": kind, "count": count} for (field, kind), count in sorted(tally.facts.items())
        ],
        "names": [
            {"name": name, "hits": tally.hits[name], "pages": pages, "ordinary": _is_ordinary(pages, tally.pages)}
            for name, pages in sorted(tally.pages_of.items(), key=lambda item: (-item[1], item[0]))
        ],
    }
    return msgspec.json.encode(told).decode()


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
