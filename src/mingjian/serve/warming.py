"""What is done once at the start, so that the first who ask need not wait for it."""

from __future__ import annotations

import gc
import logging
import threading
from itertools import product

from mingjian.core.ledger.asking import Question
from mingjian.core.ledger.ledgers import LEDGERS, LedgerName
from mingjian.core.rulebook import bundled_rulebook
from mingjian.errors import MingjianError
from mingjian.serve.web.views.ledgers import surveyed
from mingjian.serve.workspace import Workspace

_WALKED: tuple[LedgerName, ...] = ("policies", "conflicts", "sources")
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
    threading.Thread(target=_survey, args=(workspace,), name="warming", daemon=True).start()


def _survey(workspace: Workspace) -> None:
    """Look for what the books do not keep: conflicts, what sources have of them, and statuses that only rows tell."""
    try:
        for name, everything in product(_WALKED, (True, False)):
            surveyed(workspace, LEDGERS[name], Question(everything=everything))
    except MingjianError as error:  # such as where there are no books yet
        _log.info("nothing to survey yet", extra={"why": str(error)})
