"""Passwords: hashed with argon2id, and refused where they are among those that are tried first."""

from __future__ import annotations

import threading
from functools import cache, cached_property
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mingjian.core.access.names import normal_password


class Passwords:
    """Hashes passwords, a few at a time, since each takes much memory on purpose."""

    def __init__(self, at_once: int = 2, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = threading.BoundedSemaphore(at_once)

    def hash(self, password: str) -> str:
        """What is kept of a password."""
        with self._turns:
            return self._hasher.hash(normal_password(password))

    def match(self, password: str, kept: str | None) -> bool:
        """Whether this is the password; with nothing kept it takes as long, and it is not.

        So how long an answer takes does not tell whether there is such a user.
        """
        with self._turns:
            try:
                self._hasher.verify(self._of_nobody if kept is None else kept, normal_password(password))
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_dated(self, kept: str) -> bool:
        """Whether it was hashed with less effort than is spent today."""
        return self._hasher.check_needs_rehash(kept)

    @cached_property
    def _of_nobody(self) -> str:
        return self._hasher.hash("nobody has this password")


@cache
def worst_passwords() -> frozenset[str]:
    """Passwords that are tried first, case-folded; those that are too short anyway are not among them."""
    text = (files(__package__) / "worst_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line.strip().casefold() for line in text.splitlines() if line and not line.startswith("#"))
