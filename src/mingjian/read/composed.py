"""Pages that stand in no file as HTML: items of feeds and mails, whose title and date stand beside their words.

Cleaning believes words of the page and declarations of its markup, and both are cited by their place. So a small HTML
document is composed of what the item gives, always the same one for the same item; it is the page's content.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import msgspec

from mingjian.core.model.page import Page
from mingjian.read.html import page_of_markup
from mingjian.read.origin import Origin, without_surrogates

_BODY = re.compile(r"<body\b[^>]{0,2000}>", re.IGNORECASE)
_END_OF_BODY = re.compile(r"</body\s{0,9}>", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t\r]*\n\s*")
_LONGEST = 2_000
_HAN = re.compile("[\u4e00-\u9fff]")
_LOOKED_AT = 4_000


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What an item gives: its body as markup, and the rest as plain words.

    ``published`` is a time with its offset from UTC, or a day.
    """

    body: str
    title: str = ""
    published: str = ""
    author: str = ""
    source: str = ""
    publisher: str = ""
    language: str = ""
    link: str = ""


def is_chinese(language: str, title: str, body: str) -> bool:
    """Whether the item is told to be Chinese, or else its title or the beginning of its body holds a Han character."""
    return language.lower().startswith("zh") or _HAN.search(title + body[:_LOOKED_AT]) is not None


def page_of_item(item: Item, origin: Origin) -> Page:
    """The page of the document that is composed of the item."""
    markup = without_surrogates(document_of(item))
    return page_of_markup(markup, origin, markup.encode(), "utf-8")


def document_of(item: Item) -> str:
    """The HTML document of an item: its title as title and heading, its date and names as metas, then its body."""
    metas = (
        ("pubdate", item.published),
        ("author", item.author),
        ("source", item.source),
        ("sitename", item.publisher),
    )
    title = f"<title>{_escaped(item.title)}</title>" if item.title.strip() else ""
    heading = f"<h1>{_escaped(item.title)}</h1>\n" if item.title.strip() else ""
    head = "".join(f'<meta name="{name}" content="{_escaped(value)}">\n' for name, value in metas if value.strip())
    link = f'<link rel="canonical" href="{_escaped(item.link)}">\n' if item.link.strip() else ""
    language = f' lang="{_escaped(item.language)}"' if item.language.strip() else ""
    return (
        f'<!doctype html>\n<html{language}>\n<head>\n<meta charset="utf-8">\n{title}\n{head}{link}</head>\n<body>\n'
        f"{heading}<article>\n{inside_body(item.body)}\n</article>\n</body>\n</html>\n"
    )


def inside_body(markup: str) -> str:
    """What stands in the body of the markup, all of it where it has none."""
    opening = _BODY.search(markup)
    if opening is None:
        return markup
    closings: Sequence[re.Match[str]] = list(_END_OF_BODY.finditer(markup, opening.end()))
    return markup[opening.end() : closings[-1].start() if closings else len(markup)]


def markup_of_text(text: str) -> str:
    """Plain text as markup: a paragraph for each that blank lines part, with its line breaks."""
    paragraphs = (part.strip("\r\n") for part in _BLANK.split(text.replace("\r\n", "\n")))
    return "\n".join(f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip())


def _escaped(words: str) -> str:
    return html.escape(" ".join(words.split())[:_LONGEST])
