"""The list of attacks in docs/how-to/serve-safely.md, each tried and refused."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from litestar import Litestar
from tests.unit.serve.access.asking import HERE, PASSWORDS, TERMINAL, Clock, Service, client_of, token_of

from mingjian.errors import AccessError
from mingjian.serve.access.asking import Asker
from mingjian.serve.access.logins import log_in
from mingjian.serve.access.passwords import Passwords
from mingjian.serve.access.turns import Turns
from mingjian.store.access.checking import check_access

EVIL = "http://evil.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": EVIL},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "http://127.0.0.1:9"},
        {"Origin": "https://127.0.0.1"},
        {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HERE, "Sec-Fetch-Site": "same-site"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_csrf_no_other_site_changes_anything(app: Litestar, headers: dict[str, str]) -> None:
    client = client_of(app, "rex")
    del client.headers["Origin"]
    assert client.post("/review", headers=headers).status_code == 403
    assert client.post("/review").status_code == 403
    assert client.post("/review", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201
    login = {"name": "rex", "password": PASSWORDS["rex"]}
    assert client_of(app).post("/api/session", json=login, headers=headers or {"Origin": EVIL}).status_code == 403


def test_csrf_a_token_is_no_cookie_and_needs_no_origin(app: Litestar) -> None:
    bearer = {"Authorization": f"Bearer {token_of(app, 'rex', 'read', 'review')}"}
    client = client_of(app)
    del client.headers["Origin"]
    assert client.post("/review", headers=bearer).status_code == 201


def test_csrf_a_wrong_token_does_not_hide_a_cookie(app: Litestar) -> None:
    client = client_of(app, "rex")
    for shown in ("Bearer mj_wrong", "bearer x", "Bearer", "Bearer "):
        assert client.post("/review", headers={"Authorization": shown}).status_code == 401, shown


def test_csrf_what_a_proxy_asks_for_is_no_way_round(app: Litestar) -> None:
    client, basic = client_of(app, "rex"), {"Authorization": "Basic cmV4OnJleA=="}
    assert client.post("/review", headers=basic).status_code == 201
    assert client.post("/review", headers={**basic, "Origin": EVIL}).status_code == 403
    assert client_of(app).post("/review", headers=basic).status_code == 401


@pytest.mark.parametrize(
    ("name", "method", "path", "body"),
    [
        ("rea", "GET", "/api/users", None),
        ("rea", "GET", "/api/users/1", None),
        ("rea", "GET", "/api/users/1/sessions", None),
        ("rea", "GET", "/api/audit", None),
        ("rea", "GET", "/api/audit/state", None),
        ("rea", "GET", "/api/tokens/all", None),
        ("rea", "PUT", "/api/users/1/password", {"password": "six violet trains"}),
        ("rea", "DELETE", "/api/users/1/sessions", None),
        ("rex", "POST", "/api/users", {"name": "eve", "role": "admin", "password": "six violet trains"}),
        ("rex", "PATCH", "/api/users/2", {"role": "admin"}),
        ("rex", "PATCH", "/api/users/1", {"disabled": True}),
    ],
)
def test_idor_what_is_for_admins_is_for_nobody_else(
    app: Litestar, name: str, method: str, path: str, body: dict[str, Any] | None
) -> None:
    assert client_of(app, name).request(method, path, json=body).status_code == 403
    assert client_of(app).request(method, path, json=body).status_code == 401
    roles = {user["name"]: (user["role"], user["disabled"]) for user in client_of(app, "ada").get("/api/users").json()}
    assert roles == {"ada": ("admin", False), "rex": ("reviewer", False), "rea": ("reader", False)}


def test_idor_nobody_sees_or_revokes_the_tokens_of_others(app: Litestar) -> None:
    bearer = {"Authorization": f"Bearer {token_of(app, 'rex', 'review')}"}
    rea = client_of(app, "rea")
    assert rea.get("/api/tokens").json() == []
    unknown, others = rea.delete("/api/tokens/99"), rea.delete("/api/tokens/1")
    assert (unknown.status_code, unknown.content) == (others.status_code, others.content) == (404, others.content)
    assert client_of(app).post("/review", headers=bearer).status_code == 201
    assert client_of(app, "ada").delete("/api/tokens/1").status_code == 204
    assert client_of(app).post("/review", headers=bearer).status_code == 401


@pytest.mark.parametrize("scopes", [["admin"], ["read", "review"], [], ["everything"]])
def test_a_token_never_may_more_than_its_user(app: Litestar, scopes: list[str]) -> None:
    answer = client_of(app, "rea").post("/api/tokens", json={"name": "program", "scopes": scopes})
    assert answer.status_code in (400, 422)


def test_a_token_makes_no_tokens_and_changes_no_passwords(app: Litestar) -> None:
    bearer = {"Authorization": f"Bearer {token_of(app, 'ada', 'read', 'review', 'admin')}"}
    client = client_of(app)
    assert client.get("/api/users", headers=bearer).status_code == 200
    made = client.post("/api/tokens", headers=bearer, json={"name": "more", "scopes": ["admin"]})
    change = {"old": PASSWORDS["ada"], "new": "six violet trains"}
    changed = client.put("/api/session/password", headers=bearer, json=change)
    assert (made.status_code, changed.status_code) == (403, 403)


def test_a_token_with_fewer_scopes_than_its_user(app: Litestar) -> None:
    bearer = {"Authorization": f"Bearer {token_of(app, 'ada', 'read')}"}
    client = client_of(app)
    assert client.get("/read", headers=bearer).status_code == 200
    assert [client.get(path, headers=bearer).status_code for path in ("/admin", "/api/users")] == [403, 403]
    assert client.post("/review", headers=bearer).status_code == 403


@pytest.mark.parametrize(
    ("scope", "statuses"), [("read", [200, 403, 403]), ("review", [200, 201, 403]), ("admin", [200, 201, 200])]
)
def test_a_scope_holds_those_before_it(app: Litestar, scope: str, statuses: list[int]) -> None:
    bearer = {"Authorization": f"Bearer {token_of(app, 'ada', scope)}"}
    client = client_of(app)
    told = [
        client.get("/read", headers=bearer),
        client.post("/review", headers=bearer),
        client.get("/admin", headers=bearer),
    ]
    assert [answer.status_code for answer in told] == statuses


def test_secrets_in_the_address_are_refused_and_not_logged(app: Litestar, caplog: pytest.LogCaptureFixture) -> None:
    secret = token_of(app, "rea", "read")
    session = next(iter(client_of(app, "rea").cookies.values()))
    seen: list[bytes] = []
    inner = app.asgi_handler

    async def watching(scope: Any, receive: Any, send: Any) -> None:
        await inner(scope, receive, send)
        seen.append(scope["query_string"] + scope["raw_path"] + scope["path"].encode())

    app.asgi_handler = watching
    client = client_of(app)
    with caplog.at_level(logging.DEBUG, "mingjian"):
        for path in (
            f"/read?token={secret}",
            f"/read?access_token={session}",
            f"/read?q=1&SESSION={session}",
            f"/read?q=find+{secret}",
            f"/read?to%6ben={session}",
            f"/read/{secret}",
            "/login?password=three+blue+lamps",
        ):
            answer = client.get(path)
            assert answer.status_code == 400, path
            assert "header Authorization" in answer.json()["mend"]
            assert secret not in answer.text
    assert len(seen) == 7
    assert not any(each in line for line in seen for each in (secret.encode(), session.encode(), b"lamps"))
    assert caplog.records
    assert secret not in caplog.text
    assert session not in caplog.text


def test_session_fixation_a_login_never_takes_an_id_that_was_brought(app: Litestar) -> None:
    client = client_of(app)
    client.cookies.set("mingjian-session", "chosen-by-the-attacker")
    login = {"name": "rea", "password": PASSWORDS["rea"]}
    first = client.post("/api/session", json=login).cookies["mingjian-session"]
    assert first != "chosen-by-the-attacker"
    client.cookies.clear()
    client.cookies.set("mingjian-session", first)
    second = client.post("/api/session", json=login).cookies["mingjian-session"]
    assert second != first
    old = client_of(app)
    old.cookies.set("mingjian-session", first)
    assert old.get("/read").status_code == 401


def test_two_cookies_of_one_name_are_none(app: Litestar) -> None:
    session = next(iter(client_of(app, "rea").cookies.values()))
    header = f"mingjian-session={session}; mingjian-session=forged"
    assert client_of(app).get("/read", headers={"Cookie": header}).status_code == 401


def test_cookies_are_out_of_reach(service: Service) -> None:
    app, _ = service()
    login = {"name": "rea", "password": PASSWORDS["rea"]}
    plain = client_of(app).post("/api/session", json=login).headers["set-cookie"]
    assert {part.strip() for part in plain.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=strict"}
    by_tls, _ = service(users=False, https=True, hosts=("desk.example",))
    client = client_of(by_tls, base_url="http://desk.example")  # as the proxy asks
    client.headers["Origin"] = "https://desk.example"
    answer = client.post("/api/session", json=login)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-mingjian-session=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"HttpOnly", "Path=/", "SameSite=strict", "Secure"}
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "a@127.0.0.1", ""])
def test_dns_rebinding_another_name_is_refused(app: Litestar, host: str) -> None:
    answer = client_of(app).get("/anyone", headers={"Host": host})
    assert answer.status_code == 421
    assert client_of(app).get("/anyone", headers={"Host": "LOCALHOST:8321"}).status_code == 200
    assert client_of(app).get("/anyone", headers={"Host": "[::1]:8321"}).status_code == 200


def test_oversized_bodies_are_refused(service: Service) -> None:
    app, _ = service(body_bytes=20_000, stranger_body_bytes=1_000, uploads={"/size": 50_000})
    stranger, known = client_of(app), client_of(app, "rea")
    assert stranger.post("/size", content=b"x" * 1_000).text == "1000"
    assert stranger.post("/size", content=b"x" * 1_001).status_code == 413
    assert known.post("/size", content=b"x" * 50_000).text == "50000"
    assert known.post("/size", content=b"x" * 50_001).status_code == 413
    assert known.post("/review", content=b"x" * 20_001).status_code == 413
    parts = (b"x" * 100 for _ in range(11))  # chunked: nobody says before how many there will be
    answer = stranger.post("/size", content=parts)
    assert (answer.status_code, answer.headers["connection"]) == (413, "close")
    for length in ("-1", "1e3", "9" * 30, "²"):
        assert asyncio.run(asked(app, [], length)) == 400


def test_slow_bodies_are_refused(service: Service) -> None:
    app, _ = service(body_seconds=0.05)
    assert asyncio.run(asked(app, [b"a"])) == 408
    app, _ = service(users=False, body_seconds=0.05, body_bytes_a_second=10)
    assert asyncio.run(asked(app, [b"a", b"b", b""])) == 201


def test_who_leaves_in_the_middle_is_not_answered(service: Service) -> None:
    app, _ = service()
    assert asyncio.run(asked(app, [b"a", None])) is None


async def asked(app: Litestar, parts: list[bytes | None], length: str | None = None) -> int | None:
    """The status for a body that comes in these parts, the last being empty; without that nothing comes any more."""
    sent: list[Any] = []
    pending = list(parts)

    async def receive() -> Any:
        if not pending:
            await asyncio.sleep(30)
        part = pending.pop(0)
        if part is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": bool(part)}

    async def send(message: Any) -> None:
        sent.append(message)

    told = (b"transfer-encoding", b"chunked") if length is None else (b"content-length", length.encode("latin-1"))
    headers = [(b"host", b"127.0.0.1"), (b"origin", HERE.encode()), told]
    scope = {"type": "http", "method": "POST", "path": "/size", "raw_path": b"/size", "query_string": b"", "state": {}}
    scope |= {"headers": headers, "scheme": "http", "client": ("192.0.2.1", 1), "http_version": "1.1", "root_path": ""}
    await app(scope, receive, send)  # type: ignore[arg-type]
    return sent[0]["status"] if sent else None


def test_too_many_requests_wait(service: Service) -> None:
    app, _ = service(requests_of_address=3, requests_of_session=4)
    client = client_of(app)
    answers = [client.get("/anyone") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 21
    wrong = {"Authorization": "Bearer mj_wrong"}
    assert client.get("/anyone", headers=wrong).status_code == 429


def test_many_requests_of_one_run_a_few_at_a_time_and_hold_nobody_up() -> None:
    async def attack() -> tuple[int, int, list[int]]:
        turns, ends, most, running = Turns(at_once=2, waiting=3), asyncio.Event(), 0, 0

        async def ask(asker: Asker) -> int:
            nonlocal most, running
            try:
                async with turns.of(asker):
                    running += 1
                    most = max(most, running)
                    await ends.wait()
                    running -= 1
            except AccessError as error:
                return error.status
            return 200

        same_site = [Asker(address=f"2001:db8::{n}") for n in range(7)]
        asked = [asyncio.create_task(ask(asker)) for asker in same_site]
        await asyncio.sleep(0)
        ends.set()  # of whoever comes now nobody waits for the others
        async with turns.of(Asker(name="rea", number=3)), turns.of(Asker(address="192.0.2.1")):
            others = len(turns)
        told = await asyncio.gather(*asked)
        assert len(turns) == 0
        return most, others, told

    most, others, told = asyncio.run(attack())
    assert (most, others) == (2, 3)
    assert sorted(told) == [200] * 5 + [429] * 2


def test_guessing_passwords_waits_ever_longer(app: Litestar, clock: Clock) -> None:
    client = client_of(app)
    guess = {"name": "rea", "password": "a guess of mine"}
    assert [client.post("/api/session", json=guess).status_code for _ in range(3)] == [401, 401, 401]
    right = {"name": "Rea ", "password": PASSWORDS["rea"]}
    refused = client.post("/api/session", json=right)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    clock.now += 1
    assert client.post("/api/session", json=guess).status_code == 401
    assert client.post("/api/session", json=guess).headers["retry-after"] == "2"
    clock.now += 2
    assert client.post("/api/session", json=right).status_code == 201
    assert client.post("/api/session", json=guess).status_code == 401


def test_guessing_names_waits_too(app: Litestar) -> None:
    client = client_of(app)
    told = [client.post("/api/session", json={"name": f"u{n}", "password": "x"}).status_code for n in range(11)]
    assert told == [401] * 10 + [429]


def test_an_unknown_user_costs_as_much_and_is_told_the_same(app: Litestar, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_of: list[str] = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, kept: str | bytes, password: str | bytes) -> Any:
        asked_of.append(str(kept).split("$p")[0])
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    client = client_of(app)
    known, unknown = (
        client.post("/api/session", json={"name": name, "password": "a guess"}) for name in ("rea", "nobody at all")
    )
    assert known.content == unknown.content
    assert len(asked_of) == 2
    assert asked_of[0].split("$")[:4] == asked_of[1].split("$")[:4]  # the same algorithm with the same effort


def test_the_hash_is_argon2id_with_the_effort_of_rfc_9106() -> None:
    kept = Passwords().hash("three blue lamps")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert Passwords().match("three blue lamps", kept)
    assert not Passwords().match("three blue lamps ", kept)
    assert not Passwords().match("nobody has this password", None)
    assert not Passwords().match("three blue lamps", "no hash")


def test_a_hash_with_less_effort_is_renewed_at_login(service: Service) -> None:
    _, access = service()
    access.passwords = Passwords(hasher=PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    secret, user = log_in(access, "rea", PASSWORDS["rea"], TERMINAL)
    assert access.session_of(secret) is not None
    with access.database.reading() as connection:
        (kept,) = connection.execute("SELECT password FROM users WHERE number = ?", (user.number,)).fetchone()
    assert not access.passwords.is_dated(kept)


def test_no_secret_stands_in_the_file(service: Service, tmp_path: Path) -> None:
    app, access = service()
    secret, session = token_of(app, "rea", "read"), next(iter(client_of(app, "rea").cookies.values()))
    access.close()
    held = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"argon2id" in held
    assert not any(each.encode() in held for each in (secret, secret[3:], session, *PASSWORDS.values()))


def test_every_answer_has_the_headers(app: Litestar) -> None:
    client = client_of(app, "rea")
    answers = [
        client.get("/read"),
        client.get("/nothing-here"),
        client.put("/read"),
        client.get("/admin"),
        client.get("/read", headers={"Host": "evil.example"}),
        client.get("/read?token=1"),
        client.options("/read"),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 405, 403, 421, 400, 204]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert answer.headers["cache-control"] in ("private, no-cache", "no-store")
        assert "access-control-allow-origin" not in answer.headers
    assert answers[0].headers["vary"] == "Cookie, Authorization"
    assert client.get("/api/tokens").headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=1", "<script>alert(1)</script>", "../../etc", "=cmd|x", "a\0b", ""]
)
def test_names_that_could_break_something_are_refused(app: Litestar, name: str) -> None:
    new = {"name": name, "role": "reader", "password": "six violet trains"}
    answer = client_of(app, "ada").post("/api/users", json=new)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/api/users/../../access.db", "/%2e%2e/%2e%2e/access.db", "/api/users/1%2f..%2faudit"]
)
def test_paths_lead_nowhere_else(app: Litestar, path: str) -> None:
    assert client_of(app).get(path).status_code in (401, 404)


def test_the_audit_log_takes_no_orders_from_the_service(app: Litestar, tmp_path: Path) -> None:
    ada = client_of(app, "ada")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        for path in ("/api/audit", "/api/audit/1", "/api/audit/state"):
            assert ada.request(method, path, json={}).status_code in (404, 405)
    assert list(check_access(tmp_path)) == []
