"""``mingjian lexicon list``: which lexicons there are, how long, searched where, whose and as of when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import msgspec
import typer

from mingjian.cli.files import print_lines
from mingjian.cli.lexicon.options import RulesOption, View, ViewOption, tell
from mingjian.core.rulebook import Lexicon, load_rulebook, version_of
from mingjian.core.rulebook.headers import Header, header_of
from mingjian.core.rulebook.overlays import part_of_lexicon
from mingjian.core.text.terms import families_of
from mingjian.overlay import all_files


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list; ``own`` says that a user's files made or changed the lexicon."""

    name: str
    rows: int
    families: tuple[str, ...]
    version: str
    own: bool
    like: str
    as_of: str
    status: str
    about: str
    sources: dict[str, str]


def list_command(
    rules: RulesOption = None,
    licences: Annotated[bool, typer.Option("--licences", help="The source and licence of every lexicon.")] = False,
    view: ViewOption = View.TEXT,
) -> None:
    """List the lexicons: rows, families in which names are searched, version, date and status, a line each."""
    files = all_files(rules)
    book = load_rulebook(files)
    families = families_of(book)
    bundled = set(all_files(None))
    listed = [_listed(lexicon, families[name], files, bundled) for name, lexicon in sorted(book.lexicons.items())]
    if view is View.JSON:
        print_lines(msgspec.json.encode(one).decode() for one in listed)
    else:
        print_lines(_licences(listed) if licences else map(_line, listed))
    tell(book.notices)


def _listed(lexicon: Lexicon, families: tuple[str, ...], files: Mapping[str, str], bundled: set[str]) -> Listed:
    parts = {file: text for file, text in files.items() if (part_of_lexicon(file) or ("", ""))[0] == lexicon.name}
    header: Header = header_of(lexicon)
    return Listed(
        name=lexicon.name,
        rows=len(lexicon.entries),
        families=families,
        version=f"{lexicon.version}+{version_of(parts)}" if lexicon.version else version_of(parts),
        own=not parts.keys() <= bundled,
        like=lexicon.like,
        as_of=header.as_of,
        status=header.status,
        about=header.about,
        sources=header.sources,
    )


def _line(one: Listed) -> str:
    searched = ",".join(one.families) or "not searched"
    own = "own" if one.own else "bundled"
    return "\t".join((one.name, f"{one.rows} rows", searched, own, one.version, one.as_of, one.about))


def _licences(listed: list[Listed]) -> Iterator[str]:
    for one in listed:
        yield f"{one.name}  ({one.rows} rows, as of {one.as_of or 'no date'}): {one.status or 'no status stated'}"
        for key, words in one.sources.items():
            yield f"  {key} = {words}"
