"""Pages: what each is, its words, its bytes, its versions, its facts, and what it shares with others."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from mingjian.brief.ledgers.listed import PageRow, page_row
from mingjian.brief.ledgers.tables import table_of_rows
from mingjian.core.ledger.pages import PagesAsked, pages_answering
from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.record import Record
from mingjian.core.model.things import PageCard
from mingjian.corpus.changes import ToldChange, told_changes
from mingjian.corpus.facts import record_of
from mingjian.corpus.pages import page_called
from mingjian.corpus.reprints import ReprintGroup, Tie, group_of, ties_of
from mingjian.errors import QuestionError, UnknownError
from mingjian.serve.access.rights import needs
from mingjian.serve.filters import asked_pages
from mingjian.serve.forms import SAFE, attachment, form_asked, table_file
from mingjian.serve.paging import PART, Listed, Part, link_header, linked, listed
from mingjian.serve.preconditions import tag_of_page
from mingjian.serve.shown import shown_page
from mingjian.serve.wire import Wire
from mingjian.serve.workspace import Workspace

PageId = Annotated[str, PathParameter(description="The id of a page, or four characters or more of its beginning.")]
_FORMS = ("json", "jsonl", "csv", "xlsx")
_MOST_TIES = 200


class PageDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A page as it is kept, and what the books know of it: nothing where it does not stand."""

    page: KeptPage
    stands: bool
    record: str | None
    card: PageCard | None


class PageText(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a page: offsets count code points of its text layer, which has ``length`` of them."""

    page: str
    start: int
    end: int
    length: int
    text: str


class PageTies(msgspec.Struct, frozen=True, kw_only=True):
    """The reprints of a page, and all that ties it to others."""

    group: ReprintGroup | None
    ties: tuple[Tie, ...]


class PagesController(Controller):
    """The pages of the workspace."""

    path = "/pages"
    tags = ["pages"]  # noqa: RUF012 - as Litestar asks for it
    opt = needs("read")

    @get(
        "/",
        sync_to_thread=True,
        operation_id="listPages",
        summary="Pages, published last first",
        dependencies={**PART, "asked": Provide(asked_pages, sync_to_thread=False)},
    )
    def pages(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        asked: NamedDependency[PagesAsked],
        part: NamedDependency[Part],
        form: Annotated[
            Literal["json", "jsonl", "csv", "xlsx"] | None,
            QueryParameter(name="format", description="The form of the answer; else the header Accept decides."),
        ] = None,
    ) -> Response[Listed[PageRow]]:
        """List the pages that answer; those that stand, as the books know them."""
        found = list(pages_answering(workspace.filed_pages(), asked))
        shown, more = part.of(found)
        with workspace.books() as books:
            cards = (books.page(page.id) for page in shown)
            items = tuple(page_row(card) for card in cards if card is not None)
            answer = listed(request, part, items, more=more, total=len(found))
            written = form_asked(request, form, _FORMS)
            if written == "json":
                return linked(answer)
            table = table_of_rows("pages", PageRow, items, (books.page, workspace.today()))
            return table_file(request, table, written, link_header(answer.next))

    @get("/{page:str}", sync_to_thread=True, operation_id="readPage", summary="What a page is")
    def page(self, workspace: NamedDependency[Workspace], page: PageId) -> Response[PageDetail]:
        """Tell what is kept of a page and what the books know of it; the ETag is for changes of it (``If-Match``)."""
        with workspace.pages() as reader, workspace.books() as books:
            kept = page_called(reader, page, str(workspace.folder))
            record = reader.record_id(kept.number)
            detail = PageDetail(page=kept, stands=kept.stands, record=record, card=books.page(kept.id))
        return Wire(detail, headers={"ETag": tag_of_page(kept)})

    @get("/{page:str}/text", sync_to_thread=True, operation_id="readText", summary="The words of a page, or a part")
    def text(
        self,
        request: Request[Any, Any, Any],
        workspace: NamedDependency[Workspace],
        page: PageId,
        start: Annotated[int, QueryParameter(ge=0, description="From this code point on.")] = 0,
        end: Annotated[int | None, QueryParameter(ge=0, description="To this one, exclusive; to the last.")] = None,
    ) -> PageText:
        """Give the text layer, into which all offsets of records and ledgers count."""
        with workspace.pages() as reader:
            kept = _words_kept(shown_page(request, reader, workspace, page))
            text = reader.text(kept.number)
        last = len(text) if end is None else min(end, len(text))
        if start > last:
            raise QuestionError(str(start), f"lies behind {last}", "give a start before the end")
        return PageText(page=kept.id, start=start, end=last, length=len(text), text=text[start:last])

    @get(
        "/{page:str}/original",
        sync_to_thread=True,
        operation_id="readOriginal",
        summary="The page exactly as it was read",
        media_type="application/octet-stream",
    )
    def original(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: PageId
    ) -> Response[bytes]:
        """Give the bytes of the page as a file: no browser shows or runs it."""
        with workspace.pages() as reader:
            kept = _words_kept(shown_page(request, reader, workspace, page))
            content = reader.original(kept.number).content
        name = kept.doc_id.rpartition("/")[2][-100:] or kept.id
        headers = {**SAFE, **attachment(name), "X-Page-Media-Type": _header(kept.media_type)}
        return Response(content, media_type="application/octet-stream", headers=headers)

    @get("/{page:str}/record", sync_to_thread=True, operation_id="readRecord", summary="The record of a page")
    def record(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: PageId
    ) -> Response[Record]:
        """Give all that was read from the page, each value with its words: ``mingjian/record/1``."""
        with workspace.pages() as reader:
            return Wire(record_of(reader, shown_page(request, reader, workspace, page)))

    @get("/{page:str}/versions", sync_to_thread=True, operation_id="listVersions", summary="All versions of a page")
    def versions(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: PageId
    ) -> list[KeptPage]:
        """List what was seen at the address of the page, the oldest first."""
        with workspace.pages() as reader:
            return list(reader.versions(shown_page(request, reader, workspace, page).address))

    @get("/{page:str}/changes", sync_to_thread=True, operation_id="listPageChanges", summary="What changed in a page")
    def changes(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: PageId
    ) -> list[ToldChange]:
        """List what differs between versions of the page, and between records of it by other rules."""
        with workspace.pages() as reader:
            return list(told_changes(reader, shown_page(request, reader, workspace, page).number))

    @get("/{page:str}/reprints", sync_to_thread=True, operation_id="listTies", summary="Reprints of a page, and ties")
    def reprints(
        self, request: Request[Any, Any, Any], workspace: NamedDependency[Workspace], page: PageId
    ) -> PageTies:
        """Give the chain of copies in which the page stands, and the pages with which it shares text."""
        postings = workspace.corpus.indexes.fingerprint_reader().postings
        with workspace.pages() as reader:
            kept = shown_page(request, reader, workspace, page)
            ties = tuple(ties_of(reader, postings, kept, _MOST_TIES))
            return PageTies(group=group_of(reader, kept.number, described=True), ties=ties)


def _words_kept(kept: KeptPage) -> KeptPage:
    """The page, whose words are there; ``UnknownError`` for one that was erased."""
    if kept.erased:
        raise UnknownError(kept.id, "was erased, and its words are gone", "only a backup may still hold them")
    return kept


def _header(words: str) -> str:
    """The words as a header may hold them."""
    return "".join(sign for sign in words if sign.isascii() and sign.isprintable())[:100]
