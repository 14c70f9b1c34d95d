"""The page of a page: its words beside what was read from them, its versions, its reprints, its files."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from mingjian.brief.briefs.document import render_document
from mingjian.brief.briefs.of_page import page_as_document
from mingjian.brief.evidence import web_link
from mingjian.brief.explaining import blocks_of, heads_of, passage_of, rule_in_full
from mingjian.brief.html import render_page
from mingjian.brief.wording import field_label, minute_of, title_or_place, worded
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.outcome import value_of
from mingjian.core.model.record import Record
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.storing import StoreReader
from mingjian.corpus.desk.desk import ReviewedPage
from mingjian.corpus.facts import explain_fact, fact_on, record_of
from mingjian.corpus.reprints import group_of
from mingjian.serve.access.rights import needs
from mingjian.serve.forms import download
from mingjian.serve.shown import shown_page
from mingjian.serve.web.answering import answer
from mingjian.serve.web.links import href, page_href
from mingjian.serve.web.parts import Crumb, Download, Message
from mingjian.serve.web.reading.beside import text_beside_facts
from mingjian.serve.web.reading.chain import Chain, chain_of
from mingjian.serve.web.words import word
from mingjian.serve.workspace import Workspace

_INLINE = 8
_VERSIONS = 30
_STEM = 12


class Version(msgspec.Struct, frozen=True):
    """A version of the page: its address, and whether it is the one shown and the one that stands."""

    number: int
    added: str
    retrieved: str
    href: str
    here: bool
    stands: bool


class PagesController(Controller):
    """Pages beside their facts."""

    path = "/pages"
    opt = needs("read")
    include_in_schema = False

    @get("/{page:str}", sync_to_thread=True)
    def page(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        page: FromPath[str],
        whole: FromQuery[str] = "",
    ) -> Response[str]:
        """Show the text beside its facts."""
        with workspace.pages() as reader:
            kept = shown_page(request, reader, workspace, page)
            record_of(reader, kept)  # which says what to do where there is none
            chain, copies = _chain(reader, kept)
            versions = _versions(reader, kept)
            changed = bool(reader.changes(kept.number, last=1))
        told = workspace.corpus.desk.page(kept.id, removed=True)
        reviews = workspace.corpus.desk.reviews_of(kept.id) if told.reviewed.states else ()
        record = told.reviewed.record
        return answer(
            request,
            "page.html.j2",
            "search",
            title=_title(told),
            crumbs_=(
                Crumb(str(word("nav.home")), "/"),
                Crumb(str(word("reading.pages")), "/search"),
                Crumb(_title(told)),
            ),
            messages_=tuple(_messages(kept, versions)),
            page=kept,
            record=record,
            head=_head(record),
            link=web_link(kept.address),
            beside=text_beside_facts(kept.id, told.text, told.reviewed, reviews, whole),
            chain=chain,
            copies=copies,
            versions=versions,
            changed=changed,
            downloads=_downloads(kept.id),
        )

    @get("/{page:str}/reprints", sync_to_thread=True)
    def reprints(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: FromPath[str]
    ) -> Response[str]:
        """Show the whole chain of reprints, with what was done to the text on its way."""
        with workspace.pages() as reader:
            kept = shown_page(request, reader, workspace, page)
            title = title_or_place(value_of(record_of(reader, kept).title), kept.doc_id)
            group = group_of(reader, kept.number, described=len(_members(reader, kept)) <= _VERSIONS)
        return answer(
            request,
            "reprints.html.j2",
            "search",
            title=str(word("reading.reprints")),
            crumbs_=(
                Crumb(str(word("nav.home")), "/"),
                Crumb(title, page_href(kept.id)),
                Crumb(str(word("reading.reprints"))),
            ),
            chain=None if group is None else chain_of(group, kept.id),
        )

    @get("/{page:str}/why/{fact:str}", sync_to_thread=True)
    def why(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        page: FromPath[str],
        fact: FromPath[str],
    ) -> Response[str]:
        """Show why the record of the page holds the fact: the words, the rules, and what people said."""
        with workspace.pages() as reader:
            kept = shown_page(request, reader, workspace, page)
            held = fact_on(reader, kept, fact)
            explained = explain_fact(reader, workspace.corpus.desk, held, bundled_rulebook())
        return answer(
            request,
            "why.html.j2",
            "search",
            title=str(word("reading.why")),
            crumbs_=(
                Crumb(str(word("nav.home")), "/"),
                Crumb(title_or_place(value_of(held.title), kept.doc_id), page_href(kept.id, [held.fact.evidence.pair])),
                Crumb(str(word("reading.why"))),
            ),
            label=field_label(held.kind),
            heads=heads_of(explained)[1:],
            passage=passage_of(explained),
            blocks=blocks_of(explained),
            rules=[rule_in_full(rule) for rule in explained.rules],
            back=page_href(kept.id, [held.fact.evidence.pair]),
        )

    @get("/{page:str}/file.html", sync_to_thread=True)
    def html(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: FromPath[str]
    ) -> Response[Any]:
        """Give the page with its facts as one HTML file that needs no network; browsers keep it, none opens it."""
        with workspace.pages() as reader:
            kept = shown_page(request, reader, workspace, page)
            html = render_page(record_of(reader, kept), reader.original(kept.number))
        return download(request, html.encode(), "html", kept.id[:_STEM])

    @get("/{page:str}/file.docx", sync_to_thread=True)
    def docx(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: FromPath[str]
    ) -> Response[Any]:
        """Give the facts of the page as a Word document, with their words in footnotes."""
        with workspace.pages() as reader:
            kept = shown_page(request, reader, workspace, page)
            document = page_as_document(record_of(reader, kept), kept, workspace.today())
        return download(request, render_document(document, "plain"), "docx", kept.id[:_STEM])


def _title(told: ReviewedPage) -> str:
    return title_or_place(value_of(told.reviewed.record.title), told.kept.doc_id)


def _head(record: Record) -> tuple[tuple[str, str, str], ...]:
    """What the page says of itself, in a line: label, English, value."""
    named = ((name, getattr(record, name)) for name in ("source", "publisher", "published", "authors"))
    told = (
        (name, worded(value)) for name, value in named if value and (name == "authors" or value_of(value) is not None)
    )
    return tuple((field_label(name), name, value) for name, value in told)


def _members(reader: StoreReader, kept: KeptPage) -> tuple[int, ...]:
    placing = reader.placings((kept.number,)).get(kept.number)
    return () if placing is None else tuple(each.number for each in reader.members(placing.group))


def _chain(reader: StoreReader, kept: KeptPage) -> tuple[Chain | None, int]:
    """The chain of reprints where it is short, and how many pages are in it."""
    members = len(_members(reader, kept))
    group = group_of(reader, kept.number) if 1 < members <= _INLINE else None
    return (None if group is None else chain_of(group, kept.id)), members


def _versions(reader: StoreReader, kept: KeptPage) -> tuple[Version, ...]:
    found = reader.versions(kept.address)
    return tuple(
        Version(
            number=each.version,
            added=minute_of(each.added_at),
            retrieved=minute_of(each.retrieved_at or ""),
            href=page_href(each.id),
            here=each.number == kept.number,
            stands=each.stands,
        )
        for each in found[-_VERSIONS:]
    )


def _messages(kept: KeptPage, versions: tuple[Version, ...]) -> list[Message]:
    if kept.removed is not None:
        return [Message(str(word("upkeep.was_removed", why=kept.removed)), "warn")]
    newer = next((version for version in versions if version.stands), None)
    if kept.superseded is None or newer is None:
        return []
    return [Message(str(word("reading.superseded")), "warn", "", newer.href, str(word("reading.newer")))]


def _downloads(page: str) -> tuple[Download, ...]:
    api = f"/api/pages/{page}"
    return (
        Download("JSON", f"{api}/record"),
        Download("Word", f"/pages/{page}/file.docx"),
        Download("HTML", f"/pages/{page}/file.html"),
        Download("Excel", href(f"{api}/facts", format="xlsx")),
        Download("CSV", href(f"{api}/facts", format="csv")),
        Download(str(word("reading.original")), f"{api}/original"),
    )
