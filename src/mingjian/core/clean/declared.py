"""What the markup declares, for values that the text of the page does not give.

Words that readers see come first: a template's ``meta`` is often stale. What is declared cites the ``html`` layer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone

import msgspec

from mingjian.core.clean.names import surnames_of
from mingjian.core.model.article import Metadata
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.page import Declaration, Page
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.folding import fold

# A form of writing: year, month and day, then perhaps the time of day and its offset from UTC.
_WRITTEN = re.compile(
    r"(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[T\s]{1,3}(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d{1,9})?\s?(Z|[+-][01]\d:?[0-5]\d)?)?"
)
_CHINA = timezone(timedelta(hours=8))
_LONGEST_NAME = 40


def complete(page: Page, metadata: Metadata, book: Rulebook) -> Metadata:
    """The metadata with publish time, publisher, source and authors from the markup where the text gives none."""
    if not page.declarations:
        return metadata
    names: dict[str, Sequence[str]] = book.tables["cleaning"]["declared"]
    by_name = {declaration.name.lower(): declaration for declaration in reversed(page.declarations)}
    told = {field: [by_name[name] for name in listed if name in by_name] for field, listed in names.items()}
    return msgspec.structs.replace(
        metadata,
        published=_either(metadata.published, map(_time, told["published"])),
        publisher=_either(metadata.publisher, (_name(item, "declared.publisher") for item in told["publisher"])),
        source=_either(metadata.source, (_name(item, "declared.source") for item in told["source"])),
        authors=metadata.authors or _authors(told["authors"], surnames_of(book)),
    )


def _either(found: Outcome[str], declared: Iterable[Cited[str] | None]) -> Outcome[str]:
    if not isinstance(found, Missing):
        return found
    return next((item for item in declared if item is not None), found)


def _authors(declared: Sequence[Declaration], surnames: frozenset[str]) -> tuple[Cited[str], ...]:
    """The declared author if it is a person: templates also put a department or the site there."""
    cited = (_name(item, "declared.author") for item in declared)
    people = (item for item in cited if item is not None and _is_person(item.value, surnames))
    return tuple(people)[:1]


def _is_person(name: str, surnames: frozenset[str]) -> bool:
    plain = fold(name)
    return 2 <= len(plain) <= 4 and (plain[0] in surnames or plain[:2] in surnames) and not plain.isascii()


def _name(declaration: Declaration, method: str) -> Cited[str] | None:
    """The declared name, unless it is an address, a number or longer than a name."""
    value = declaration.value.strip()
    if not value or len(value) > _LONGEST_NAME or "://" in value or not any(mark.isalpha() for mark in value):
        return None
    return Cited(value, declaration.evidence, method)


def _time(declaration: Declaration) -> Cited[str] | None:
    """The declared time in China's time: an offset from UTC is believed, and without one it is +08:00."""
    found = _WRITTEN.match(declaration.value.strip())
    if found is None:
        return None
    hour, second, offset = found.group(4, 6, 7)
    year, month, day, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:6])
    try:
        moment = datetime(year, month, day, hours, minutes, seconds, tzinfo=_CHINA)
    except ValueError:
        return None
    if hour is None:
        return Cited(moment.date().isoformat(), declaration.evidence, "declared.published", (), "day")
    if offset:
        moment = moment.replace(tzinfo=_offset(offset)).astimezone(_CHINA)
    precision = "minute" if second is None else "second"
    return Cited(moment.isoformat(), declaration.evidence, "declared.published", (), precision)


def _offset(written: str) -> timezone:
    if written == "Z":
        return UTC
    digits = written[1:].replace(":", "")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-length if written[0] == "-" else length)
