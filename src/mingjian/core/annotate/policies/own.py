"""The document whose text the page is, and what its header says of it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.annotate.policies.naming import key_of
from mingjian.core.model.article import DocumentHeader, Metadata
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.folding import fold
from mingjian.core.text.matching import Match


class Own(msgspec.Struct, frozen=True):
    """The page's own document: its key and folded title, where the page's title says it, the words that speak of it."""

    key: str
    words: str
    title: Cited[str] | None
    told: Match | None
    header: DocumentHeader | None


def find_own(places: Sequence[Named], metadata: Metadata, context: Context) -> Own | None:
    """The page's own document, or ``None`` where the page tells of documents and is none."""
    told = next(iter(context.by_kind.get("own-words", ())), None)
    header = metadata.document
    if told is None and header is None:
        heading = _heading(places)
        return Own(heading.key, heading.words, None, None, None) if heading is not None else None
    one = _issued_here(places, context) or _heading(places)
    named = _named_in(metadata.title, context)
    if named is None:
        return Own(one.key, one.words, None, told, header) if one is not None else None
    title, words = named
    if one is not None:
        return Own(one.key, one.words, title if _same(one.key, key_of(words, context)) else None, told, header)
    return Own(key_of(words, context), words, title, told, header)


def _same(key: str, other: str) -> bool:
    """Whether two titles are the same but for the place or organ at the head of one."""
    return key.endswith(other) or other.endswith(key)


def _named_in(title: Outcome[str], context: Context) -> tuple[Cited[str], str] | None:
    """The page's title with the folded title of the document that it is or names, if it is a document's or a notice's.

    Where nothing but the document stands in it in marks, the first is what stands there.
    """
    match title:
        case Cited(value=words, evidence=span) if span.layer == "text":
            folded = fold(words)
        case _:
            return None
    named = context.cues["title-of-text"].match(span.text)
    if named is not None and context.cues["own-title"].search(fold(named["title"])):
        start, end = named.span("title")
        inside = cite(context.article.text, span.start + start, span.start + end)
        return Cited(named["title"], inside, title.by), fold(named["title"])
    inner = context.cues["inner"].search(folded)
    if inner is not None:
        issues = folded[: inner.start()].endswith(tuple(context.settings["issuing"]))
        return (title, inner["title"]) if issues else None
    notice = context.cues["issuing-notice"].match(folded)
    document = notice["title"] if notice is not None else folded
    return (title, document) if context.cues["own-title"].search(folded) else None


def _heading(places: Sequence[Named]) -> Named | None:
    return next((one for one in places if one.kind == "heading"), None)


def _issued_here(places: Sequence[Named], context: Context) -> Named | None:
    """The document that the page hands out: 现将《…》印发给你们, or that its notice names in its heading."""
    for match in context.by_kind.get("own-words", ()):
        if context.cues["handed-out"].search(match.text) is None:
            continue
        low, high = context.sentence(match.start)
        told = [one for one in places if low <= one.whole[0] < high and one.kind == "document"]
        free = [one for one in told if one.whole[0] not in context.relations]
        if free:
            return free[-1]
    return None


def header_pairs(own: Own, name: str, context: Context) -> tuple[Pair, ...]:
    """Where the header prints one of its values: the issuers one by one."""
    value = getattr(own.header, name) if own.header is not None else None
    match value:
        case Cited(evidence=span) if span.layer == "text":
            pass
        case _:
            return ()
    if name != "issuer":
        return (span.pair,)
    inside = tuple(pair for pair in context.issuers if span.start <= pair[0] and pair[1] <= span.end)
    if inside and inside[0][0] == span.start and inside[-1][1] == span.end:
        return inside
    article = context.article
    parts = context.cues["issuer-part"].finditer(article.text, span.start, span.end)
    return tuple(part.span() for part in parts)


def signed_on(own: Own, context: Context) -> tuple[str, tuple[Pair, ...]] | None:
    """The day on which the document was signed: its header says it, or the first line that is nothing but a date."""
    match own.header.signed if own.header is not None else None:
        case Cited(value=day):
            pairs = header_pairs(own, "signed", context)
            return (str(day), pairs) if pairs else None
        case _:
            pass
    if own.told is None:
        return None
    lines = {(block.start, block.end) for block in context.article.body}
    for time in context.times:
        if (time.start, time.end) in lines and time.date.precision == "day" and time.date.start is not None:
            return time.date.start, ((time.start, time.end),)
    return None
