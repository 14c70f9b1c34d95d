"""The items of a feed as XML elements, also of feeds that are no XML throughout.

Feeds are written by hand more often than they should be: names and bare ampersands that XML does not know are mended
before parsing, as every feed reader does, and an item that is no XML costs itself alone.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias, cast

import msgspec

from mingjian.errors import ReadError
from mingjian.read.xml_trees import local, refuse_entities

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DECLARATION = re.compile(r"^\s*<\?xml.{0,400}?\?>", re.DOTALL)
_CDATA, _END_OF_CDATA = "<![CDATA[", "]]>"
_REFERENCE = re.compile(r"&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?")
_OWN_OF_XML = frozenset(["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"])
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ITEMS, _FEEDS = frozenset(["item", "entry"]), frozenset(["channel", "feed"])
_ITEM = re.compile(r"<((?:[A-Za-z][\w.-]{0,40}:)?(?:item|entry))(?=[\s>])")
_ROOT = re.compile(r"<(rss|feed|rdf:RDF)(?=[\s>])[^<>]{0,4000}>", re.IGNORECASE)
_AUTHOR_IN_MAIL = re.compile(r"\S{1,200}@\S{1,200}\s{1,9}\((.{1,80})\)")
_MAIL = re.compile(r"\S{1,200}@\S{1,200}")
_STEP = 1 << 16


class Feed(msgspec.Struct, frozen=True):
    """What the feed says for all its items."""

    language: str = ""
    author: str = ""
    publisher: str = ""


Entry: TypeAlias = "tuple[Feed, Element]"


def entries_of(text: str, source: str) -> Iterator[Entry | ReadError]:
    """The items as they close, each with what the feed has said so far, or why one is none.

    Raises ``ReadError`` where the feed breaks off, and where it defines entities.
    """
    from xml.etree.ElementTree import ParseError

    refuse_entities(text, source)
    mended = _mended(text)
    feed, count = Feed(), 0
    try:
        for entry in _parsed(mended):
            feed, count = entry[0], count + 1
            yield entry
    except (ParseError, ValueError) as error:
        yield from _rescued(mended, count, feed, source)
        if _breaks_off(mended, count):
            problem = f"cut-short: the feed breaks off or is no XML from there on ({str(error).partition(':')[0]})"
            raise ReadError(source, problem, "fetch it again") from None


def _mended(text: str) -> str:
    """The text with what breaks XML parsers and is meant well written as XML has it; what CDATA holds stays."""
    text = _NO_XML.sub(" ", _DECLARATION.sub("", text))
    pieces: list[str] = []
    done = 0
    while (start := text.find(_CDATA, done)) >= 0:
        end = text.find(_END_OF_CDATA, start)
        end = len(text) if end < 0 else end + len(_END_OF_CDATA)
        pieces += (_REFERENCE.sub(_known_to_xml, text[done:start]), text[start:end])
        done = end
    return "".join((*pieces, _REFERENCE.sub(_known_to_xml, text[done:])))


def _known_to_xml(found: re.Match[str]) -> str:
    return found[0] if found[0] in _OWN_OF_XML else html.escape(html.unescape(found[0]), quote=False)


def _parsed(text: str) -> Iterator[Entry]:
    from xml.etree.ElementTree import XMLPullParser

    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    feed, open_names = Feed(), [""]
    for start in range(0, len(text), _STEP):
        parser.feed(text[start : start + _STEP])
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            name = local(element)
            if event == "start":
                open_names.append(name)
                continue
            open_names.pop()
            if name in _ITEMS:
                yield feed, element
                element.clear()
            elif open_names[-1] in _FEEDS:
                feed = _told(feed, name, element)
    parser.close()


def _rescued(text: str, done: int, feed: Feed, source: str) -> Iterator[Entry | ReadError]:
    """The items behind the first ``done``, each parsed alone below the root's own tag, which names the spaces."""
    from xml.etree.ElementTree import ParseError

    root = _ROOT.search(text)
    before, behind = (root[0], f"</{root[1]}>") if root else ("", "")
    for number, (start, end) in enumerate(islice(_places(text), done, None), start=done + 1):
        try:
            for _, entry in _parsed(before + text[start:end] + behind):
                yield feed, entry
        except (ParseError, ValueError):
            yield ReadError(f"{source}:{number}", "broken-item: this item is no XML", "mend the feed")


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the items stand whose end tag is in sight."""
    place = 0
    while (opening := _ITEM.search(text, place)) is not None:
        closing = text.find(f"</{opening[1]}", opening.end())
        place = text.find(">", closing) + 1
        if closing < 0 or not place:
            return
        yield opening.start(), place


def _breaks_off(text: str, done: int) -> bool:
    """Whether an item begins behind the last whole one, or none was left where the XML broke."""
    places = list(_places(text))
    return len(places) <= done or _ITEM.search(text, places[-1][1]) is not None


def _told(feed: Feed, name: str, element: Element) -> Feed:
    if name == "language":
        return msgspec.structs.replace(feed, language=words_in(element)[:20])
    if name == "publisher":
        return msgspec.structs.replace(feed, publisher=words_in(element))
    return msgspec.structs.replace(feed, author=author_in(element)) if name == "author" else feed


def author_in(element: Element | None) -> str:
    """The name of an author: of the element that holds it, of a mail address with a name, never the bare address."""
    if element is None:
        return ""
    name = next((words_in(item) for item in element if local(item) == "name"), "") or (element.text or "").strip()
    found = _AUTHOR_IN_MAIL.fullmatch(name)
    return found[1].strip() if found else "" if _MAIL.fullmatch(name) else name


def words_in(element: Element | None) -> str:
    """The words of the element and all below it on one line; empty where there is none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
