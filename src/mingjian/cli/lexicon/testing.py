"""``mingjian lexicon test``: what a folder of one's own changes on pages, fact by fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.comparing import (
    Compared,
    Tally,
    change_lines,
    compare_pages,
    page_object,
    summary_lines,
    summary_object,
)
from mingjian.cli.files import print_lines
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.lexicon.options import View, ViewOption, tell
from mingjian.cli.progress import list_failures, with_progress
from mingjian.core.rulebook import Lexicon, load_lexicons
from mingjian.core.text.folding import fold
from mingjian.core.text.lexicon_matching import LexiconScanner
from mingjian.overlay import all_files, load_rulebook
from mingjian.read import read_paths

_SHOWN_NAMES = 30
_ORDINARY_PAGES, _ORDINARY_SHARE = 10, 0.25  # a name on so many pages, and on such a share of them, may be a plain word


class Names(msgspec.Struct):
    """Where the user's own names stand: how often, and on how many pages."""

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
    pages = with_progress(read_paths(checked_inputs(paths), limits_of(max_megabytes)))
    print_lines(_lines(compare_pages(pages, old, new, tally), names, tally, view))
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


def _lines(pages: Iterable[Compared], scanner: LexiconScanner, tally: Tally, view: View) -> Iterator[str]:
    names = Names()
    for compared in pages:
        hits = Counter(hit.surface for hit in scanner.scan(fold(compared.page.text)))
        names.hits.update(hits)
        names.pages_of.update(hits.keys())
        if compared.found and view is View.JSON:
            yield msgspec.json.encode(page_object(compared)).decode()
        elif compared.found:
            yield printable(compared.page.doc_id)
            yield from change_lines(compared.found)
    yield from [_summary_object(tally, names)] if view is View.JSON else _summary_lines(tally, names)


def _summary_lines(tally: Tally, names: Names) -> Iterator[str]:
    yield from summary_lines(tally)
    if names.hits:
        yield "names of your own, by pages on which they stand"
    for name, pages in sorted(names.pages_of.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_NAMES]:
        told = "  ← is it an ordinary word?" if _is_ordinary(pages, tally.pages) else ""
        yield printable(f"  {name}  {names.hits[name]} times on {pages} of {tally.pages} pages{told}")


def _is_ordinary(pages: int, of: int) -> bool:
    return pages >= _ORDINARY_PAGES and pages >= of * _ORDINARY_SHARE


def _summary_object(tally: Tally, names: Names) -> str:
    told = summary_object(tally)
    told["names"] = [
        {"name": name, "hits": names.hits[name], "pages": pages, "ordinary": _is_ordinary(pages, tally.pages)}
        for name, pages in sorted(names.pages_of.items(), key=lambda item: (-item[1], item[0]))
    ]
    return msgspec.json.encode(told).decode()
