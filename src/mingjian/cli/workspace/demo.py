"""``mingjian demo``: a workspace made of the sample pages, and what to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec
import typer

import mingjian
from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.workspace.adding import Tally, follow
from mingjian.cli.workspace.opening import open_corpus
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read import read_paths
from mingjian.run import extract_many

_HERE = Path("mingjian-demo")
_NEXT = (
    ("what is in it", "mingjian status -w {0}"),
    ("find pages, whatever the script", "mingjian search 算力 -w {0}"),
    ("find facts by kind and year", "mingjian search 类型:target 年:2030 --in facts -w {0}"),
    ("who was first, who copied, how long after", "mingjian reprints -w {0}"),
    ("what changed at one address", "mingjian changes -w {0}"),
    ("one page with its facts", "mingjian show ID -w {0}"),
    ("in a browser", "mingjian serve -w {0}"),
    ("your own pages", "mingjian add PATH… -w {0}"),
)


def demo_command(
    folder: Annotated[Path, typer.Argument(help="Make the workspace here.")] = _HERE,
) -> None:
    """Make a workspace of the sample pages, and show what to do next."""
    with open_corpus(folder, write=True, create=True) as corpus:
        tally = Tally()
        for _ in tally.counting(corpus.add(_samples(), extract_many, command="demo")):
            pass
        follow(corpus)
        print_lines(tally.lines(corpus))
    print_lines(
        ["", "Try next:", *(f"  {command.format(printable(str(folder)))}    # {why}" for why, command in _NEXT)]
    )


def _samples() -> Iterator[Page | Failure]:
    """The sample pages, called by where they stand among the samples and not by where that is on this disk."""
    folders = sample_folders()
    around = f"{folders[0].parent}/"
    for page in read_paths(folders):
        yield msgspec.structs.replace(page, doc_id=page.doc_id.removeprefix(around))


def sample_folders() -> list[Path]:
    """The sample pages: in the package where it was installed, beside it where it is worked on."""
    for place in (Path(str(files(mingjian))) / "samples", Path(mingjian.__file__).parents[2] / "examples"):
        folders = [place / "pages", place / "corpus"]
        if all(folder.is_dir() for folder in folders):
            return folders
    raise ReadError("demo", "the sample pages were not installed with the program", "install the wheel, or a checkout")
