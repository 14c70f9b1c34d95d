"""``mingjian backup``, ``restore``, ``check``, ``salvage``, ``reextract``, ``reindex``, ``remove`` and ``return``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mingjian.brief.wording import printable
from mingjian.cli.comparing import change_lines
from mingjian.cli.engines import EngineOption
from mingjian.cli.files import print_lines
from mingjian.cli.progress import list_failures, with_progress
from mingjian.cli.workers import SecondsOption, WorkersOption, workers_for
from mingjian.cli.workspace.adding import follow
from mingjian.cli.workspace.opening import HERE, WAIT, WaitOption, WorkspaceOption, open_corpus
from mingjian.core.model.failure import Failure
from mingjian.run import Setup, extract_many

if TYPE_CHECKING:
    from mingjian.corpus import Reextracted

_SHOWN = 20
PagesArgument = Annotated[list[str], typer.Argument(metavar="ID…", help="Pages, by id or as much of it as is needed.")]


def backup_command(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="Write the backup here; no file is written over.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write all that is in a workspace into one file, checked; others may read and write meanwhile."""
    from mingjian.store.backups import backup  # here, because a start must not cost it

    backup(workspace, to)
    print_lines([f"{printable(str(to))}: {to.stat().st_size / 1e6:.1f} MB, checked"])


def restore_command(
    backed_up: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `mingjian backup` wrote.")],
    workspace: WorkspaceOption = HERE,
    over: Annotated[bool, typer.Option("--over", help="Put a workspace that is there already aside.")] = False,
) -> None:
    """Make a workspace of a backup, checked to the last byte before it stands there."""
    from mingjian.store.backups import restore  # here, because a start must not cost it

    aside = restore(backed_up, workspace, over=over)
    with open_corpus(workspace, write=True) as corpus:
        follow(corpus)
        counts = corpus.status().counts
    print_lines([f"{printable(str(workspace))}: {counts['pages']} pages, {counts['versions']} older versions of them"])
    if aside is not None:
        print_lines([f"what was there before stands in {printable(str(aside))}"])


def check_command(
    workspace: WorkspaceOption = HERE,
    thoroughly: Annotated[
        bool, typer.Option("--thoroughly", help="Also read every page, record and index file in full.")
    ] = False,
) -> None:
    """Look whether a workspace is sound; exit status 1 where something is wrong, each with what to do.

    Links, search and books that are behind the pages are told of, and are nothing wrong: they follow by themselves.
    """
    from mingjian.store.access.checking import check_access  # here, because a start must not cost it

    with open_corpus(workspace) as corpus:
        problems = [*corpus.check(thoroughly=thoroughly), *check_access(workspace)]
        status = corpus.status()
    pages = status.counts["pages"]
    late = f"links, search and books are {status.behind} steps behind: the next command that writes brings them up"
    told = [*map(printable, problems), *([late] if status.behind else [])]
    print_lines([*told, f"{pages} pages: {len(problems) or 'nothing'} wrong"])
    if problems:
        raise typer.Exit(1)


def salvage_command(
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="Make a new workspace here.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Carry what can be read of a damaged workspace over into a new one; what is lost is listed."""
    from mingjian.store.salvaging import salvage  # here, because a start must not cost it

    lost = list(salvage(workspace, to))
    with open_corpus(to, write=True) as corpus:
        follow(corpus)
        pages = corpus.status().counts["pages"]
    print_lines([*map(printable, lost), f"{printable(str(to))}: {pages} pages; {len(lost) or 'nothing'} lost"])


def reextract_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    workspace: WorkspaceOption = HERE,
    everything: Annotated[bool, typer.Option("--all", help="Also pages whose record these rules made.")] = False,
    show: Annotated[int, typer.Option(min=0, help="Show the changes of so many pages.")] = _SHOWN,
    rules: Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")] = None,
    engine: EngineOption = None,
    workers: WorkersOption = None,
    seconds_a_page: SecondsOption = None,
    wait: WaitOption = WAIT,
) -> None:
    """Extract kept pages again where other rules made their records, and list what changed."""
    setup = Setup(str(rules) if rules else None, engine)
    book, engines = setup.load()
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        due = corpus.status().counts["pages"]
        extract = partial(extract_many, setup=setup, workers=workers_for(due, workers, seconds_a_page))
        told = corpus.reextract(extract, book, engines.names, everything=everything)
        failures: list[Failure] = []
        print_lines(_changed(with_progress(_keeping_failures(told, failures), due if everything else None), show))
        follow(corpus)
    list_failures(failures)


def _keeping_failures(told: Iterable[Reextracted], failures: list[Failure]) -> Iterator[Reextracted]:
    for one in told:
        if one.failure is not None:
            failures.append(one.failure)
        yield one


def _changed(told: Iterable[Reextracted], show: int) -> Iterator[str]:
    pages = changed = 0
    for one in told:
        pages += one.failure is None
        changed += bool(one.differences)
        if one.differences and changed <= show:
            yield printable(f"{one.page.id[:12]}  {one.page.doc_id}")
            yield from change_lines(one.differences)
    more = f"; {changed - show} more are in `mingjian changes`" if changed > show else ""
    yield f"{pages} pages extracted again, {changed} changed{more}"


def reindex_command(workspace: WorkspaceOption = HERE, wait: WaitOption = WAIT) -> None:
    """Make the indexes of reprints and search anew from the pages, and group the reprints again."""
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        corpus.forget_indexes()
        follow(corpus)
        status = corpus.status()
    print_lines([f"{status.counts['pages']} pages, {status.counts['groups']} groups of {status.grouped} reprints"])


def follow_command(workspace: WorkspaceOption = HERE, wait: WaitOption = WAIT) -> None:
    """Bring links, search and books up to date with the pages and with what people said, where they are behind."""
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        follow(corpus)


def remove_command(
    pages: PagesArgument,
    why: Annotated[str, typer.Option("--why", help="The reason, which is kept.")],
    workspace: WorkspaceOption = HERE,
    erase: Annotated[bool, typer.Option("--erase", help="Also erase the words for good; only hashes stay.")] = False,
    wait: WaitOption = WAIT,
) -> None:
    """Take pages out of all that people see; they stay out when they are added again."""
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        removed = corpus.remove(pages, printable(why), erase=erase)
        follow(corpus)
    print_lines(printable(f"{page.id[:12]}  {page.doc_id}") for page in removed)


def return_command(pages: PagesArgument, workspace: WorkspaceOption = HERE, wait: WaitOption = WAIT) -> None:
    """Bring removed pages back."""
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        returned = corpus.bring_back(pages)
        follow(corpus)
    print_lines(printable(f"{page.id[:12]}  {page.doc_id}") for page in returned)
