"""From a page to its article: the body, everything else by kind, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mingjian.core.clean.bylines import find_authors, find_editors
from mingjian.core.clean.carried import with_fields
from mingjian.core.clean.containers import find_regions, set_apart
from mingjian.core.clean.dates import find_published
from mingjian.core.clean.declared import complete
from mingjian.core.clean.documents import find_document
from mingjian.core.clean.edges import plain
from mingjian.core.clean.endings import bare_stretch, find_box, find_lead, lengthen
from mingjian.core.clean.extents import Extent, find_extent
from mingjian.core.clean.inserts import find_signs, inlaid
from mingjian.core.clean.kinds import find_page_kind, kinds_of_lines, without_article
from mingjian.core.clean.layout import Layout, lay_out
from mingjian.core.clean.neighbours import own_article
from mingjian.core.clean.openings import find_account, find_column
from mingjian.core.clean.publishers import find_publisher
from mingjian.core.clean.records import PageRecord
from mingjian.core.clean.roles import Outline, make_blocks
from mingjian.core.clean.sources import find_source, media_of
from mingjian.core.clean.titles import cite_title, find_headline
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.article import Article, BodyBlock, Metadata
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Page
from mingjian.core.model.span import cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.sentences import split_sentences

_DECLARED = {"link:canonical": "url.link:canonical", "og:url": "url.og:url"}  # methods by the declarations they read
_FRONT = 8  # lines in which a copy's own header stands


def clean(page: Page, folded: str, book: Rulebook) -> tuple[Article, Metadata]:
    """The article of the page and its metadata; body and boilerplate cover every non-space character once."""
    layout = lay_out(page, folded, book)
    regions = find_regions(layout)
    layout = inlaid(set_apart(layout, regions))
    record = layout.record
    extent = find_extent(layout, record, regions)
    own = own_article(layout, extent.stretch) if record is None else None
    if own is not None:
        extent = Extent(own, find_headline(layout, *own))
    kind = find_page_kind(layout, extent.stretch, _printed_title(layout, extent), book, own is not None)
    if kind == "article" and record is None:
        extent = _completed(layout, extent)
    metadata = with_fields(layout, complete(page, _metadata(layout, record, extent, book), book), book)
    outline = _outline(layout, record, extent)
    if kind != "article":
        metadata = without_article(metadata, kind)
        outline = Outline((0, 0), "", None, {}, kinds_of_lines(layout, kind, book))
    body, boilerplate = make_blocks(layout, outline)
    article = Article(
        text=page.text,
        folded=body_alone(folded, body),
        body=body,
        boilerplate=boilerplate,
        sentences=split_sentences(page.text, body),
    )
    return article, metadata


def body_alone(folded: str, body: Sequence[BodyBlock]) -> str:
    """The folded text with a line feed for every character outside the body, so that no rule can read there."""
    pieces: list[str] = []
    reached = 0
    for block in body:
        between = folded[reached : block.start]
        pieces += (between if between.isspace() else "\n" * len(between), folded[block.start : block.end])
        reached = block.end
    return "".join((*pieces, "\n" * (len(folded) - reached)))


def _printed_title(layout: Layout, extent: Extent) -> str:
    title = cite_title(layout, extent.headline)
    return title.value if isinstance(title, Cited) else ""


def _completed(layout: Layout, extent: Extent) -> Extent:
    """The article with lines that are no paragraphs, or all such lines where no paragraph was found."""
    low, high = extent.stretch
    if low < high:
        headline = extent.headline
        low, high = lengthen(layout, (low, high))
        lead = find_lead(layout, low, (headline.start, headline.end)) if headline and headline.index < low else None
        box = () if lead is None else find_box(layout, lead, low)
        return Extent((low if lead is None else lead, high), headline, box)
    low, high = bare_stretch(layout)
    return Extent((low, high), find_headline(layout, low, high) if low < high else extent.headline)


def _outline(layout: Layout, record: PageRecord | None, extent: Extent) -> Outline:
    low, high = extent.stretch
    label_ends: dict[int, int] = {}
    dropped = find_signs(layout, extent.stretch) | dict.fromkeys(extent.box, "other")
    if record is not None:
        dropped = dict.fromkeys(record.left_out(layout.lines), "record_field")
    else:
        account = find_account(layout, low, high)
        if account is not None:
            dropped[account] = "account_name"
        label = find_column(layout, low if account is None or account != low else low + 1, high)
        if label is not None:
            label_ends[label[0]] = label[1]
    headline = extent.headline
    return Outline(
        stretch=extent.stretch,
        headline=plain(layout.folded[headline.start : headline.end]) if headline else "",
        headline_at=(headline.start, headline.end) if headline else None,
        label_ends=label_ends,
        dropped=dropped,
    )


def _metadata(layout: Layout, record: PageRecord | None, extent: Extent, book: Rulebook) -> Metadata:
    stretch = extent.stretch
    title_line = extent.headline.index if extent.headline else None
    source = find_source(layout, stretch, media_of(book), title_line)
    account = find_account(layout, *stretch) if record is None else None
    return Metadata(
        title=cite_title(layout, extent.headline),
        url=_url(layout),
        publisher=find_publisher(layout, stretch, book, source, extent.headline),
        source=source,
        published=find_published(layout, stretch, title_line),
        authors=find_authors(layout, stretch, book),
        editors=find_editors(layout, stretch, book),
        account_name=_account(layout, account),
        document=find_document(layout, stretch, extent.headline),
    )


def _account(layout: Layout, index: int | None) -> Outcome[str]:
    if index is None:
        return Missing("no-account-in-page")
    span = cite(layout.text, layout.lines[index].start, layout.lines[index].end)
    return Cited(span.text, span, "account.first-line")


def _url(layout: Layout) -> Outcome[str]:
    """The page's address: what the markup calls canonical, what a copy's header says, or what the reader was given."""
    for declaration in layout.page.declarations:
        method = _DECLARED.get(declaration.name)
        if method is not None and declaration.value.startswith("http"):
            return Cited(declaration.value, declaration.evidence, method)
    for found in layout.fields.get("url", ())[:1]:
        label = layout.folded[layout.lines[found.index].start : found.match.start].rstrip(' "“').lower()
        if found.index < _FRONT and label in {"url:", "url source:"}:
            span = cite(layout.text, found.match.start, found.match.end)
            return Cited(span.text, span, found.match.rule.id)
    if layout.page.url:
        return Cited(layout.page.url, cite(layout.page.url, 0, len(layout.page.url), layer="url"), "url.given")
    return Missing("no-url-in-page")


def find_anchor(article: Article, metadata: Metadata) -> Anchor:
    """The day that relative expressions count from: dateline or publish time, else an interval from the page."""
    published = metadata.published
    if isinstance(published, Cited):
        basis = "dateline" if published.by == "metadata.dateline" else "published"
        shown = next((span.pair for span in (published.evidence, *published.support) if span.layer == "text"), None)
        return Anchor(published.value[:10], basis, shown)
    interval = published.interval if isinstance(published, Missing) else None
    if interval is None:
        return Anchor(None, "unknown")
    if interval.start is not None and interval.start == interval.end:
        return Anchor(date.fromisoformat(interval.start).isoformat(), "published")
    return Anchor(None, "unknown", None, interval.start, interval.end)
