"""Parts of the pages of single things: what their rows say, their kin, and the posts of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from mingjian.brief.evidence import Pages
from mingjian.brief.ledgers.columns import columns_of, entries_of
from mingjian.brief.ledgers.tables import Table
from mingjian.brief.wording import ledger_column_label, ledger_label, ledger_value_label
from mingjian.core.books import Books
from mingjian.core.ledger.asking import ledger_called
from mingjian.core.model.ledger.cells import Row
from mingjian.core.model.ledger.lineage import Kin
from mingjian.core.model.ledger.rows import HeldPost, PersonRow
from mingjian.serve.web.links import thing_href
from mingjian.serve.web.listings import cell_of, cited
from mingjian.serve.web.listings import columns_of as heads_of
from mingjian.serve.web.lists import ledger_of_kind, lines_in, shown_columns
from mingjian.serve.web.parts import Cited, Column, Line, Listing, Shown
from mingjian.serve.web.words import english_of, word

Told = tuple[str, str, tuple[Shown, ...]]
"""A line of what is known of a thing: what it is called, its English, and what is said."""
_ROW = frozenset(Row.__struct_fields__)
_CITED = 2


class Kindred(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the tree: the relation in words, its name, its page where it has one, and the words that say so."""

    relation: str
    name: str
    href: str | None
    cites: tuple[Cited, ...]
    kin: tuple[Kindred, ...]
    again: bool


def told_by(row: Row, ledger: str, pages: Pages) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """What the row says, column by column; and what the columns are called in which nothing is said."""
    own = tuple(one for one in columns_of(type(row)) if one.name not in _ROW and not one.facet and one.kind != "table")
    told, silent = [], []
    for entry in entries_of(row, own):
        label = ledger_column_label(entry.column.name, ledger)
        if any(said.value is not None for said in entry.said):
            told.append((label, english_of(entry.column.name), cell_of(entry, pages)))
        else:
            silent.append(label)
    return tuple(told), tuple(silent)


def kindred(every: Sequence[Kin], books: Books) -> tuple[Kindred, ...]:
    """The documents of a tree as its page shows them."""
    return tuple(
        Kindred(
            relation=ledger_value_label(one.relation),
            name=one.name,
            href=_page_of(one.thing, books),
            cites=tuple(cited(cite, books.page) for cite in one.cell.cites[:_CITED]),
            kin=kindred(one.kin, books),
            again=one.again,
        )
        for one in every
    )


def rows_beside(ledger: str, rows: Sequence[Row], known: tuple[Pages, str], but: str = "") -> Listing:
    """Rows of a ledger on the page of another thing, without the column that says what is the same in all.

    ``known``: where their pages are found, and the ISO day on which they are read.
    """
    pages, day = known
    columns = tuple(one for one in shown_columns(ledger_called(ledger)) if one.name != but)
    table = Table(ledger=ledger, columns=columns, rows=rows, pages=pages, day=day)
    return Listing(id=ledger, caption=ledger_label(ledger), columns=heads_of(table), lines=lines_in(table))


def posts_listing(row: PersonRow, pages: Pages) -> Listing:
    """The posts of a person in order of time, each with the words that give it and the days it was seen."""
    names = ("title", "affiliation", "status", "first_seen", "last_seen")
    (posts,) = (one for one in columns_of(PersonRow) if one.name == "posts")
    inner = {one.name: one for one in posts.inner}
    heads = tuple(
        Column(key=name, label=ledger_column_label(name, "people"), english=english_of(name), head=name == "title")
        for name in names
    )
    lines = tuple(
        Line(
            id=f"post-{number}",
            cells=tuple(cell_of(entry, pages) for entry in entries_of(post, [inner[n] for n in names])),
        )
        for number, post in enumerate(row.posts)
    )
    return Listing(id="posts", caption=str(word("person.posts")), columns=heads, lines=lines)


def posts_chart(posts: Sequence[HeldPost]) -> dict[str, Any]:
    """A lane for each post that is dated, from the day of the first page that gives it to that of the last."""
    dated = [post for post in posts if post.first_seen]
    return {
        "lanes": [_name_of(post) for post in dated],
        "items": [
            {"lane": lane, "start": post.first_seen, "end": post.last_seen, "label": _name_of(post)}
            for lane, post in enumerate(dated)
        ],
    }


def _name_of(post: HeldPost) -> str:
    return " ".join(filter(None, (post.affiliation.value, post.title.value))) or str(word("person.no_post"))


def _page_of(thing: str | None, books: Books) -> str | None:
    found = None if thing is None else books.thing(thing)
    return None if found is None else thing_href(ledger_of_kind(found.kind), found.id)
