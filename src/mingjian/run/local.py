"""One page after another in this process."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.core.ports import NO_ENGINES, Engines
from mingjian.core.rulebook import Rulebook
from mingjian.errors import EngineError, RuleError


def extract_pages(
    pages: Iterable[Page | Failure], book: Rulebook | None = None, engines: Engines = NO_ENGINES
) -> Iterator[tuple[Page, Record] | Failure]:
    """For every page its record, or a failure row that says which page, at which stage and why.

    A rule file that lacks something is no page's fault: ``RuleError`` ends the run. An engine that does not answer for
    one page may answer for the next: that page is a failure of the stage ``engine``.
    """
    for page in pages:
        yield page if isinstance(page, Failure) else extract_one(page, book, engines)


def extract_one(page: Page, book: Rulebook | None, engines: Engines) -> tuple[Page, Record] | Failure:
    """The page and its record, or why it has none; raises ``RuleError`` alone."""
    try:
        return page, extract(page, book, engines)
    except RuleError:
        raise
    except EngineError as error:
        return Failure(page.doc_id, "engine", f"{error.engine}: {error.problem}", error.mend)
    except Exception as error:  # noqa: BLE001 - a fault in one rule must not lose the other pages of a run
        place = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}: {error} (in {place.name}, line {place.lineno})"
        return Failure(
            page.doc_id, "extract", reason, "please report it with this page; the other pages are not affected"
        )
