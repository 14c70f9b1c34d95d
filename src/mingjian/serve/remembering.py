"""Lists that cost much to make, kept for the next request: each is made once, however many ask for it at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
_LISTS = 256
_TOGETHER = 120_000


class Remembered:
    """The lists that were asked for last: so many, and so many entries together, at most."""

    def __init__(self, lists: int = _LISTS, together: int = _TOGETHER) -> None:
        self._lists = lists
        self._together = together
        self._lock = threading.Lock()
        self._kept: dict[Hashable, list[Any]] = {}
        self._making: dict[Hashable, threading.Lock] = {}

    def of(self, key: Hashable, make: Callable[[], list[T]], most: int) -> list[T]:
        """The list of a key, as it was made before or made now; one that is longer than ``most`` is not kept."""
        kept = self._look(key)
        if kept is not None:
            return kept
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:  # whoever comes meanwhile waits, and finds it
            kept = self._look(key)
            if kept is None:
                kept = self._make(key, make, most)
        return kept

    def _make(self, key: Hashable, make: Callable[[], list[T]], most: int) -> list[T]:
        try:
            made = make()
            if len(made) <= most:
                self._keep(key, made)
            return made
        finally:
            with self._lock:
                self._making.pop(key, None)

    def _look(self, key: Hashable) -> list[Any] | None:
        """The list where it is kept; it is the last to be let go from now on."""
        with self._lock:
            kept = self._kept.pop(key, None)
            if kept is not None:
                self._kept[key] = kept
            return kept

    def _keep(self, key: Hashable, made: list[Any]) -> None:
        with self._lock:
            self._kept[key] = made
            total = sum(map(len, self._kept.values()))
            while len(self._kept) > 1 and (len(self._kept) > self._lists or total > self._together):
                total -= len(self._kept.pop(next(iter(self._kept))))
