"""Search: pages, facts or names, with what they can be narrowed by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter

from mingjian.brief.ledgers.files import PLAIN, ledger_file
from mingjian.brief.ledgers.listed import PageRow, page_row
from mingjian.brief.ledgers.tables import table_of_rows
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.vocabulary import vocabulary_of
from mingjian.corpus import Answer, Asked
from mingjian.corpus.finding import Wanted, count_all, count_one, find_entities, find_facts, find_pages, wanted_by
from mingjian.errors import SearchIndexError
from mingjian.serve.access.rights import needs
from mingjian.serve.forms import MEDIA_TYPES, SAFE, attachment
from mingjian.serve.web.answering import answer
from mingjian.serve.web.links import href
from mingjian.serve.web.parts import Choice, Download, Facet, Message, Pager
from mingjian.serve.web.reading.found import Hit, fact_hits, kind_label, name_hits, page_hits
from mingjian.serve.web.tiles import provinces
from mingjian.serve.web.words import english_of, word
from mingjian.serve.workspace import Workspace
from mingjian.store.search import Counts

_SIZE = 15
_FARTHEST = 200
_FACET = 15
_EXPORTED = 1_000
_EVERYTHING = "type:page"
_NARROWED = ("kind", "year", "source", "region")
_FIELD_OF = {"kind": "type", "year": "year", "source": "source", "region": "region"}


class SearchForm(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: words, what is looked for, in which order, and what it is narrowed to."""

    q: str
    wanted: Wanted
    order: Literal["best", "newest"]
    reprints: bool
    page: int
    kind: str
    year: str
    source: str
    region: str

    @property
    def asked(self) -> Asked:
        """The search; without words all pages, the newest first."""
        words = " ".join(filter(None, (self.q.strip(), *self._filters())))
        order = self.order if words else "newest"
        offset = (self.page - 1) * _SIZE
        return Asked(words=words or _EVERYTHING, limit=_SIZE, offset=offset, order=order, fold=not self.reprints)

    @property
    def narrowed(self) -> bool:
        """Whether a facet is chosen."""
        return any(self._filters())

    def _filters(self) -> Iterator[str]:
        for name in _NARROWED:
            value = getattr(self, name).replace('"', " ").strip()
            if value:
                yield f'{_FIELD_OF[name]}:"{value}"'

    def href(self, path: str = "/search", /, **other: str | int | None) -> str:
        """The address of the same search with something otherwise; to narrow it leads to its first page."""
        given: dict[str, str | int | None] = {
            "q": self.q,
            "in": None if self.wanted == "auto" else self.wanted,
            "order": None if self.order == "best" else self.order,
            "reprints": 1 if self.reprints else None,
            **{name: getattr(self, name) for name in _NARROWED},
        }
        return href(path, **{**given, **other})


def search_form(  # noqa: PLR0913, PLR0917 - each argument is a parameter of the address
    q: Annotated[str, QueryParameter(max_length=2_000)] = "",
    wanted: Annotated[Literal["auto", "pages", "facts", "names"], QueryParameter(name="in")] = "auto",
    order: Annotated[Literal["best", "newest"], QueryParameter()] = "best",
    reprints: Annotated[bool, QueryParameter()] = False,
    page: Annotated[int, QueryParameter(ge=1, le=_FARTHEST)] = 1,
    kind: Annotated[str, QueryParameter(max_length=40)] = "",
    year: Annotated[str, QueryParameter(max_length=10)] = "",
    source: Annotated[str, QueryParameter(max_length=200)] = "",
    region: Annotated[str, QueryParameter(max_length=40)] = "",
) -> SearchForm:
    """What a request asks."""
    return SearchForm(
        q=q,
        wanted=wanted,
        order=order,
        reprints=reprints,
        page=page,
        kind=kind,
        year=year,
        source=source,
        region=region,
    )


class SearchController(Controller):
    """The page of search."""

    path = "/search"
    opt = needs("read")
    include_in_schema = False
    dependencies = {"form": Provide(search_form, sync_to_thread=False)}  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=True)
    def search(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], form: NamedDependency[SearchForm]
    ) -> Response[str]:
        """Show what answers, and by what it can be narrowed."""
        wanted = wanted_by(form.asked) if form.wanted == "auto" and form.q else form.wanted
        wanted = "pages" if wanted == "auto" else wanted
        try:
            found = _find(workspace, form, wanted)
        except SearchIndexError:
            found = _Found(Answer(), {}, None)
        hits = _hits(found.answer)
        total = found.answer.total
        return answer(
            request,
            "search.html.j2",
            "search",
            asked=form.q,
            title=form.q or str(word("nav.search")),
            form=form,
            wanted=wanted,
            hits=hits,
            total=total,
            tabs=tuple(_tabs(form, wanted, found.totals)),
            orders=_orders(form),
            pager=_pager(form, total, len(hits)),
            facets=_facets(form, found.counts) if total or form.narrowed else (),
            downloads=_downloads(form, wanted) if hits else (),
            notes=tuple(str(word(f"search-note.{note.kind}", words=note.words)) for note in found.answer.notes),
            aliases=found.answer.aliases,
            damaged=found.answer.damaged,
            fields=tuple(vocabulary_of(bundled_rulebook()).fields.values()),
            empty=_empty(form, workspace),
        )

    @get("/pages.xlsx", sync_to_thread=True)
    def workbook(self, workspace: NamedDependency[Workspace], form: NamedDependency[SearchForm]) -> Response[bytes]:
        """Give the pages that answer as a workbook, at most a thousand."""
        return _file(workspace, form, "xlsx")

    @get("/pages.csv", sync_to_thread=True)
    def csv(self, workspace: NamedDependency[Workspace], form: NamedDependency[SearchForm]) -> Response[bytes]:
        """Give the pages that answer as CSV, at most a thousand."""
        return _file(workspace, form, "csv")


