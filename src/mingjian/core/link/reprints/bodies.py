"""What of a page is compared: its own words, without what the site adds and without quoted law."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from mingjian.core.link.reprints.alphabet import PARAGRAPH
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.model.article import BodyBlock, DroppedBlock
from mingjian.core.model.outcome import Cited, Outcome, value_of
from mingjian.core.model.record import Record
from mingjian.core.model.reprints import Published
from mingjian.core.model.span import Pair
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.text.folding import fold

_HEAD = 40  # characters of a block that show whether it is the site's
_LEFT_OUT = (("statute", "条"), ("code", "{"))  # cues, and a character without which they find nothing


class Body(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A page as sketches are made of it; ``text`` is its body as ``body_text`` gives it.

    ``quoting`` are the places in it behind words that announce what others wrote, as ``quoting_places`` gives them;
    ``title`` is as ``compared_title`` gives it, ``roundup`` whether it is that of a roundup of the news.
    """

    id: str
    text: str
    quoting: tuple[int, ...] = ()
    roundup: bool = False
    host: str = ""
    publisher: str = ""
    source: str = ""
    title: str = ""
    published: Published | None = None


def body_of(page_id: str, record: Record, text: str) -> Body:
    """The body of a page under the id that its keeper gave it, from its record and its text layer."""
    compared = body_text(text, compared_spans(text, record.body, record.boilerplate))
    title = value_of(record.title) or ""
    return Body(
        id=page_id,
        text=compared,
        quoting=quoting_places(compared),
        host=host_of(value_of(record.url) or ""),
        publisher=value_of(record.publisher) or "",
        source=value_of(record.source) or "",
        title=compared_title(title),
        roundup=is_roundup(title),
        published=published_of(record.published),
    )


def body_text(text: str, spans: Iterable[Pair]) -> str:
    """The words of the spans of a text layer without white space, spans set apart."""
    return PARAGRAPH.join("".join(text[start:end].split()) for start, end in spans)


def quoting_places(compared: str, book: Rulebook | None = None) -> tuple[int, ...]:
    """The places in a body, as ``body_text`` gives it, where words that announce others' text end."""
    cue = (book or bundled_rulebook()).cues("corpus/reprints")["quoting"]
    return tuple(found.end() for found in cue.finditer(fold(compared)))


def compared_title(title: str) -> str:
    """The title in one script, one width and one case, letters, digits and Han characters only.

    >>> compared_title("快訊：甲市發布 AI細則")
    '快讯甲市发布ai细则'
    """
    return "".join(filter(str.isalnum, fold(title))).lower()


def is_roundup(title: str, book: Rulebook | None = None) -> bool:
    """Whether the title is that of a page that strings other articles together."""
    return (book or bundled_rulebook()).cues("corpus/reprints")["roundup"].search(fold(title)) is not None


def compared_spans(
    text: str, body: Sequence[BodyBlock], boilerplate: Sequence[DroppedBlock], book: Rulebook | None = None
) -> list[Pair]:
    """The spans of a text layer that are compared with those of other pages, in order.

    They are those of the body, without the site's words, code and quoted law. Where hardly a sentence is left, the long
    lines of sentences that cleaning took for something else stand in for it.
    """
    book = book or bundled_rulebook()
    settings, site = reprint_settings(book).fingerprints, book.cues("corpus/reprints")["furniture"]
    ends = settings.sentence_end

    def is_own(block: BodyBlock | DroppedBlock) -> bool:
        return site.search(fold(text[block.start : min(block.end, block.start + _HEAD)])) is None

    def tells(block: BodyBlock | DroppedBlock) -> bool:
        return any(mark in text[block.start : block.end] for mark in ends)

    kept: list[BodyBlock | DroppedBlock] = [block for block in body if is_own(block)]
    told = [block for block in kept if tells(block)]
    if sum(block.end - block.start for block in told) < settings.least_body:
        long = [block for block in boilerplate if block.end - block.start >= settings.least_line]
        found = [block for block in long if tells(block) and is_own(block)]
        kept = sorted((*told, *found), key=lambda block: block.start) if found else kept
    spans = [(block.start, block.end) for block in kept]
    for name, sign in _LEFT_OUT:
        if spans and text.find(sign, spans[0][0], spans[-1][1]) >= 0:
            spans = _without(text, spans, book.cues("corpus/reprints")[name])
    return spans


def _without(text: str, spans: list[Pair], left_out: re.Pattern[str]) -> list[Pair]:
    """The spans without what the pattern finds: this may run over several."""
    for found in left_out.finditer(fold(text), spans[0][0], spans[-1][1]):
        before = [(start, min(end, found.start())) for start, end in spans]
        behind = [(max(start, found.end()), end) for start, end in spans]
        spans = sorted(pair for pair in {*before, *behind} if pair[0] < pair[1])
    return spans


def host_of(url: str) -> str:
    """The host that an address names, without ``www.``: nothing where it names none.

    >>> host_of("https://www.example.com:8080/a?b"), host_of("a/b")
    ('example.com', '')
    """
    _, named, rest = url.partition("://")
    host = rest.split("/", 1)[0].rpartition("@")[2].partition(":")[0]
    return host.lower().removeprefix("www.") if named else ""


def published_of(outcome: Outcome[str]) -> Published | None:
    """When the page was published, as its record cites it."""
    if not isinstance(outcome, Cited):
        return None
    precision = outcome.precision
    return Published(outcome.value, "second" if precision == "second" else "minute" if precision == "minute" else "day")
