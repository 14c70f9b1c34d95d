"""A brief as Markdown with footnotes; its charts are pictures in files beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mingjian.brief.briefs.pictures import bars_svg, timeline_svg
from mingjian.brief.briefs.wording import heading_number, note, printable_line, reference_words, web_address
from mingjian.core.model.brief import Brief, Footnote, Section

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_LIST = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)")
_IN_LINK = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", '"': "%22"})


def render_markdown(brief: Brief, stem: str) -> tuple[str, Mapping[str, str]]:
    """The text, and its pictures by the names of the files in which it looks for them, which begin with ``stem``."""
    pictures = dict(_pictures(brief, stem))
    return "\n".join(_lines(brief, pictures)) + "\n", {name: drawn for name, (_, drawn) in pictures.items()}


def _pictures(brief: Brief, stem: str) -> Iterator[tuple[str, tuple[str, str]]]:
    if brief.timeline is not None:
        yield f"{stem}.timeline.svg", (brief.timeline.title, timeline_svg(brief.timeline))
    for number, chart in enumerate(brief.charts, 1):
        yield f"{stem}.chart{number}.svg", (chart.title, bars_svg(chart))


def _lines(brief: Brief, pictures: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    yield f"# {escaped(brief.title)}"
    yield ""
    for line in brief.lines:
        yield f"- {escaped(line)}"
    for number, section in enumerate(brief.sections, 1):
        yield from _section(number, section)
    for name, (title, _) in pictures.items():
        yield ""
        yield f"![{escaped(title)}](<{name}>)"
    yield ""
    yield escaped(brief.remark)
    yield ""
    for section in brief.sections:
        for item in section.items:
            yield f"[^{item.note.number}]: {_note(item.note)}"


def _section(number: int, section: Section) -> Iterator[str]:
    yield ""
    yield f"## {heading_number(number)}{escaped(section.heading)}"
    yield ""
    for at, item in enumerate(section.items, 1):
        yield f"{at}. {escaped(item.sentence.text)}[^{item.note.number}]"
    if section.left_out:
        yield ""
        yield note("left_out", count=section.left_out)


def _note(footnote: Footnote) -> str:
    said = []
    for reference in footnote.references:
        address = web_address(reference)
        link = f"<{address.translate(_IN_LINK)}>" if address else escaped(reference.link)
        said.append(f"{escaped(reference_words(reference))} {link}")
    return note("between").join(said)


def escaped(words: str) -> str:
    r"""The words as they are, whatever Markdown would make of them.

    >>> escaped("<b>*3* 号"), escaped("1. 到")
    ('\\<b\\>\\*3\\* 号', '1\\. 到')
    """
    line = _MARKS.sub(r"\\\1", printable_line(words))
    return _LIST.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", line)