def _file(workspace: Workspace, form: SearchForm, ending: str) -> Response[bytes]:
    asked = msgspec.structs.replace(form.asked, limit=_EXPORTED, offset=0)
    found = workspace.search(asked, "pages")
    with workspace.books() as books:
        cards = (books.page(page.id) for page in found.pages)
        rows = [page_row(card) for card in cards if card is not None]
        table = table_of_rows("pages", PageRow, rows, (books.page, workspace.today()))
        content = b"".join(ledger_file(table, Path(f"pages.{ending}"), PLAIN))
    return Response(content, media_type=MEDIA_TYPES[ending], headers={**SAFE, **attachment(f"pages.{ending}")})


class _Found(msgspec.Struct, frozen=True):
    answer: Answer
    totals: Mapping[str, int | None]
    counts: Counts | None


def _find(workspace: Workspace, form: SearchForm, wanted: Wanted) -> _Found:
    asked = form.asked
    with workspace.searching() as (index, behind), workspace.pages() as reader:
        if wanted == "names":
            found, counts = find_entities(index, asked), None
        elif wanted == "pages":
            found, counts = find_pages(reader, index, asked), count_one(index, asked, "page")
        else:
            found, counts = find_facts(reader, index, asked), count_one(index, asked, "fact")
        beside = msgspec.structs.replace(form, kind="").asked  # as the tab asks that leads there
        totals = {
            "page": found.total if wanted == "pages" else count_all(index, beside, "page"),
            "fact": found.total if wanted == "facts" else count_all(index, beside, "fact"),
        }
        if beside.words == _EVERYTHING:  # which no fact answers, though there are facts
            totals |= {"fact": found.total if wanted == "facts" else None}
    return _Found(msgspec.structs.replace(found, behind=behind), totals, counts)


def _hits(found: Answer) -> tuple[Hit, ...]:
    return page_hits(found.pages) or fact_hits(found.facts) or name_hits(found.entities)


def _tabs(
    form: SearchForm, wanted: str, totals: Mapping[str, int | None]
) -> Iterator[tuple[str, str, int | None, bool]]:
    """What may be looked for: its words, address, how many there are, whether it is shown."""
    for name, kind in (("pages", "page"), ("facts", "fact"), ("names", "")):
        yield name, form.href(**{"in": name, "kind": None}), totals.get(kind), wanted == name


def _orders(form: SearchForm) -> tuple[tuple[str, str, bool], ...]:
    newest = form.asked.order == "newest"
    return (("best", form.href(order=None), not newest), ("newest", form.href(order="newest"), newest))


def _pager(form: SearchForm, total: int | None, shown: int) -> Pager | None:
    first = (form.page - 1) * _SIZE + 1
    if not shown:
        return None
    last = first + shown - 1
    more = shown == _SIZE and form.page < _FARTHEST and (total is None or last < total or form.asked.order == "best")
    return Pager(
        first=first,
        last=last,
        total=total if total is not None and last <= total else None,
        earlier=form.href(page=form.page - 1) if form.page > 1 else None,
        later=form.href(page=form.page + 1) if more else None,
    )


def _facets(form: SearchForm, counts: Counts | None) -> tuple[Facet, ...]:
    if counts is None:
        return ()
    years = {str(year): count for year, count in sorted(counts.by_year.items(), reverse=True)}
    places = {province.name: None for province in provinces()}
    return (
        _facet(form, "kind", counts.by_type.items(), folded=False),
        _facet(form, "year", years.items(), folded=False),
        _facet(form, "source", counts.by_source.items(), folded=False),
        _facet(form, "region", places.items(), folded=not form.region),
    )


def _facet(form: SearchForm, name: str, values: Iterable[tuple[str, int | None]], *, folded: bool) -> Facet:
    chosen = getattr(form, name)
    shown = dict(list(values)[: _FACET if name != "region" else None])
    if chosen and chosen not in shown:
        shown = {chosen: None, **shown}
    choices = (
        Choice(
            label=kind_label(value) if name == "kind" else value,
            href=form.href(**{name: None if value == chosen else value}),
            count=count,
            chosen=value == chosen,
        )
        for value, count in shown.items()
    )
    return Facet(
        key=name, label=str(word(f"search.{name}")), english=english_of(name), choices=tuple(choices), folded=folded
    )


def _downloads(form: SearchForm, wanted: str) -> tuple[Download, ...]:
    if wanted == "names":
        return ()
    words = form.asked.words
    if wanted == "facts":
        return tuple(
            Download(name, href("/api/facts", q=words, limit=_EXPORTED, format=ending))
            for name, ending in (("Excel", "xlsx"), ("CSV", "csv"), ("JSON", "json"))
        )
    return (
        Download("Excel", form.href("/search/pages.xlsx")),
        Download("CSV", form.href("/search/pages.csv")),
        Download("JSON", href("/api/search", q=words, limit=_EXPORTED, **{"in": "pages"})),
    )


def _empty(form: SearchForm, workspace: Workspace) -> Message:
    if not workspace.state().standing.journal:
        return Message(str(word("home.empty")), "info", str(word("home.empty_mend")), "/", str(word("nav.home")))
    mend = str(word("search.empty_mend"))
    return Message(
        str(word("search.empty", words=form.q)), "info", mend, href("/search"), str(word("search.everything"))
    )
