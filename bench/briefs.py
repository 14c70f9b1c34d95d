"""Whether every sentence of a brief holds: asked of the pages, not of the brief.

python -m bench.briefs FOLDER… --since DATE --until DATE [--topic WORD] [--print]    counts sentences and faults
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping

import msgspec

from bench.shelves import read_records, shelve
from mingjian.core.books import Books
from mingjian.core.ledger.briefing.frames import fixed_words
from mingjian.core.ledger.briefing.parts import bounds_of_iso as day_bounds
from mingjian.core.ledger.briefing.parts import worded_bounds, worded_deadline
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.ledger.briefing.writing import write_brief
from mingjian.core.ledger.building import Day
from mingjian.core.ledger.ledgers import LEDGERS, facets_of
from mingjian.core.link.things.shelf import Shelf
from mingjian.core.model.brief import Brief, Part, Scope, Sentence, bare
from mingjian.core.model.ledger.cells import Cite
from mingjian.core.model.page import Page

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STRINGS = re.compile(r'"value":"([0-9/-]{4,21})"')


def faults(brief: Brief, pages: Mapping[str, Page], books: Books) -> Iterator[str]:
    """What does not hold, in words; silent where all does."""
    day = Day(brief.scope.day, brief.scope.known)
    number = 0
    for section in brief.sections:
        for item in section.items:
            number += 1
            noted = {cite for reference in item.note.references for cite in reference.cites}
            if item.note.number != number:
                yield f"{item.sentence.text}: footnote {item.note.number} where {number} comes"
            for fault in _of_sentence(item.sentence, pages):
                yield f"{item.sentence.text}: {fault}"
            for fault in _of_row(item.sentence, _days_of(books, item.sentence, day)):
                yield f"{item.sentence.text}: {fault}"
            for cite in item.sentence.cites:
                if not any(_covers(other, cite) for other in noted):
                    yield f"{item.sentence.text}: {cite} is not in its footnote"


def _of_row(sentence: Sentence, days: set[str]) -> Iterator[str]:
    """The dates of a sentence that are none of the row of its thing."""
    for part in sentence.parts:
        if part.kind == "date" and days and not set(filter(None, (part.value or "").split("/"))) <= days:
            yield f"{part.text} is no date of its row"


def _days_of(books: Books, sentence: Sentence, day: Day) -> set[str]:
    """The first and last days of all dates in the row of a thing, and those on which its pages were published."""
    thing = books.thing(sentence.thing)
    if thing is None:
        return set()
    members = books.members(thing.id, day.day if day.known else None)
    found = {member.page.published_from or "" for member in members}
    for ledger in LEDGERS.values():
        row_of = ledger.of.get(thing.kind)
        row = row_of(books, thing, members, day) if row_of is not None else None
        for words in _STRINGS.findall(msgspec.json.encode(row).decode()) if row is not None else ():
            found.update(one for one in day_bounds(words) if one)
    return found


def _of_sentence(sentence: Sentence, pages: Mapping[str, Page]) -> Iterator[str]:
    for cite in sentence.cites:
        page = pages[cite.page]
        layer = {"text": page.text, "html": page.html, "url": page.url}[cite.layer] or ""
        if layer[cite.start : cite.end] != cite.text:
            yield f"{cite.text!r} does not stand at {cite.start}"
    for part in sentence.parts:
        if not _holds(part):
            yield f"{part.kind} {part.text!r} does not hold"
    told = "".join(part.text for part in sentence.parts if part.kind == "fixed")
    if _NUMBER.search(told):
        yield f"fixed words tell a number: {told!r}"


def _holds(part: Part) -> bool:
    match part.kind:
        case "fixed":
            return part.text in fixed_words() and not part.cites
        case "words":
            return any(bare(part.text) in bare(cite.text) for cite in part.cites)
        case "count":
            return int(part.text) == len({cite.page for cite in part.cites})
        case "date":
            start, _, end = (part.value or "").partition("/")
            before = brief_settings().dates["until"].format(end=worded_deadline(end)) if end else ""
            known = {worded_bounds(start or None, end or None), before, worded_deadline(end) if end else ""}
            return part.text in known
        case _:
            settings = brief_settings()
            return part.text in {settings.labels.get(part.value or ""), settings.fields.get(part.value or "")}


def _covers(other: Cite, cite: Cite) -> bool:
    return (other.page, other.layer) == (cite.page, cite.layer) and other.start <= cite.start and cite.end <= other.end


def main() -> None:
    """Print how many sentences a brief of the folders has, and what of them does not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--since", default="2015-01-01")
    parser.add_argument("--until", default="2026-12-31")
    parser.add_argument("--topic", action="append", default=[])
    parser.add_argument("--print", action="store_true", dest="shown")
    options = parser.parse_args()
    read = list(read_records(options.folders))
    scope = Scope(day=options.until, since=options.since, until=options.until, topic=tuple(options.topic), ai=False)
    books = Shelf(shelve(read), facets_of)
    brief = write_brief(books, scope)
    for section in brief.sections:
        cited = sum(len(item.sentence.cites) for item in section.items)
        print(f"{section.heading}: {len(section.items)} sentences, {cited} cites, {section.left_out} left out")
        for item in section.items if options.shown else ():
            print(f"  {item.note.number} {item.sentence.text}")
    found = list(faults(brief, {page.doc_id: page for page, _ in read}, books))
    print(f"{len(found)} faults", *found, sep="\n")


if __name__ == "__main__":
    main()
