"""The pages of feeds, composed of what their items give (``feeds`` says how)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from typing import IO, TYPE_CHECKING, cast

import msgspec

from mingjian.errors import ReadError
from mingjian.read.checks import failure_of, must_be_text, with_words
from mingjian.read.composed import Item, page_of_item
from mingjian.read.decode import declared_encoding, decode
from mingjian.read.feeds import is_feed
from mingjian.read.html import looks_like_markup, page_of_html
from mingjian.read.limits import whole
from mingjian.read.origin import Origin, without_surrogates
from mingjian.read.port import Items, Reading
from mingjian.read.written_times import iso_time
from mingjian.read.xml_trees import attribute, local, refuse_entities

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_DECLARATION = re.compile(r"^\s*<\?xml.{0,400}?\?>", re.DOTALL)
_CDATA, _END_OF_CDATA = "<![CDATA[", "]]>"
_LOOSE = re.compile(r"&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|([A-Za-z][A-Za-z0-9]{1,31});)?")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN_OF_XML = frozenset(["amp", "lt", "gt", "quot", "apos"])
_ITEMS, _FEEDS = frozenset(["item", "entry"]), frozenset(["channel", "feed"])
_FOREIGN = ("search.yahoo.com/mrss", "itunes.com", "podcastindex.org", "purl.org/rss/1.0/modules/taxonomy")
_BODIES = ("encoded", "content", "body", "description", "summary")
_TIMES = ("pubDate", "published", "date", "issued", "created", "updated", "modified")
_AUTHOR_IN_MAIL = re.compile(r"\S{1,200}@\S{1,200}\s{1,9}\((.{1,80})\)")
_MAIL = re.compile(r"\S{1,200}@\S{1,200}")
_HAN = re.compile("[\u4e00-\u9fff]")
_ADDRESS = re.compile(r"https?://\S{1,4000}", re.IGNORECASE)
_LONGEST_NAME = 300
_STEP = 1 << 16


MOST_ITEMS = 50_000


class Feed(msgspec.Struct, frozen=True):
    """What the feed says for all its items."""

    language: str = ""
    author: str = ""
    publisher: str = ""


def item_page_origin(origin: Origin, named: Iterable[str], link: str, number: int) -> Origin:
    """Where the page of an item comes from: named by the first name that it has, else by its place in the feed."""
    name = next((name.strip() for name in named if name.strip()), "")
    doc_id = f"{origin.doc_id}#{name[:_LONGEST_NAME]}" if name else f"{origin.doc_id}:{number}"
    address = link.strip()
    url = address if _ADDRESS.fullmatch(address) else None
    return Origin(without_surrogates(doc_id), origin.path, without_surrogates(url) if url else None)


def too_many(source: str) -> ReadError:
    """The error for a feed of more items than any has."""
    return ReadError(source, f"too-large: more than {MOST_ITEMS} items in one feed", "split it")


def _mended(text: str) -> str:
    """The text with what breaks XML parsers and is meant well written as XML has it; what CDATA holds stays."""
    text = _NO_XML.sub(" ", _DECLARATION.sub("", text))
    pieces: list[str] = []
    done = 0
    while (start := text.find(_CDATA, done)) >= 0:
        end = text.find(_END_OF_CDATA, start)
        end = len(text) if end < 0 else end + len(_END_OF_CDATA)
        pieces += (_LOOSE.sub(_known_to_xml, text[done:start]), text[start:end])
        done = end
    return "".join((*pieces, _LOOSE.sub(_known_to_xml, text[done:])))


def _known_to_xml(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;" if found[0] == "&" else found[0]
    if name in _OWN_OF_XML:
        return found[0]
    known = html5.get(f"{name};")
    return f"&amp;{name};" if known is None else "".join(f"&#{ord(mark)};" for mark in known)


def _entries(text: str, source: str) -> Iterator[tuple[Feed, Element]]:
    """The items as they close, each with what the feed has said so far; raises ``ReadError`` where the XML breaks."""
    from xml.etree.ElementTree import ParseError, XMLPullParser

    refuse_entities(text, source)
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    feed, open_names = Feed(), [""]
    try:
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
    except (ParseError, ValueError) as error:
        problem = f"cut-short: the feed breaks off or is no XML from there on ({str(error).partition(':')[0]})"
        raise ReadError(source, problem, "fetch it again") from None


def _told(feed: Feed, name: str, element: Element) -> Feed:
    if name == "language":
        return msgspec.structs.replace(feed, language=_words(element)[:20])
    if name == "publisher":
        return msgspec.structs.replace(feed, publisher=_words(element))
    return msgspec.structs.replace(feed, author=_author(element)) if name == "author" else feed


def _item(feed: Feed, entry: Element) -> tuple[Item, list[str]]:
    """What an item gives, and its names, the best first."""
    members = _members(entry)
    bodies = (_markup(members[name]) for name in _BODIES if name in members)
    body = next((markup for markup in bodies if markup.strip()), "")
    title = _words(members.get("title"))
    chinese = feed.language.lower().startswith("zh") or _HAN.search(title + body[:2_000]) is not None
    times = (iso_time(_words(members[name]), chinese=chinese) for name in _TIMES if name in members)
    link = _link(members.get("link"))
    names = [_words(members.get("guid")), _words(members.get("id")), link]
    origin_of_words = members.get("source")
    item = Item(
        body=body,
        title=html.unescape(title),
        published=next(filter(None, times), ""),
        author=_words(members.get("creator")) or _author(members.get("author")) or feed.author,
        source=_source(origin_of_words),
        publisher=_words(members.get("publisher")) or feed.publisher,
        language=feed.language or ("zh" if chinese else ""),
        link=link,
    )
    return item, names


def _members(entry: Element) -> dict[str, Element]:
    """The first element of each name, without those of media players and the links that lead elsewhere."""
    found: dict[str, Element] = {}
    for element in entry:
        name = local(element)
        own = name and not any(foreign in element.tag for foreign in _FOREIGN)
        if own and (name != "link" or attribute(element, "rel") in (None, "alternate")):
            found.setdefault(name, element)
    return found


def _source(element: Element | None) -> str:
    if element is None:
        return ""
    title = next((item for item in element if local(item) == "title"), element)
    return _words(title)


def _link(element: Element | None) -> str:
    return (attribute(element, "href") or _words(element)) if element is not None else ""


def _author(element: Element | None) -> str:
    """The name of an author: of the element that holds it, of a mail address with a name, never the bare address."""
    if element is None:
        return ""
    name = next((_words(item) for item in element if local(item) == "name"), "") or (element.text or "").strip()
    found = _AUTHOR_IN_MAIL.fullmatch(name)
    return found[1].strip() if found else "" if _MAIL.fullmatch(name) else name


def _words(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _markup(element: Element) -> str:
    """The words of the element as markup: written out, escaped, or plain."""
    from xml.etree.ElementTree import tostring

    if len(element):
        for item in element.iter():
            item.tag = local(item) or "span"
            item.attrib = {key.rpartition("}")[2]: value for key, value in item.attrib.items()}
        try:
            return tostring(element, encoding="unicode", method="html")
        except RecursionError:
            return html.escape("".join(element.itertext()))
    text = element.text or ""
    if attribute(element, "type") in ("text", "text/plain"):
        text = html.escape(text)
    return text if "<" in text else text.strip().replace("\n", "<br>\n")


def pages_of_feed(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The pages of a feed's items; XML that is an HTML page is that page."""
    content = must_be_text(whole(stream, origin.doc_id, reading.limits), origin.doc_id)
    if not is_feed(content[:32_768]):
        if not looks_like_markup(content[:32_768]):
            raise ReadError(origin.doc_id, "not-a-feed: XML of another kind, or none at all", "leave it out")
        yield with_words(page_of_html(content, origin))
        return
    text = decode(content, origin.doc_id, declared_encoding(content)).text
    count = 0
    for count, (feed, entry) in enumerate(_entries(_mended(text), origin.doc_id), start=1):
        if count > MOST_ITEMS:
            raise too_many(origin.doc_id)
        item, names = _item(feed, entry)
        try:
            yield with_words(page_of_item(item, item_page_origin(origin, names, item.link, count)))
        except ReadError as error:
            yield failure_of(error)
    if not count:
        raise ReadError(origin.doc_id, "empty-feed: the feed has no items", "leave it out")
