"""What cleaning leaves: which stretches of the page are the article, and what the rest is."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.span import Span

Role: TypeAlias = Literal["paragraph", "heading", "duplicate_heading", "byline", "item"]
Kind: TypeAlias = Literal[
    "title", "meta", "dateline", "nav", "breadcrumb", "related", "hot_search", "ad", "promo", "copyright", "icp",
    "share", "toolbar", "tag", "credit", "caption", "account_name", "column_label", "record_field", "comment", "other",
]  # fmt: skip


PageKind: TypeAlias = Literal["article", "list", "error"]
"""What a page is: an article, a list of links to others, or an error or empty notice. Only articles have a body."""

HEADING_ROLES: frozenset[Role] = frozenset({"heading", "duplicate_heading", "byline"})
"""The roles of blocks that head the article or a part of it: they name facts, and state none."""


class BodyBlock(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the article, trimmed of white space."""

    start: int
    end: int
    role: Role


class DroppedBlock(msgspec.Struct, frozen=True, gc=False):
    """A stretch that is not the article, and what it is instead."""

    start: int
    end: int
    kind: Kind


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence of the body with its closing marks; ``block`` indexes ``Article.body``."""

    start: int
    end: int
    block: int


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """The article as annotators see it: the page's text, its folded form of the same length, and what was kept.

    ``folded`` has line feeds for whatever is not the body, so that nothing can be read there.

    Body and dropped blocks together cover every non-space character of the page once.
    """

    text: str
    folded: str
    body: tuple[BodyBlock, ...]
    boilerplate: tuple[DroppedBlock, ...]
    sentences: tuple[Sentence, ...]


class CarriedField(msgspec.Struct, frozen=True):
    """A field that a page which is itself a record carries: its label, its words, and the values that they list."""

    label: str
    evidence: Span
    values: tuple[Span, ...]
    by: str


class DocumentHeader(msgspec.Struct, frozen=True, kw_only=True):
    """The table above an official document: 索引号 发文机关 发文字号 成文日期 主题分类 有效性, as it prints them."""

    index_number: Outcome[str]
    issuer: Outcome[str]
    doc_no: Outcome[str]
    signed: Outcome[str]
    topic: Outcome[str]
    validity: Outcome[str]


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says of itself around the article: every value cited or missing with a reason."""

    title: Outcome[str]
    url: Outcome[str]
    publisher: Outcome[str]
    source: Outcome[str]
    published: Outcome[str]
    authors: tuple[Cited[str], ...] = ()
    editors: tuple[Cited[str], ...] = ()
    account_name: Outcome[str]
    page_kind: PageKind = "article"
    document: DocumentHeader | None = None
    carried: tuple[CarriedField, ...] = ()
