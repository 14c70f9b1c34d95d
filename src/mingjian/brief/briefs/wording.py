"""What all forms of a brief say alike: numbers of headings, and footnotes in words."""

from __future__ import annotations

from mingjian.brief.evidence import web_link
from mingjian.brief.wording import title_or_place
from mingjian.core.ledger.briefing.parts import worded_day
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Reference
from mingjian.core.text.normal import on_one_line


def note(name: str, **values: object) -> str:
    """A phrase of footnotes and tables with these values put in."""
    return brief_settings().notes[name].format(**values)


def heading_number(number: int) -> str:
    """The number that stands before the heading of a section."""
    return note("level_one", ordinal=ordinal(number))


def item_number(number: int) -> str:
    """The number that stands before a sentence of a section."""
    return note("level_two", ordinal=ordinal(number))


def ordinal(number: int) -> str:
    """A number below 100 in Chinese figures, others in Arabic ones.

    >>> ordinal(2), ordinal(10), ordinal(12), ordinal(30)
    ('二', '十', '十二', '三十')
    """
    figures, ten = note("ordinals"), note("ten")
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    head = "" if tens == 0 else ten if tens == 1 else figures[tens - 1] + ten
    return head + (figures[ones - 1] if ones else "")


def reference_words(reference: Reference) -> str:
    """Title, source, date and words of a page, without the link."""
    title = page_title(reference)
    known = [note("title", title=_within(title)) if reference.title else title, reference.source]
    known.append(worded_day(reference.published) if reference.published else None)
    return note("joint").join(one for one in known if one) + note("words", words=quoted_words(reference))


def page_title(reference: Reference) -> str:
    """The title of the page; of one without any that it has none, and its file."""
    return title_or_place(reference.title, reference.link)


def _within(title: str) -> str:
    """A title as it stands between marks of titles: those that it has itself are single, as the rules of print ask."""
    outer, inner = note("marks").split("/")
    return title.translate(str.maketrans(outer, inner))


def quoted_words(reference: Reference) -> str:
    """The words that are cited of a page, each once."""
    return "……".join(dict.fromkeys(printable_line(cite.text) for cite in reference.cites))


def web_address(reference: Reference) -> str | None:
    """The link where it leads into the web: nothing else is made one."""
    return web_link(reference.link)


def printable_line(words: str) -> str:
    """The words on one line, without what cannot be printed."""
    line = " ".join(on_one_line(words).split())
    return "".join(sign for sign in line if sign.isprintable() or sign == "\u3000")
