"""The pages of JSON feeds, composed of what their items give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO

from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of, must_be_text, with_words
from mingjian.read.composed import Item, is_chinese, markup_of_text, page_of_item
from mingjian.read.decode import decode
from mingjian.read.feeds.naming import MOST_ITEMS, item_page_origin, too_many
from mingjian.read.limits import whole
from mingjian.read.origin import Origin
from mingjian.read.port import Items, Reading
from mingjian.read.written_times import iso_time


def _item_page(members: Mapping[str, object], feed: Mapping[str, object], origin: Origin, number: int) -> Page:
    markup, text = _string(members, "content_html"), _string(members, "content_text") or _string(members, "summary")
    title, link = _string(members, "title"), _string(members, "url")
    language = _string(members, "language") or _string(feed, "language")
    chinese = is_chinese(language, title, markup or text)
    item = Item(
        body=markup or markup_of_text(text),
        title=title,
        published=iso_time(_string(members, "date_published"), chinese=chinese),
        author=_author(members) or _author(feed),
        language=language or ("zh" if chinese else ""),
        link=link,
    )
    return with_words(page_of_item(item, item_page_origin(origin, (_string(members, "id"), link), link, number)))


def _author(members: Mapping[str, object]) -> str:
    """The first author's name, as either version of the format gives it."""
    authors = members.get("authors")
    author = authors[0] if isinstance(authors, list) and authors else members.get("author")
    return _string(author, "name") if isinstance(author, dict) else ""


def _string(members: Mapping[str, object], key: str) -> str:
    value = members.get(key)
    return value if isinstance(value, str) else str(value) if type(value) is int else ""


def pages_of_json_feed(stream: IO[bytes], origin: Origin, reading: Reading) -> Items:
    """The pages of a feed's items."""
    content = must_be_text(whole(stream, origin.doc_id, reading.limits), origin.doc_id)
    try:
        feed = json.loads(decode(content, origin.doc_id, "utf-8").text)
    except (ValueError, RecursionError):
        raise ReadError(origin.doc_id, "broken-json: cut short, or not JSON", "fetch it again") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise ReadError(origin.doc_id, "empty-feed: the feed has no items", "leave it out")
    if len(items) > MOST_ITEMS:
        raise too_many(origin.doc_id)
    for number, members in enumerate(items, start=1):
        if not isinstance(members, dict):
            problem = "bad-item: not a JSON object"
            yield failure_of(ReadError(f"{origin.doc_id}:{number}", problem, "mend the feed"))
            continue
        try:
            yield _item_page(members, feed, origin, number)
        except ReadError as error:
            yield failure_of(error)
