"""What must count at once or stay bounded: changes by other programs, many sessions and tokens, a disk that is full."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from litestar import Litestar
from tests.unit.serve.access.asking import TERMINAL, Service, client_of, token_of

from mingjian.errors import FullError
from mingjian.serve.access import tokens
from mingjian.serve.access.service import Access
from mingjian.serve.access.settings import AccessSettings
from mingjian.serve.access.users import change_role, disable_user, end_sessions_of, reset_password, user_called
from mingjian.store.access import AccessDatabase
from mingjian.store.access import sessions as kept_sessions

CHANGES: dict[str, Callable[[Access, int], object]] = {
    "role": lambda access, number: change_role(access, TERMINAL, number, "reader"),
    "disabled": lambda access, number: disable_user(access, TERMINAL, number, disabled=True),
    "password": lambda access, number: reset_password(access, TERMINAL, number, "nine paper kites"),
    "sessions": lambda access, number: end_sessions_of(access, TERMINAL, number),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_another_program_changes_counts_at_the_next_request(app: Litestar, tmp_path: Path, change: str) -> None:
    """As `mingjian users` does while the service runs: sessions and tokens, for web, REST and MCP alike."""
    browser, program = client_of(app, "rex"), client_of(app)
    bearer = {"Authorization": f"Bearer {token_of(app, 'rex', 'read', 'review')}"}
    assert browser.post("/review").status_code == 201
    assert program.post("/review", headers=bearer).status_code == 201
    with AccessDatabase(tmp_path) as database:
        other = Access(database, AccessSettings())
        CHANGES[change](other, user_called(other, "rex").number)
    told = [browser.post("/review").status_code, program.post("/review", headers=bearer).status_code]
    assert told == {"role": [403, 403], "sessions": [401, 201]}.get(change, [401, 401])
    assert browser.get("/read").status_code == (200 if change == "role" else 401)


def test_sessions_and_tokens_of_one_user_are_bounded(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_sessions, "MOST_SESSIONS", 3)
    monkeypatch.setattr(tokens, "MOST_TOKENS", 2)
    clients = [client_of(app, "rea") for _ in range(5)]
    assert [client.get("/read").status_code for client in clients] == [401, 401, 200, 200, 200]
    last = clients[-1]
    told = [last.post("/api/tokens", json={"name": f"t{n}", "scopes": ["read"]}) for n in range(3)]
    assert [answer.status_code for answer in told] == [201, 201, 409]
    assert last.delete(f"/api/tokens/{told[0].json()['number']}").status_code == 204
    assert last.post("/api/tokens", json={"name": "t4", "scopes": ["read"]}).status_code == 201


def test_a_full_disk_is_told_and_nothing_is_half_kept(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    app, access = service()
    ada, rex = client_of(app, "ada"), client_of(app, "rex")
    with access.database.writing() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
    writer = access.database._writer
    assert writer is not None
    writer.execute(f"PRAGMA max_page_count = {pages}")  # SQLite says of it what it says of a full disk
    new = {"name": "n" * 40, "role": "reader", "password": "nine paper kites"}
    told = [ada.post("/api/users", json={**new, "name": f"{n}{'n' * 50}"}) for n in range(60)]
    full = [answer for answer in told if answer.status_code == 507]
    assert full
    assert full[0].headers["content-type"] == "application/problem+json"
    assert "make room" in full[0].json()["mend"]
    assert len(ada.get("/api/users").json()) == 3 + sum(answer.status_code == 201 for answer in told)
    while access.audit(1)[0].number < 10_000:  # until not even a line fits
        try:
            access.note_of(TERMINAL, "x")
        except FullError:
            break
    assert rex.post("/review").status_code == 201  # what was done stands, and is answered so
    assert "not audited" in caplog.text
    assert rex.get("/read").status_code == 200
    assert access.audit_problems() == []
    writer.execute(f"PRAGMA max_page_count = {pages + 1_000}")
    assert ada.post("/api/users", json=new).status_code == 201
