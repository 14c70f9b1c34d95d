"""The fields of the three indexes, and how documents are laid into them.

Every kind of document has an index of its own, because tantivy takes the mean length and the rarity of words over all
documents of an index: among facts of one sentence each a page would count as long, and its words as rare.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import tantivy

from mingjian.core.search.documents import EntityName, FactDocument, Names, PageDocument, Published
from mingjian.core.search.tokens import all_marked, compact, grams, pairs, searchable, units

PARTS = ("pages", "facts", "entities")
NAME_FIELDS = Names.__struct_fields__
LEAD = 120
"""Characters of the body that with the title are the lead, where news says what it is about: its grams count twice."""

OPENING = 12
"""Characters of the title that are the lead of a page without a body."""

REPEATS = 3
"""How often each gram is written: the frequency saturates as with k1 = 1.2 / 3, which tantivy does not let one set."""

_NEAR = 64
_ID_BITS = 35  # of a page's id, behind its minute
_MINUTE_BITS = 28  # from the year 1714 to 2225
_ID_DIGITS = 16
_HEX = frozenset("0123456789abcdef")


@cache
def schema_of(part: str) -> tantivy.Schema:
    """The schema of one index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name="units", index_option="position")
    builder.add_text_field("grams", tokenizer_name="units", index_option="freq")
    if part == "entities":
        _add_entity_fields(builder)
    else:
        _add_page_fields(builder)
    return builder.build()


def _add_entity_fields(builder: tantivy.SchemaBuilder) -> None:
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("type", tokenizer_name="raw", index_option="basic")
    for name in ("key", "name", "canonical"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")


def _add_page_fields(builder: tantivy.SchemaBuilder) -> None:
    """The fields of pages and facts."""
    for name in NAME_FIELDS:
        builder.add_text_field(f"{name}_names", tokenizer_name="units", index_option="position")
    for name in ("type", "site"):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("code", "amount", "entity"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("page", "folded"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("year", "deadline", "first", "last", "ordinal", "newest", "fact"):
        builder.add_integer_field(name, fast=True)


def page_fields(document: PageDocument) -> dict[str, Any]:
    """The page as its index takes it."""
    title, body = compact(searchable(document.title)), compact(searchable(document.body))
    whole = f"{title}\n{body}"
    fields = _common(document)
    lead = f"{title}\n{body[:LEAD]}" if body else title[:OPENING]
    fields |= {**_written(whole, lead), "ordinal": -1, "fact": 0}
    fields |= {"type": list(document.types), "code": list(_code_terms(document.codes))}
    fields["entity"] = list(dict.fromkeys(entity.key for entity in document.entities))
    return fields


def fact_fields(document: FactDocument) -> dict[str, Any]:
    """The fact as its index takes it."""
    told = (document.words, *document.names.metric, *document.names.org, *document.names.region)
    whole = compact(searchable("。".join(dict.fromkeys(told))))
    fields = _common(document)
    fields |= {**_written(whole), "ordinal": document.ordinal, "fact": id_as_number(document.id)}
    fields |= {"type": [document.kind], "code": list(_code_terms(document.codes))}
    fields |= {"deadline": list(document.deadlines), "amount": list(document.amounts)}
    return fields


def entity_fields(entity: EntityName) -> dict[str, Any]:
    """The name of an entity as its index takes it."""
    whole = compact(searchable("。".join(dict.fromkeys((entity.name, entity.canonical or "")))))
    fields = {"id": entity_id(entity), "type": entity.kind, "key": entity.key, "name": entity.name}
    if entity.canonical:
        fields["canonical"] = entity.canonical
    return fields | _written(whole)


def entity_id(entity: EntityName) -> str:
    """What tells one name of one entity from all others."""
    return "\t".join((entity.key, entity.name, entity.canonical or ""))


def id_as_number(fact: str) -> int:
    """The id of a fact as a number of 64 bits, 0 for one that is no such number.

    >>> id_as_number("ff00000000000001"), number_as_id(id_as_number("ff00000000000001"))
    (-72057594037927935, 'ff00000000000001')
    """
    if len(fact) != _ID_DIGITS or not set(fact) <= _HEX:
        return 0
    number = int(fact, 16)
    return number - (1 << 64) if number >> 63 else number


def number_as_id(number: int) -> str:
    """The id of the fact; empty where the number stands for none."""
    return f"{number % (1 << 64):0{_ID_DIGITS}x}" if number else ""


def days_as_number(day: str) -> int:
    """An ISO day as a number in the same order."""
    return int(day.replace("-", ""))


def _common(document: PageDocument | FactDocument) -> dict[str, Any]:
    """What pages and facts have alike."""
    version, names = document.version, document.names
    fields: dict[str, Any] = {"page": version.page, "folded": int(version.folded), "year": list(document.years)}
    fields |= {"newest": place_in_order(version.id, document.published.last_minute), **_days(document.published)}
    for name in NAME_FIELDS:
        values = getattr(names, name)
        if values:
            fields[f"{name}_names"] = list(map(_spelled, values))
    if names.source:
        fields["site"] = names.source[0]
    return fields


@lru_cache(maxsize=4096)
def _spelled(name: str) -> str:
    """The units of a name; all facts of a page repeat those of its title and source."""
    return " ".join(units(compact(searchable(name))))


def place_in_order(page_id: str, minute: int | None) -> int:
    """A number of 64 bits that is the greater the newer the page; of one minute, the greater the smaller its id.

    Pages without a date stand below all others.

    >>> place_in_order("1f", 2) > place_in_order("2f", 2) > place_in_order("00", 1) > place_in_order("00", None)
    True
    """
    digits = int(page_id[:_ID_DIGITS].ljust(_ID_DIGITS, "0"), 16)
    if minute is None:
        return -1 - (digits >> 2)
    at = min(max(0, minute + (1 << _MINUTE_BITS - 1)), (1 << _MINUTE_BITS) - 1)
    return (at + 1 << _ID_BITS) - 1 - (digits >> 4 * _ID_DIGITS - _ID_BITS)


def _days(published: Published) -> dict[str, int]:
    if not published.first_day or not published.last_day:
        return {}
    return {"first": days_as_number(published.first_day), "last": days_as_number(published.last_day)}


def _code_terms(codes: Iterable[str]) -> Iterable[str]:
    """Each code, and those of the places that it lies in: a county's begins as its province's does."""
    found: dict[str, None] = {}
    for code in codes:
        found[code] = None
        if len(code) == 6 and code.isdigit():
            found[f"{code[:2]}0000"] = found[f"{code[:4]}00"] = None
    return found


def _written(whole: str, lead: str = "") -> dict[str, str]:
    """The units in order, and the grams, with those of the lead once more, each as often as it counts."""
    found = units(whole)
    counted = [*all_marked(found), *pairs(whole), *grams(lead)]
    # Repeated some at a time: the engine, which looks each of them up, then finds it where it just was.
    parts = (" ".join(counted[start : start + _NEAR]) for start in range(0, len(counted), _NEAR))
    return {"words": " ".join(found), "grams": " ".join([part for part in parts for _ in range(REPEATS)])}
