"""Turns: so many requests of one user or address run at a time, so that nobody's many keep others waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from mingjian.core.access.addresses import client_key
from mingjian.errors import AccessError
from mingjian.serve.access.asking import Asker


class Turns:
    """Gives turns; only those who ask just now are kept."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._turns: dict[str, asyncio.Semaphore] = {}
        self._asking: dict[str, int] = {}

    def __len__(self) -> int:
        """How many users and addresses are kept."""
        return len(self._turns)

    @asynccontextmanager
    async def of(self, asker: Asker) -> AsyncIterator[None]:
        """A turn of who asks, when one is free; ``AccessError`` (429) where very many wait for theirs already."""
        key = client_key(asker.address) if asker.number is None else f"user {asker.number}"
        asking = self._asking.get(key, 0)
        if asking >= self._at_once + self._waiting:
            mend = "wait for the answers to those that were sent"
            raise AccessError("requests", "too many of yours wait already", mend, status=429, seconds=1)
        self._asking[key] = asking + 1
        try:
            async with self._turns.setdefault(key, asyncio.Semaphore(self._at_once)):
                yield
        finally:
            self._asking[key] -= 1
            if not self._asking[key]:
                del self._asking[key], self._turns[key]
