"""From a page to its article: the body, everything else by kind, and what the page says of itself."""

from __future__ import annotations

from datetime import date

import msgspec

from mingjian.core.clean.bylines import find_authors, find_editors
from mingjian.core.clean.dates import find_published
from mingjian.core.clean.declared import complete
from mingjian.core.clean.edges import grow_stretch, plain, trim_stretch
from mingjian.core.clean.layout import Layout, lay_out
from mingjian.core.clean.openings import find_account, find_column, find_contents
from mingjian.core.clean.publishers import find_publisher
from mingjian.core.clean.records import PageRecord, read_record
from mingjian.core.clean.roles import Outline, make_blocks
from mingjian.core.clean.scoring import main_stretch, score_lines
from mingjian.core.clean.sources import find_source, media_of
from mingjian.core.clean.titles import Headline, cite_title, find_headline
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.article import Article, Kind, Metadata
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Page
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.sentences import split_sentences

_DECLARED = {"link:canonical": "url.link:canonical", "og:url": "url.og:url"}  # methods by the declarations they read
_FRONT = 8  # lines in which a copy's own header stands


class Extent(msgspec.Struct, frozen=True):
    """Which lines are the article, and its headline."""

    stretch: Pair
    headline: Headline | None


def clean(page: Page, folded: str, book: Rulebook) -> tuple[Article, Metadata]:
    """The article of the page and its metadata; body and boilerplate cover every non-space character once."""
    layout = lay_out(page, folded, book)
    record = read_record(layout)
    extent = _extent(layout, record)
    outline = _outline(layout, record, extent)
    body, boilerplate = make_blocks(layout, outline)
    article = Article(
        text=page.text,
        folded=folded,
        body=body,
        boilerplate=boilerplate,
        sentences=split_sentences(page.text, body),
    )
    metadata = _metadata(layout, record, extent, book)
    return article, complete(page, metadata, book)


def _extent(layout: Layout, record: PageRecord | None) -> Extent:
    if record is not None:
        return Extent(record.body, None)
    scores = score_lines(layout)
    low, high = trim_stretch(layout, scores, main_stretch(scores))
    low = find_contents(layout, low, high)
    headline = find_headline(layout, low, high)
    headlines = frozenset({plain(layout.folded[headline.start : headline.end])} if headline else ())
    low, high = grow_stretch(layout, (low, high), headlines if headline and headline.index < low else frozenset())
    return Extent((low, high), headline)


def _outline(layout: Layout, record: PageRecord | None, extent: Extent) -> Outline:
    low, high = extent.stretch
    label_ends: dict[int, int] = {}
    dropped: dict[int, Kind] = {}
    if record is not None:
        label_ends[low] = record.body_label_end
        dropped = {index: "record_field" for index in range(len(layout.lines)) if not low <= index < high}
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
        headline_at=(headline.start, headline.end) if headline and low <= headline.index < high else None,
        label_ends=label_ends,
        dropped=dropped,
    )


def _metadata(layout: Layout, record: PageRecord | None, extent: Extent, book: Rulebook) -> Metadata:
    stretch = extent.stretch
    source = find_source(layout, stretch, media_of(book))
    account = find_account(layout, *stretch) if record is None else None
    return Metadata(
        title=_title(layout, record, extent),
        url=_url(layout, record),
        publisher=find_publisher(layout, stretch, book, source),
        source=source,
        published=find_published(layout, stretch),
        authors=find_authors(layout, stretch, book),
        editors=find_editors(layout, stretch, book),
        account_name=_account(layout, account),
    )


def _title(layout: Layout, record: PageRecord | None, extent: Extent) -> Outcome[str]:
    if record is not None and record.title is not None and record.title[0] < record.title[1]:
        span = cite(layout.text, *record.title)
        return Cited(span.text, span, "title.record-field")
    return cite_title(layout, extent.headline)


def _account(layout: Layout, index: int | None) -> Outcome[str]:
    if index is None:
        return Missing("no-account-in-page")
    span = cite(layout.text, layout.lines[index].start, layout.lines[index].end)
    return Cited(span.text, span, "account.first-line")


def _url(layout: Layout, record: PageRecord | None) -> Outcome[str]:
    """The page's address: a field of the page, what the markup calls canonical, or what the reader was given."""
    if record is not None and record.url is not None and record.url[0] < record.url[1]:
        span = cite(layout.text, *record.url)
        return Cited(span.text, span, "url.record-field")
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
        pair = published.evidence.pair if published.evidence.layer == "text" else None
        return Anchor(published.value[:10], basis, pair)
    interval = published.interval if isinstance(published, Missing) else None
    if interval is None:
        return Anchor(None, "unknown")
    if interval.start is not None and interval.start == interval.end:
        return Anchor(date.fromisoformat(interval.start).isoformat(), "published")
    return Anchor(None, "unknown", None, interval.start, interval.end)
