"""What the markup declares, for values that the text of the page does not give.

Words that readers see come first: a template's ``meta`` is often stale. What is declared cites the ``html`` layer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

import msgspec

from mingjian.core.clean.names import surnames_of
from mingjian.core.clean.publishers import WEAK
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
_WEAK = frozenset(
    {
        "metadata.site-owner",
        "metadata.site-owner-behind",
        "metadata.site-follow",
        "metadata.site-carries",
        "metadata.handle",
    }
)
_LONGEST_PEN = 12
_LEAST = 2
_FIRST_LINES = 300
_MIDNIGHT = "00:00"
_EPOCH_DIGITS = (10, 13)


def complete(page: Page, metadata: Metadata, book: Rulebook) -> Metadata:
    """The metadata with publish time, publisher, source and authors from the markup where the text gives none."""
    if not page.declarations:
        return metadata
    names: dict[str, Sequence[str]] = book.tables["cleaning"]["declared"]
    by_name = {declaration.name.lower(): declaration for declaration in reversed(page.declarations)}
    told = {field: [by_name[name] for name in listed if name in by_name] for field, listed in names.items()}
    return msgspec.structs.replace(
        metadata,
        published=_published(metadata.published, told["published"]),
        publisher=_publisher(metadata.publisher, told["publisher"]),
        source=_either(metadata.source, (_name(item, "declared.source") for item in told["source"])),
        authors=metadata.authors or _authors(page, told["authors"], metadata, book),
    )


def _either(found: Outcome[str], declared: Iterable[Cited[str] | None]) -> Outcome[str]:
    if not isinstance(found, Missing):
        return found
    return next((item for item in declared if item is not None), found)


def _publisher(found: Outcome[str], declared: Sequence[Declaration]) -> Outcome[str]:
    """What the text says; the declared name where that is no more than an owner, a notice or an advertisement."""
    names = [name for name in (_name(item, "declared.publisher") for item in declared) if name is not None]
    if names and (not isinstance(found, Cited) or found.by in WEAK):
        return names[0]
    return found


def _published(found: Outcome[str], declared: Sequence[Declaration]) -> Outcome[str]:
    """What the text says, with the declared time of the same day where it names only the day; else what is declared."""
    times = [time for time in map(_time, declared) if time is not None]
    if not isinstance(found, Cited):
        return times[0] if times else found
    for time in times if found.precision == "day" else ():
        day, mark, clock = time.value.partition("T")
        if mark and day == found.value and not clock.startswith(_MIDNIGHT):
            return msgspec.structs.replace(time, support=(found.evidence, *found.support))
    return found


def _authors(page: Page, declared: Sequence[Declaration], metadata: Metadata, book: Rulebook) -> tuple[Cited[str], ...]:
    """The declared author if it is a person: templates also put a department, the site or the editor there.

    A name without a known surname is believed where the page shows it as a line of its own, or in an element named
    after the author.
    """
    editors = {fold(editor.value) for editor in metadata.editors}
    surnames, cues = surnames_of(book), book.cues("metadata")
    lines = {line.strip() for line in page.text.split("\n", _FIRST_LINES)[:_FIRST_LINES]}
    marked = re.compile(book.tables["cleaning"]["words"]["author_mark"])
    of_author = {marks for marks in {run.marks for run in page.stretches} if marked.search(marks)}
    lines.update(page.text[run.start : run.end].strip() for run in page.stretches if run.marks in of_author)
    for item in declared:
        cited = _name(item, "declared.author")
        plain = fold(cited.value) if cited is not None else ""
        if cited is None or plain in editors or _is_nobody(plain, cues):
            continue
        if _is_person(plain, surnames) or (_LEAST <= len(plain) <= _LONGEST_PEN and cited.value in lines):
            return (cited,)
        if cues["western-name"].fullmatch(plain) and not cues["no-person"].search(plain):
            return (cited,)
    return ()


def _is_nobody(plain: str, cues: Mapping[str, re.Pattern[str]]) -> bool:
    return cues["no-author"].search(plain) is not None or cues["office"].search(plain) is not None


def _is_person(plain: str, surnames: frozenset[str]) -> bool:
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
        return _epoch(declaration)
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


def _epoch(declaration: Declaration) -> Cited[str] | None:
    """The time that the declaration counts in seconds or milliseconds since 1970."""
    written = declaration.value.strip()
    if not written.isdigit() or len(written) not in _EPOCH_DIGITS:
        return None
    moment = datetime.fromtimestamp(int(written[: min(_EPOCH_DIGITS)]), _CHINA)
    return Cited(moment.isoformat(), declaration.evidence, "declared.epoch", (), "second")


def _offset(written: str) -> timezone:
    if written == "Z":
        return UTC
    digits = written[1:].replace(":", "")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-length if written[0] == "-" else length)
