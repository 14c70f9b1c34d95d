"""Access to a workspace: the file of users with the settings and the clock, as the gate and the handlers use it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import msgspec
from litestar import Request

from mingjian.core.access.accounts import Session, Token
from mingjian.core.access.auditing import AuditLine, Deed
from mingjian.errors import AccessError, StoreError
from mingjian.serve.access.asking import Asker, asker_of
from mingjian.serve.access.noting import NOTED
from mingjian.serve.access.passwords import Passwords
from mingjian.serve.access.settings import AccessSettings
from mingjian.store.access import ACCESS_DATABASE, AccessDatabase
from mingjian.store.access.audit import add_line, audit_lines, check_audit
from mingjian.store.access.sessions import find_session, mark_seen
from mingjian.store.access.tokens import find_token_by_secret, mark_used
from mingjian.store.access.users import count_users

Clock = Callable[[], float]
_log = logging.getLogger("mingjian.serve.access")


class Access:
    """Who may use a workspace. ``log_in``, ``add_user`` and the like are functions over it, in modules of their own."""

    def __init__(
        self,
        database: AccessDatabase | None,
        settings: AccessSettings,
        *,
        passwords: Passwords | None = None,
        clock: Clock = time.time,
    ) -> None:
        self._database = database
        self.settings = settings
        self.passwords = passwords or Passwords(settings.logins_at_once)
        self._clock = clock
        self._marked: dict[tuple[str, int], int] = {}

    @classmethod
    def open(cls, folder: Path, settings: AccessSettings | None = None, *, write: bool = True) -> Self:
        """Access to the workspace in a folder; its file is made where there is none, unless it is only to be read.

        Raises ``StoreError`` where it cannot be used. Opened for reading alone, nobody can log in: sessions and tokens
        that there are can be used.
        """
        there = write or (folder / ACCESS_DATABASE).exists()
        return cls(AccessDatabase(folder, write=write) if there else None, settings or AccessSettings())

    @property
    def database(self) -> AccessDatabase:
        """The file; raises ``AccessError`` where a service that only reads found none."""
        if self._database is None:
            mend = "whoever runs it starts it once so that it may write, or with --anyone-may-read"
            raise AccessError("this service", "only reads, and there are no users", mend, status=503)
        return self._database

    @property
    def writes(self) -> bool:
        """Whether users can log in and be changed."""
        return self._database is not None and self._database.writes

    def now(self) -> int:
        """The second, since 1970."""
        return int(self._clock())

    def has_users(self) -> bool:
        """Whether anybody could log in, or was once able to."""
        if self._database is None:
            return False
        with self._database.reading() as connection:
            return count_users(connection) > 0

    def session_of(self, secret: str) -> Session | None:
        """The session of a secret, where it stands."""
        if self._database is None:
            return None
        with self._database.reading() as connection:
            return find_session(connection, secret, self.now(), self.settings.lifetimes)

    def token_of(self, secret: str) -> Token | None:
        """The token of a secret, where it stands."""
        if self._database is None:
            return None
        with self._database.reading() as connection:
            return find_token_by_secret(connection, secret, self.now())

    def note(self, request: Request[Any, Any, Any], action: str, subject: str = "", detail: str = "") -> None:
        """Write down what somebody did by a request; call it once that is done, from a handler that may block.

        Of a request that changed something and of which no handler writes a line, the gate writes a plain one. What
        was done stands, and is answered so, where the line cannot be written, as on a full disk: the server's log has
        it then, and reviews, decisions, needs and jobs say themselves who made them.
        """
        request.scope["state"][NOTED] = True
        deed = asker_of(request).deed(action, subject, detail)
        try:
            self.note_deed(deed)
        except StoreError as error:
            log_unwritten(deed, error)

    def note_of(self, asker: Asker, action: str, subject: str = "", detail: str = "") -> None:
        """Write down what somebody did."""
        self.note_deed(asker.deed(action, subject, detail))

    def note_deed(self, deed: Deed) -> None:
        """Write down a deed. A service that only reads writes nothing."""
        if self.writes:
            with self.database.writing() as connection:
                add_line(connection, deed, self.now())

    def audit(self, most: int, before: int | None = None, action: str = "", who: str = "") -> list[AuditLine]:
        """The newest lines of the audit log before the line of a number, of actions that begin so, of one name."""
        with self.database.reading_long() as connection:
            return audit_lines(connection, most, before=before, action=action, who=who)

    def audit_problems(self) -> list[str]:
        """What shows that the audit log was tampered with."""
        with self.database.reading_long() as connection:
            return list(check_audit(connection))

    def should_mark(self, asker: Asker) -> bool:
        """Whether it is time to write down again that a session or token is in use; asked, it counts as written."""
        if asker.key is None or not self.writes:
            return False
        known, now = (asker.via, asker.key), self.now()
        if now - self._marked.get(known, 0) < self.settings.lifetimes.seen_again:
            return False
        if len(self._marked) > 10_000:
            self._marked.clear()
        self._marked[known] = now
        return True

    def mark(self, asker: Asker) -> None:
        """Write down that a session or token is in use; where the file is held by others, the next request does."""
        with _forgiven(), self.database.writing() as connection:
            if asker.key is not None:
                (mark_seen if asker.via == "session" else mark_used)(connection, asker.key, self.now())

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()


def log_unwritten(deed: Deed, error: Exception) -> None:
    """Tell the server's log of a deed that the audit log could not take."""
    _log.error("not audited", exc_info=error, extra=msgspec.structs.asdict(deed))


@contextmanager
def _forgiven() -> Iterator[None]:
    try:
        yield
    except StoreError:
        return
