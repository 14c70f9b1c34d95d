"""What takes too long for a request: made in a thread, and asked for again while it is made."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")
_REST = 10
"""After it was made it is not made again for so many times as long as that took."""
_log = logging.getLogger(__name__)


class Made(NamedTuple, Generic[T]):
    """What was made, nothing if it never was; and whether it is of what was asked about, or of a state before."""

    value: T | None
    fresh: bool


class _Kept(NamedTuple):
    key: Hashable
    value: Any
    until: float


class Later:
    """Keeps the last of each that was made; ``made`` counts how often that was another."""

    def __init__(self) -> None:
        self.made = 0
        self._lock = threading.Lock()
        self._kept: dict[Hashable, _Kept] = {}
        self._making: set[Hashable] = set()
        self._forgotten = 0

    def holds(self, name: Hashable) -> bool:
        """Whether anything was ever made under a name."""
        with self._lock:
            return name in self._kept

    def keep(self, name: Hashable, key: Hashable, value: object) -> None:
        """Keep what was made elsewhere, where nothing is there under the name."""
        with self._lock:
            self._kept.setdefault(name, _Kept(key, value, 0.0))

    def forget(self) -> None:
        """Keep nothing of what was made, nor of what is being made now."""
        with self._lock:
            self._kept.clear()
            self._forgotten += 1
            self.made += 1

    def ask(self, name: Hashable, key: Hashable, make: Callable[[], T]) -> Made[T]:
        """What is there under a name; where that is of another key, the making of a new one begins."""
        with self._lock:
            kept = self._kept.get(name)
            if kept is not None and kept.key == key:
                return Made(kept.value, fresh=True)
            if name not in self._making:
                self._making.add(name)
                rest = 0.0 if kept is None else kept.until - time.monotonic()
                work = (name, key, make, rest, self._forgotten)
                threading.Thread(target=self._make, args=work, daemon=True, name=f"later {name}").start()
            return Made(None if kept is None else kept.value, fresh=False)

    def _make(self, name: Hashable, key: Hashable, make: Callable[[], Any], rest: float, since: int) -> None:
        """Make it, when the rest is over: whoever holds what was there before asks no more until it is another."""
        if rest > 0:
            time.sleep(rest)
        began = time.monotonic()
        try:
            value = make()
        except Exception:  # noqa: BLE001 - whoever asked has long been answered: it is told in the log
            _log.exception("%s could not be made", name)
            with self._lock:
                self._making.discard(name)
            return
        ended = time.monotonic()
        with self._lock:
            self._making.discard(name)
            if since != self._forgotten:
                return
            self.made += 1
            self._kept[name] = _Kept(key, value, ended + _REST * (ended - began))
