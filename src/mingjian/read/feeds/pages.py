"""The pages of feeds, composed of what their items give (``reader`` says how)."""

from __future__ import annotations

import html
from typing import IO, TYPE_CHECKING

from mingjian.errors import ReadError
from mingjian.read.checks import failure_of, must_be_text, with_words
from mingjian.read.composed import Item, is_chinese, page_of_item
from mingjian.read.decode import declared_encoding, decode
from mingjian.read.feeds.entries import Feed, author_in, entries_of, words_in
from mingjian.read.feeds.naming import MOST_ITEMS, is_address, item_page_origin, too_many
from mingjian.read.feeds.reader import is_feed
from mingjian.read.html import looks_like_markup, page_of_html
from mingjian.read.limits import whole
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reading
from mingjian.read.written_times import iso_time
from mingjian.read.xml_trees import attribute, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FOREIGN = ("search.yahoo.com/mrss", "itunes.com", "podcastindex.org", "purl.org/rss/1.0/modules/taxonomy")
_BODIES = ("encoded", "content", "body", "description", "summary")
_TIMES = ("pubDate", "published", "date", "issued", "created", "updated", "modified")


def _item(feed: Feed, entry: Element) -> tuple[Item, list[str]]:
    """What an item gives, and its names, the best first."""
    members = _members(entry)
    bodies = (_markup(members[name]) for name in _BODIES if name in members)
    body = next((markup for markup in bodies if markup.strip()), "")
    title = words_in(members.get("title"))
    chinese = is_chinese(feed.language, title, body)
    times = (iso_time(words_in(members[name]), chinese=chinese) for name in _TIMES if name in members)
    link = _link(members.get("link")) or _permanent(members.get("guid"))
    names = [words_in(members.get("guid")), words_in(members.get("id")), link]
    origin_of_words = members.get("source")
    item = Item(
        body=body,
        title=html.unescape(title),
        published=next(filter(None, times), ""),
        author=words_in(members.get("creator")) or author_in(members.get("author")) or feed.author,
        source=_source(origin_of_words),
        publisher=words_in(members.get("publisher")) or feed.publisher,
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
    return words_in(title)


def _link(element: Element | None) -> str:
    return (attribute(element, "href") or words_in(element)) if element is not None else ""


def _permanent(name: Element | None) -> str:
    """The name of an item where it is its address, as it is in RSS 2.0 unless it says otherwise."""
    if name is None or attribute(name, "isPermaLink") == "false" or not is_address(words_in(name)):
        return ""
    return words_in(name)


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
    for count, found in enumerate(entries_of(text, origin.doc_id), start=1):
        if count > MOST_ITEMS:
            raise too_many(origin.doc_id)
        try:
            if isinstance(found, ReadError):
                raise found
            item, names = _item(*found)
            yield with_words(page_of_item(item, item_page_origin(origin, names, item.link, count)))
        except ReadError as error:
            yield failure_of(error)
    if not count:
        raise ReadError(origin.doc_id, "empty-feed: the feed has no items", "leave it out")
