"""The lexicons by which names are known: list them, and look a term up."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Controller, get
from litestar.params import QueryParameter

from mingjian.core.rulebook import Entry, bundled_rulebook
from mingjian.core.rulebook.headers import header_of
from mingjian.core.text.terms import families_of, rows_of, verdicts
from mingjian.serve.access.rights import needs

_ROWS = 100


class LexiconTold(msgspec.Struct, frozen=True, kw_only=True):
    """A lexicon: how many rows, in which families its names are searched, as of when, and where it is from."""

    name: str
    rows: int
    families: tuple[str, ...]
    like: str
    as_of: str
    status: str
    about: str
    sources: dict[str, str]


class RowTold(msgspec.Struct, frozen=True, kw_only=True):
    """A row that a term leads to, and how: by ``id``, ``name``, ``alias``, ``retired`` name, or ``inside`` one."""

    match: str
    lexicon: str
    id: str
    name: str
    aliases: tuple[str, ...]
    retired: tuple[str, ...]
    fields: dict[str, str]


class VerdictTold(msgspec.Struct, frozen=True, kw_only=True):
    """What a page's reader makes of the term in one family: ``hit``, ``weak``, ``ambiguous``, ``hidden`` or others.

    ``rows`` are those that the names found in it lead to.
    """

    family: str
    kind: str
    rows: tuple[str, ...]


class TermTold(msgspec.Struct, frozen=True, kw_only=True):
    """What a term leads to: the first hundred of ``count`` rows, and what is made of it on a page."""

    count: int
    rows: tuple[RowTold, ...]
    verdicts: tuple[VerdictTold, ...]


class LexiconsController(Controller):
    """Lexicons."""

    path = "/lexicons"
    tags = ["rules"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get("/", sync_to_thread=True, operation_id="listLexicons", summary="The lexicons")
    def lexicons(self) -> list[LexiconTold]:
        """List the lexicons by name."""
        book = bundled_rulebook()
        families = families_of(book)
        return [
            LexiconTold(
                name=name,
                rows=len(lexicon.entries),
                families=families[name],
                like=lexicon.like,
                **{key: getattr(header_of(lexicon), key) for key in ("as_of", "status", "about", "sources")},
            )
            for name, lexicon in sorted(book.lexicons.items())
        ]

    @get("/find", sync_to_thread=True, operation_id="findTerm", summary="What a term leads to")
    def find(
        self,
        term: Annotated[
            str, QueryParameter(min_length=1, max_length=100, description="A name, an alias, a part, or an id.")
        ],
    ) -> TermTold:
        """Look a term up, in simplified or traditional characters."""
        book, wanted = bundled_rulebook(), term.strip()
        rows = rows_of(book, wanted) if wanted else []
        return TermTold(
            count=len(rows),
            rows=tuple(_row(one.match, one.entry) for one in rows[:_ROWS]),
            verdicts=tuple(
                VerdictTold(
                    family=one.family,
                    kind=one.kind,
                    rows=tuple(f"{entry.lexicon}:{entry.id}" for hit in one.hits for entry in hit.entries),
                )
                for one in verdicts(book, wanted)
            ),
        )


def _row(match: str, entry: Entry) -> RowTold:
    held = {name: getattr(entry, name) for name in ("lexicon", "id", "name", "aliases", "retired")}
    return RowTold(match=match, fields=dict(entry.fields), **held)
