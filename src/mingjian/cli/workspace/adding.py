"""``mingjian add``: pages into a workspace."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.cli.engines import EngineOption
from mingjian.cli.files import print_lines
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.progress import is_watched, list_failures, with_progress, write_failures
from mingjian.cli.workers import SecondsOption, WorkersOption, extent_of, pages_for, workers_of
from mingjian.cli.workspace.opening import HERE, WAIT, WaitOption, WorkspaceOption, open_corpus
from mingjian.core.model.failure import Failure
from mingjian.run import Setup, extract_many

if TYPE_CHECKING:
    from mingjian.corpus import Added, Corpus

_TOLD = 20
_FOLLOWED = 5_000


def add_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    paths: Annotated[list[str], typer.Argument(help="Pages: files, folders, .jsonl of {id,url,text|html}, or - .")],
    workspace: WorkspaceOption = HERE,
    workers: WorkersOption = None,
    seconds_a_page: SecondsOption = None,
    wait: WaitOption = WAIT,
    rules: Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")] = None,
    engine: EngineOption = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise pictures and scanned pages: seconds each; needs mingjian[ocr].")
    ] = False,
    max_megabytes: Annotated[float, typer.Option(help="Larger pages are listed as failures.")] = 20,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if any page failed.")] = False,
    failed: Annotated[
        Path | None, typer.Option("--failures", help="Write every failure here, one line of JSON each.")
    ] = None,
) -> None:
    """Add pages to a workspace, which is made where there is none; known pages are passed over, so a run can go on.

    A page that is counted is kept: whatever happens to the program afterwards, it is there.
    """
    limits = limits_of(max_megabytes, ocr)
    extent = extent_of(checked_inputs(paths), limits, whole=is_watched())
    used, setup = workers_of(extent, workers, seconds_a_page), Setup(str(rules) if rules else None, engine)
    version = setup.load()[0].version if rules else ""
    with open_corpus(workspace, write=True, create=True, wait=wait) as corpus:
        tally = Tally()
        pages = pages_for(used, paths, limits)
        extract = partial(extract_many, setup=setup, workers=used)
        told = corpus.add(pages, extract, command=_command(paths), rules=version)
        try:
            for count, _ in enumerate(with_progress(_as_shown(tally.counting(told)), extent.pages), start=1):
                if count % _FOLLOWED == 0:  # so that what is added is found while a long run goes on
                    deque(corpus.follow(), maxlen=0)
        finally:  # whatever ends it, what is counted is kept
            print_lines(tally.lines(corpus))
            list_failures(tally.failures)
            write_failures(tally.failures, failed)
        follow(corpus)
    if any(failure.stage == "find" for failure in tally.failures) or (strict and tally.failures):
        raise typer.Exit(1)


class Tally:
    """What came of the pages so far: how many of each kind, and which of them are worth a line."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self._versions: list[str] = []
        self._clashes: list[str] = []

    def counting(self, told: Iterable[Added]) -> Iterator[Added]:
        """The same, counted."""
        for one in told:
            self.counts[one.kind] += 1
            if one.kind == "failed" and one.failure is not None:
                self.failures.append(one.failure)
            elif one.kind == "version" and one.page is not None:
                self._versions.append(f"  {one.page.id[:12]}  version {one.page.version} of {one.page.address}")
            elif one.kind == "clash" and one.failure is not None:
                self._clashes.append(f"  {one.doc_id}: {one.failure.reason}; {one.failure.mend}")
            yield one

    def lines(self, corpus: Corpus) -> Iterator[str]:
        """The counts, the pages that changed since they were added, and ids that two pages bear."""
        said = {
            "added": "added",
            "version": "as new versions",
            "clash": "under an id of another",
            "known": "known already",
        }
        counted = [f"{self.counts[kind]} {words}" for kind, words in said.items() if self.counts[kind]]
        yield f"{printable(str(corpus.folder))}: {', '.join(counted) or 'nothing added'}"
        yield from _some("Pages that changed since they were added (`mingjian changes ID` shows how):", self._versions)
        yield from _some("Ids that two pages of this input bear:", self._clashes)


def _some(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield title
        yield from map(printable, lines[:_TOLD])
    if len(lines) > _TOLD:
        yield f"  and {len(lines) - _TOLD} more"


def follow(corpus: Corpus) -> None:
    """Bring reprints and search up to date; a person who watches sees that it is going on."""
    watched = sys.stderr is not None and sys.stderr.isatty()
    for position in corpus.follow():
        if watched:
            typer.echo(f"\rlinked and indexed up to step {position} ", err=True, nl=False)
    if watched:
        typer.echo("\r\033[K", err=True, nl=False)


def _as_shown(told: Iterable[Added]) -> Iterator[Added | Failure]:
    """What the progress bar counts: failures as such."""
    for one in told:
        yield one.failure if one.kind == "failed" and one.failure is not None else one


def _command(paths: list[str]) -> str:
    shown = printable(" ".join(paths[:3]))  # a path may hold bytes that are no text
    return f"add {shown}" + (f" … ({len(paths)} paths)" if len(paths) > 3 else "")
