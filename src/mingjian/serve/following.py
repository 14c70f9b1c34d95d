"""Links, search and books are brought up to date while the service runs: by a program of its own, beside requests."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from pathlib import Path

from mingjian.errors import BusyError
from mingjian.serve.workspace import Workspace
from mingjian.store.lock import WriterLock

_log = logging.getLogger("mingjian.serve")
_EVERY = 2.0
_SLOWER = 30.0


class Follower:
    """Looks every two seconds whether anything is behind, and starts ``mingjian follow`` where nobody else writes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._ends = threading.Event()
        self._called = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Begin looking."""
        self._thread.start()

    def look_now(self) -> None:
        """Look at once: something was just written."""
        self._called.set()

    def stop(self) -> None:
        """End, and end the program that was started; what it has done is kept."""
        self._ends.set()
        self._called.set()
        child = self._child
        if child is not None and child.poll() is None:
            child.terminate()
        if self._thread.is_alive():
            self._thread.join(timeout=_SLOWER)

    def _run(self) -> None:
        wait = _EVERY
        while not self._ends.is_set():
            self._called.wait(wait)
            self._called.clear()
            if self._ends.is_set():
                return
            wait = _EVERY if self._follow() else _SLOWER

    def _follow(self) -> bool:
        """Whether all went well, be it that there was nothing to do."""
        try:
            if not self._workspace.corpus.behind() or is_written(self._workspace.folder):
                return True
            return self._run_child()
        except Exception:  # noqa: BLE001 - whatever it was, the service goes on, and the next look may do better
            _log.exception("following failed")
            return False

    def _run_child(self) -> bool:
        command = [sys.executable, "-m", "mingjian", "follow", "--workspace", str(self._workspace.folder)]
        self._child = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        _, said = self._child.communicate()
        self._workspace.look_again()
        if self._child.returncode and not self._ends.is_set():
            _log.warning("following failed", extra={"said": said.decode(errors="replace")[-2000:]})
            return False
        return True


def is_written(folder: Path) -> bool:
    """Whether another program writes just now: it will bring all up to date itself."""
    try:
        WriterLock(folder).release()
    except BusyError:
        return True
    return False
