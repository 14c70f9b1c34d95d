"""What is done once at the start, so that the first who ask need not wait for it."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable
from itertools import product

from mingjian.brief.wording import ledger_label
from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName
from mingjian.core.match.needs import read_need
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.parsing import parse_query
from mingjian.errors import MingjianError
from mingjian.serve.web.queries import Query
from mingjian.serve.web.rendering import load_templates
from mingjian.serve.web.views.home import fresh_of
from mingjian.serve.web.views.ledgers import shelves_of, surveyed
from mingjian.serve.web.views.targets import aimed
from mingjian.serve.workspace import Workspace

_WALKED: tuple[LedgerName, ...] = ("conflicts", "sources")
_YOUNG = 50_000
"""So many new objects before they are looked through: an answer makes some thousands, and few that form circles."""
_log = logging.getLogger("mingjian.serve")


def warm(workspace: Workspace) -> None:
    """Load the rules and look the state up; what everybody asks for first is made in a thread of its own."""
    bundled_rulebook()
    workspace.state()
    gc.collect()
    gc.freeze()  # the rules stay for good: they need not be looked through again and again
    gc.set_threshold(_YOUNG, 20, 20)
    threading.Thread(target=_prepare, args=(workspace,), name="warming", daemon=True).start()


def _prepare(workspace: Workspace) -> None:
    """Make what the first requests of each kind would wait for: what is asked for first comes first."""
    for step in _STEPS:
        try:
            step(workspace)
        except MingjianError as error:  # such as where there are no books yet
            _log.info("nothing to prepare yet", extra={"step": step.__name__, "why": str(error)})


def _templates(_workspace: Workspace) -> None:
    """Compile the templates: each costs the first page that needs it as much as ten pages."""
    load_templates()


def _counts(workspace: Workspace) -> None:
    """Count what every list and the first page show of all rows, among them statuses that only rows tell."""
    fresh_of(workspace)
    for ledger, everything in product(LEDGERS.values(), (True, False)):
        if ledger.every is None:
            surveyed(workspace, ledger, Question(everything=everything))
    for query in (Query("/targets"), Query("/targets", (("all", "1"),))):
        aimed(workspace, query)


def _walks(workspace: Workspace) -> None:
    """Look for what the books do not keep: conflicts, and what sources have of them."""
    for name, everything in product(_WALKED, (True, False)):
        surveyed(workspace, LEDGERS[name], Question(everything=everything))
    shelves_of(workspace)


def _words(_workspace: Workspace) -> None:
    """Make ready what reads the words of a search and of a need."""
    words = ledger_label("scenarios")
    parse_query(words, bundled_rulebook())
    read_need(words)


_STEPS: tuple[Callable[[Workspace], None], ...] = (_templates, _counts, _walks, _words)
