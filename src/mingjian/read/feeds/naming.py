"""How the pages of feeds are named, whatever the format of the feed, and how many there may be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingjian.errors import ReadError
from mingjian.read.origin import Origin, without_surrogates

_ADDRESS = re.compile(r"https?://\S{1,4000}", re.IGNORECASE)
_LONGEST_NAME = 300
MOST_ITEMS = 50_000


def is_address(words: str) -> bool:
    """Whether the words are the address of a page."""
    return _ADDRESS.fullmatch(words) is not None


def item_page_origin(origin: Origin, named: Iterable[str], link: str, number: int) -> Origin:
    """Where the page of an item comes from: named by the first name that it has, else by its place in the feed."""
    name = next((name.strip() for name in named if name.strip()), "")
    doc_id = f"{origin.doc_id}#{name[:_LONGEST_NAME]}" if name else f"{origin.doc_id}:{number}"
    address = link.strip()
    url = address if is_address(address) else None
    return Origin(without_surrogates(doc_id), origin.path, without_surrogates(url) if url else None)


def too_many(source: str) -> ReadError:
    """The error for a feed of more items than any has."""
    return ReadError(source, f"too-large: more than {MOST_ITEMS} items in one feed", "split it")
