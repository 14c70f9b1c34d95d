"""What the ``mingjian`` command starts, beside the package: to load that takes half a second, in which Ctrl-C is heard.

Workers import the module of the command that started them, so it must not load the package before it is run.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

INTERRUPTED = 130
_TOLD = b"mingjian: interrupted; nothing half-written is left\n"


def run() -> None:
    """Run the program; Ctrl-C ends it with one line and exit status 130, whenever it comes."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)
    from mingjian.cli.main import app  # here, for what is interrupted must be loading within this function

    try:
        app()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said


def hear_interrupts() -> None:
    """From here on Ctrl-C raises ``KeyboardInterrupt``, so that what was begun is put in order; called by commands."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _end(_number: int, _frame: FrameType | None) -> None:
    """Ends the process at once: nothing was begun, and an exception within an import may be swallowed or garbled."""
    os.write(2, _TOLD)
    os._exit(INTERRUPTED)
