"""What a page that is itself a record says of itself: its fields, and the metadata that they state."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone

import msgspec

from mingjian.core.clean.layout import Layout
from mingjian.core.clean.listed import known_names, values_of
from mingjian.core.clean.records import Field, PageRecord, address_of, headline_of
from mingjian.core.model.article import CarriedField, Metadata
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.sentences import trim

# A form of writing: year, month and day, then perhaps the time of day.
_MOMENT = re.compile(
    r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]{1,3}(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2}))?)?"
)
_CHINA = timezone(timedelta(hours=8))
_BETWEEN_NAMES = re.compile(r"[、,，;；/|\s]+")
_LONGEST_NAME = 40


def with_fields(layout: Layout, metadata: Metadata, book: Rulebook) -> Metadata:
    """The metadata with what the fields of the page state: they come before anything that the article lets guess."""
    record = layout.record
    if record is None:
        return metadata
    labels = record.labels
    own = record.article.value
    return msgspec.structs.replace(
        metadata,
        title=_title(layout, record, metadata.title),
        url=_url(layout, record, metadata.url),
        source=_named(layout, record.first(labels.source)) or _kept(metadata.source, own, "no-source-in-page"),
        published=_time(layout, record.first(labels.published)) or _kept(metadata.published, own, "no-date-in-page"),
        authors=_people(layout, record.first(labels.authors)) or tuple(_inside(metadata.authors, own)),
        editors=tuple(_inside(metadata.editors, own)),
        publisher=_kept(metadata.publisher, own, "no-publisher-in-page"),
        carried=tuple(_carried(layout, field, book) for field in record.carried()),
    )


def _carried(layout: Layout, field: Field, book: Rulebook) -> CarriedField:
    """The field as the page carries it, a list parted into its values."""
    places: tuple[Pair, ...] = (field.value,)
    if field.name in layout.limits.record.lists:
        places = values_of(layout.folded, field.value, known_names(book)) or places
    values = tuple(cite(layout.text, *place) for place in places)
    return CarriedField(field.name, cite(layout.text, *field.value), values, "carried.record-field")


def _title(layout: Layout, record: PageRecord, found: Outcome[str]) -> Outcome[str]:
    field = record.first(record.labels.title)
    if field is None:
        return found
    span = cite(layout.text, *headline_of(layout.text, field))
    return Cited(span.text, span, "title.record-field")


def _url(layout: Layout, record: PageRecord, found: Outcome[str]) -> Outcome[str]:
    field = record.first(record.labels.url)
    if field is None:
        return found
    span = cite(layout.text, *address_of(layout.text, field))
    return Cited(span.text, span, "url.record-field")


def _kept(found: Outcome[str], own: Pair, reason: str) -> Outcome[str]:
    """The value if it rests on the article or on another layer of the page, and not on the words of a field."""
    if isinstance(found, Missing) or (isinstance(found, Cited) and _lies_inside(found, own)):
        return found
    return Missing(reason)


def _inside(found: Iterable[Cited[str]], own: Pair) -> Iterable[Cited[str]]:
    return (item for item in found if _lies_inside(item, own))


def _lies_inside(found: Cited[str], own: Pair) -> bool:
    span = found.evidence
    return span.layer != "text" or own[0] <= span.start < own[1] or found.by == "publisher.host"


def _named(layout: Layout, field: Field | None) -> Cited[str] | None:
    if field is None or field.value[1] - field.value[0] > _LONGEST_NAME:
        return None
    value = layout.printed(*field.value)
    if "\n" in value or not any(mark.isalpha() for mark in value):
        return None
    return Cited(value, cite(layout.text, *field.value), "source.record-field")


def _people(layout: Layout, field: Field | None) -> tuple[Cited[str], ...]:
    if field is None:
        return ()
    start, end = field.value
    names: list[Cited[str]] = []
    for found in (*_BETWEEN_NAMES.finditer(layout.text, start, end), None):
        pair = trim(layout.text, start, found.start() if found else end)
        if pair[0] < pair[1] <= pair[0] + _LONGEST_NAME:
            names.append(Cited(layout.printed(*pair), cite(layout.text, *pair), "author.record-field"))
        start = found.end() if found else end
    return tuple(names)


def _time(layout: Layout, field: Field | None) -> Cited[str] | None:
    """The moment that the field states, in China's time."""
    found = _MOMENT.search(layout.folded, *field.value) if field is not None else None
    if found is None:
        return None
    hour, second = found.group(4), found.group(6)
    year, month, day, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    try:
        moment = datetime(year, month, day, hours, minutes, seconds, tzinfo=_CHINA)
    except ValueError:
        return None
    span = cite(layout.text, found.start(), found.end())
    if hour is None:
        return Cited(moment.date().isoformat(), span, "published.record-field", (), "day")
    return Cited(moment.isoformat(), span, "published.record-field", (), "minute" if second is None else "second")
