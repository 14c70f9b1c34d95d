"""What two rule books make of the same pages, fact by fact: shared by the commands that try a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from mingjian.brief.wording import printable
from mingjian.cli.tables import lines_of, table_of
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.differences import Difference, differences
from mingjian.core.rulebook import Rulebook
from mingjian.run import extract_pages

SIGNS = {"appears": "+", "disappears": "-", "alters": "~"}
_SHOWN_WORDS = 12
_LONGEST = 60


class Tally(msgspec.Struct):
    """What has been counted so far: pages, those that change, failures, and changes by field and kind and words."""

    pages: int = 0
    changed: int = 0
    failures: list[Failure] = []
    facts: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    words: Counter[tuple[str, str, str]] = msgspec.field(default_factory=Counter)


class Compared(msgspec.Struct, frozen=True):
    """A page, the records that the two rule books make of it, and how they differ."""

    page: Page
    old: Record
    new: Record
    found: tuple[Difference, ...]


def compare_pages(pages: Iterable[Page | Failure], old: Rulebook, new: Rulebook, tally: Tally) -> Iterator[Compared]:
    """Every page of which both rule books make a record; the others are failures of the tally."""
    for page in pages:
        if isinstance(page, Failure):
            tally.failures.append(page)
            continue
        before, after = _record(page, old, tally), _record(page, new, tally)
        if before is not None and after is not None:
            compared = Compared(page, before, after, differences(before, after))
            _count(compared.found, tally)
            yield compared


def _record(page: Page, book: Rulebook, tally: Tally) -> Record | None:
    (result,) = extract_pages([page], book)
    if not isinstance(result, Failure):
        return result[1]
    if result not in tally.failures:
        tally.failures.append(result)
    return None


def _count(found: Sequence[Difference], tally: Tally) -> None:
    tally.pages += 1
    tally.changed += bool(found)
    tally.facts.update((one.field, one.kind) for one in found)
    tally.words.update((one.field, one.kind, short(one.words)) for one in found)


def change_lines(found: Sequence[Difference]) -> Iterator[str]:
    """The differences of one page as a table: sign, field, words, and what was said before and is said now."""
    rows = [(f"  {SIGNS[one.kind]} {one.field}", short(one.words), _said(one)) for one in found]
    yield from lines_of(table_of(("", "", ""), rows))


def _said(one: Difference) -> str:
    return "; ".join(f"{column or 'value'} {short(one.was[column])} → {short(one.now[column])}" for column in one.was)


def summary_lines(tally: Tally) -> Iterator[str]:
    """How many pages change, and by field and kind how many facts, the most frequent words first."""
    yield f"{tally.changed} of {tally.pages} pages change"
    by_words: dict[tuple[str, str], list[str]] = {}
    for (field, kind, words), count in sorted(tally.words.items(), key=lambda item: (-item[1], item[0])):
        by_words.setdefault((field, kind), []).append(f"{words} {count}")
    for (field, kind), count in sorted(tally.facts.items()):
        most = by_words[field, kind]
        more = " …" if len(most) > _SHOWN_WORDS else ""
        yield printable(f"  {SIGNS[kind]} {field:<16}{count}: {', '.join(most[:_SHOWN_WORDS])}{more}")


def page_object(compared: Compared, **more: object) -> dict[str, object]:
    """One page for programs."""
    page = compared.page
    return {"page": page.doc_id, "sha256": page.sha256, **more, "differences": compared.found}


def summary_object(tally: Tally) -> dict[str, Any]:
    """The counts for programs."""
    facts = [{"field": field, "kind": kind, "count": count} for (field, kind), count in sorted(tally.facts.items())]
    return {"pages": tally.pages, "changed": tally.changed, "failed": len(tally.failures), "facts": facts}


def short(words: str) -> str:
    """The words, cut where they are long."""
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
