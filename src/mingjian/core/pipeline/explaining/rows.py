"""The rows of lexicons that a fact, or a name in it, rests on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from mingjian.core.model.explanation import Row
from mingjian.core.model.facts import Fact
from mingjian.core.pipeline.explaining.source import Source
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.rulebook import Entry
from mingjian.core.rulebook.headers import header_of
from mingjian.core.text.lexicon_matching import LexiconHit


def rows_for(fact: Fact, source: Source) -> tuple[Row, ...]:
    """The rows of the fact itself, then of the names that its parts hold, each once."""
    pairs = [pair for pairs in fact.parts.values() for pair in pairs]
    named = {source.named[pair].id for pair in pairs if pair in source.named}
    facts = [other for other in chain(*fact_kinds(source.record).values()) if other.id in named - {fact.id}]
    rows: dict[tuple[str, str], Row] = {}
    for one in (fact, *facts):
        for found_as, entry in _found(one, source):
            rows.setdefault((entry.lexicon, entry.id), _row(found_as, entry, source))
    return tuple(rows.values())


def entries_of(fact: Fact, source: Source) -> Iterator[Entry]:
    """The rows that the fact itself rests on."""
    yield from (entry for _, entry in _found(fact, source))


def _row(found_as: str, entry: Entry, source: Source) -> Row:
    home = source.book.lexicons.get(entry.home or entry.lexicon)
    key = entry.fields.get("source", "")
    sources = header_of(home).sources if home else {}
    told = "; ".join(sources[part] for part in key.replace("+", "|").split("|") if part in sources)
    return Row(entry.home or entry.lexicon, entry.id, entry.name, found_as, key, told)


def _found(fact: Fact, source: Source) -> Iterator[tuple[str, Entry]]:
    """Rows that were found in the fact's words and are what it says, else the row that it names as its entity."""
    entity = getattr(fact, "entity", None) or ""
    told = False
    for hit in _hits(fact, source):
        for entry in hit.entries:
            if _is_said(entry, fact, entity):
                told = True
                yield hit.surface, entry
    lexicon, _, row = entity.partition(":")
    if not told and lexicon in source.book.lexicons:
        for entry in source.book.lexicons[lexicon].entries:
            if entry.id == row:
                yield fact.evidence.text, entry


def _is_said(entry: Entry, fact: Fact, entity: str) -> bool:
    if entity:
        return entity in (entry.id, f"{entry.lexicon}:{entry.id}", f"{entry.home}:{entry.id}")
    if entry.by == fact.by:
        return True
    return any(entry.name == getattr(fact, name) for name in fact.__struct_fields__)


def _hits(fact: Fact, source: Source) -> Iterator[LexiconHit]:
    """The names of lexicons that fill a place which names the fact, or stand in its evidence where nothing names it."""
    places = {source.at(pair) for pair in getattr(fact, "mentions", ())}
    low, high = source.at(fact.evidence.pair)
    for hits in source.found.lexicons.values():
        for hit in hits:
            if (hit.start, hit.end) in places or (not places and low <= hit.start and hit.end <= high):
                yield hit
