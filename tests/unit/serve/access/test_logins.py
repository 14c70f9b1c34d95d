"""Logging in, out and everywhere out; the first admin; passwords; tokens; who may what."""

from __future__ import annotations

import time

import pytest
from litestar import Litestar
from tests.unit.serve.access.asking import PASSWORDS, ROLES, TERMINAL, Clock, Service, client_of, token_of

from mingjian.core.access.lifetimes import DAY, HOUR
from mingjian.errors import AccessError
from mingjian.serve.access.logins import begin_setup, finish_setup
from mingjian.serve.access.rights import declared, undeclared
from mingjian.serve.access.wire import told_time

MAY = {
    "": {"/anyone"},
    "rea": {"/anyone", "/read", "/account"},
    "rex": {"/anyone", "/read", "/account"},
    "ada": {"/anyone", "/read", "/account", "/admin"},
}


@pytest.mark.parametrize("name", MAY)
def test_each_role_may_what_it_may(app: Litestar, name: str) -> None:
    client = client_of(app, name)
    for path in ("/anyone", "/read", "/account", "/admin"):
        expected = 200 if path in MAY[name] else 403 if name else 401
        assert client.get(path).status_code == expected, path
    assert client.post("/review").status_code == {"": 401, "rea": 403}.get(name, 201)


def test_a_route_that_says_no_right_is_refused_and_found(app: Litestar) -> None:
    for name in MAY:
        assert client_of(app, name).get("/forgotten").status_code == 403
    assert undeclared(app) == ["GET /forgotten"]
    rights = dict(declared(app))
    assert rights["GET /api/users"] == "admin"
    assert rights["POST /review"] == "review"


def test_without_the_gate_nobody_may_anything(app: Litestar) -> None:
    cookie = client_of(app, "ada").cookies
    app.asgi_handler = app.asgi_handler._app  # type: ignore[attr-defined]
    bare = client_of(app)
    bare.cookies = cookie
    assert bare.get("/admin").status_code == 401
    assert bare.get("/anyone").status_code == 200


def test_anyone_may_read_where_that_was_said(service: Service) -> None:
    app, _ = service(anyone_may_read=True)
    client = client_of(app)
    assert client.get("/read").text == ""
    assert client.get("/admin").status_code == 401
    assert client.post("/review").status_code == 401
    assert client_of(app, "rea").get("/read").text == "rea"


def test_a_page_without_login_leads_to_the_login_and_back(app: Litestar) -> None:
    client = client_of(app)
    answer = client.get("/read?q=%E7%AE%97%E5%8A%9B", headers={"Accept": "text/html"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fread%3Fq%3D%25E7%25AE%2597%25E5%258A%259B"
    answer = client.get("/read", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="mingjian"')


def test_logging_out_ends_the_session_for_whoever_kept_the_cookie(app: Litestar) -> None:
    client, kept = client_of(app, "rea"), client_of(app)
    kept.cookies.update(client.cookies)
    assert kept.get("/read").status_code == 200
    assert client.delete("/api/session").status_code == 204
    assert not client.cookies
    assert kept.get("/read").status_code == 401


def test_logging_out_everywhere(app: Litestar) -> None:
    first, second, other = client_of(app, "rea"), client_of(app, "rea"), client_of(app, "rex")
    assert [one["current"] for one in first.get("/api/session/all").json()] == [False, True]
    assert first.delete("/api/session/all").status_code == 204
    assert (second.get("/read").status_code, other.get("/read").status_code) == (401, 200)


def test_a_new_password_ends_the_other_sessions_and_the_old_password(app: Litestar) -> None:
    here, there = client_of(app, "rea"), client_of(app, "rea")
    change = {"old": "wrong old words", "new": "six violet trains"}
    assert here.put("/api/session/password", json=change).status_code == 403
    change["old"] = PASSWORDS["rea"]
    assert here.put("/api/session/password", json=change).status_code == 200
    assert (here.get("/read").status_code, there.get("/read").status_code) == (200, 401)
    again = client_of(app)
    assert again.post("/api/session", json={"name": "rea", "password": change["old"]}).status_code == 401
    assert again.post("/api/session", json={"name": "REA", "password": change["new"]}).status_code == 201


@pytest.mark.parametrize("bad", ["short", "aaaaaaaaaaaaaa", "Password123", "rea-rea-rea1", "x" * 9 + "y" * 300])
def test_bad_passwords_are_refused(app: Litestar, bad: str) -> None:
    answer = client_of(app, "ada").post("/api/users", json={"name": "reader rea", "role": "reader", "password": bad})
    assert answer.status_code == 422 or "rea" in bad
    answer = client_of(app, "rea").put("/api/session/password", json={"old": PASSWORDS["rea"], "new": bad})
    assert answer.status_code == 422
    assert answer.json()["mend"] == "take a few words that do not belong together"


def test_sessions_end_by_themselves(app: Litestar, clock: Clock) -> None:
    client = client_of(app, "rea")
    clock.now += 7 * HOUR
    assert client.get("/read").status_code == 200
    clock.now += 9 * HOUR
    assert client.get("/read").status_code == 401


def test_a_session_ends_however_much_it_is_used(app: Litestar, clock: Clock) -> None:
    with client_of(app) as client:  # one loop for all requests: what is written beside them is not broken off
        assert client.post("/api/session", json={"name": "rea", "password": PASSWORDS["rea"]}).status_code == 201
        for _ in range(7 * 4):
            assert client.get("/read").status_code == 200
            until = time.monotonic() + 20
            while client.get("/api/session/all").json()[0]["seen"] != told_time(int(clock.now)):
                assert time.monotonic() < until
                time.sleep(0.002)
            clock.now += 6 * HOUR
        assert client.get("/read").status_code == 401


def test_a_disabled_user_is_out_at_once_and_tokens_with_them(app: Litestar) -> None:
    ada, rea, token = client_of(app, "ada"), client_of(app, "rea"), token_of(app, "rea", "read")
    bearer = {"Authorization": f"Bearer {token}"}
    program = client_of(app)
    assert program.get("/read", headers=bearer).text == "rea"
    number = next(user["number"] for user in ada.get("/api/users").json() if user["name"] == "rea")
    assert ada.patch(f"/api/users/{number}", json={"disabled": True}).json()["disabled"] is True
    assert rea.get("/read").status_code == 401
    assert program.get("/read", headers=bearer).status_code == 401
    refused = program.post("/api/session", json={"name": "rea", "password": PASSWORDS["rea"]})
    assert refused.status_code == 401
    assert ada.patch(f"/api/users/{number}", json={"disabled": False}).status_code == 200
    assert program.get("/read", headers=bearer).status_code == 200


def test_a_lower_role_counts_at_once_for_tokens_too(app: Litestar) -> None:
    ada, rex, token = client_of(app, "ada"), client_of(app, "rex"), token_of(app, "rex", "read", "review")
    bearer = {"Authorization": f"Bearer {token}"}
    assert rex.post("/review").status_code == 201
    assert client_of(app).post("/review", headers=bearer).status_code == 201
    number = next(user["number"] for user in ada.get("/api/users").json() if user["name"] == "rex")
    assert ada.patch(f"/api/users/{number}", json={"role": "reader"}).json()["role"] == "reader"
    assert rex.post("/review").status_code == 403
    assert client_of(app).post("/review", headers=bearer).status_code == 403
    assert client_of(app).get("/read", headers=bearer).status_code == 200


def test_the_last_admin_stays(app: Litestar) -> None:
    ada = client_of(app, "ada")
    number = next(user["number"] for user in ada.get("/api/users").json() if user["name"] == "ada")
    for change in ({"role": "reader"}, {"disabled": True}):
        answer = ada.patch(f"/api/users/{number}", json=change)
        assert (answer.status_code, answer.json()["mend"]) == (409, "make somebody else admin first")


def test_tokens_are_told_once_expire_and_are_revoked(app: Litestar, clock: Clock) -> None:
    rea = client_of(app, "rea")
    made = rea.post("/api/tokens", json={"name": "nightly", "scopes": ["read"], "days": 2}).json()
    bearer = {"Authorization": f"Bearer {made['secret']}"}
    program = client_of(app)
    assert program.get("/read", headers=bearer).status_code == 200
    listed = rea.get("/api/tokens").json()
    assert [(one["name"], one["secret"]) for one in listed] == [("nightly", None)]
    assert made["secret"] not in rea.get("/api/tokens").text
    clock.now += 2 * DAY
    assert program.get("/read", headers=bearer).status_code == 401
    clock.now -= DAY
    assert program.get("/read", headers=bearer).status_code == 200
    assert client_of(app, "rea").delete(f"/api/tokens/{made['number']}").status_code == 204
    assert program.get("/read", headers=bearer).status_code == 401


def test_a_file_of_users_that_cannot_be_read_is_a_problem_and_lets_nobody_in(service: Service) -> None:
    app, access = service()
    client = client_of(app, "ada")
    with access.database.writing() as connection:
        connection.execute("DROP TABLE sessions")
    answer = client.get("/admin")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert client_of(app).get("/anyone").status_code == 200


def test_who_logs_in_needs_no_second_guess(app: Litestar) -> None:
    told = client_of(app, "rex").get("/api/session").json()
    assert told == {"name": "rex", "role": "reviewer", "via": "session", "rights": ["account", "read", "review"]}
    assert client_of(app).get("/api/session").json()["name"] == ""


def test_setup_makes_one_admin_once(service: Service) -> None:
    _, access = service(users=False)
    first = begin_setup(access)
    code = begin_setup(access)
    assert first is not None
    assert code is not None
    with pytest.raises(AccessError, match="not the one that stands"):
        finish_setup(access, first, "ada", PASSWORDS["ada"], TERMINAL)
    with pytest.raises(AccessError, match="shorter"):
        finish_setup(access, code, "ada", "short", TERMINAL)
    secret, user = finish_setup(access, code.lower().replace("-", " "), "ada", PASSWORDS["ada"], TERMINAL)
    assert (user.role, user.name) == ("admin", "ada")
    assert access.session_of(secret) is not None
    assert begin_setup(access) is None
    with pytest.raises(AccessError, match="a user already"):
        finish_setup(access, code, "eve", PASSWORDS["rea"], TERMINAL)


def test_a_setup_code_expires_and_guesses_must_wait(service: Service, clock: Clock) -> None:
    _, access = service(users=False)
    code = begin_setup(access)
    assert code is not None
    clock.now += DAY
    with pytest.raises(AccessError, match="not the one that stands"):
        finish_setup(access, code, "ada", PASSWORDS["ada"], TERMINAL)
    for _ in range(2):
        with pytest.raises(AccessError, match="not the one that stands"):
            finish_setup(access, "2222", "ada", PASSWORDS["ada"], TERMINAL)
    with pytest.raises(AccessError, match="too many") as caught:
        finish_setup(access, "2222", "ada", PASSWORDS["ada"], TERMINAL)
    assert (caught.value.status, caught.value.seconds) == (429, 1)


def test_the_audit_log_tells_who_did_what(app: Litestar) -> None:
    client_of(app).post("/api/session", json={"name": "rea", "password": "not her password"})
    client_of(app).post("/api/session", json={"name": "her password by mistake", "password": "x"})
    client_of(app, "rex").post("/review")
    token_of(app, "rea", "read")
    ada = client_of(app, "ada")
    lines = ada.get("/api/audit").json()["lines"]
    told = [(line["who"], line["action"], line["subject"]) for line in reversed(lines)][len(ROLES) :]
    assert told == [
        ("", "session.fail", "rea"),
        ("", "session.fail", ""),
        ("rex", "session.begin", "rex"),
        ("rex", "review.accept", "page/3"),
        ("rea", "session.begin", "rea"),
        ("rea", "token.add", "token 1"),
        ("ada", "session.begin", "ada"),
    ]
    assert "by mistake" not in ada.get("/api/audit").text
    assert ada.get("/api/audit?limit=2&before=5").json()["before"] == 3
    assert [line["who"] for line in ada.get("/api/audit?action=review.&who=rex").json()["lines"]] == ["rex"]
    state = ada.get("/api/audit/state").json()
    assert (state["sound"], state["last"], len(state["hash"])) == (True, len(lines), 64)


def test_what_no_handler_writes_down_the_gate_does(app: Litestar) -> None:
    client = client_of(app, "rex")
    assert [client.post(f"/silent?ok={ok}").status_code for ok in ("true", "false")] == [201, 403]
    assert client.post("/asking").status_code == 201
    assert client.post("/review").status_code == 201
    assert client.get("/file?region=110000").status_code == 200
    assert client_of(app).post("/silent").status_code == 401
    lines = client_of(app, "ada").get("/api/audit?who=rex").json()["lines"]
    told = [(line["action"], line["subject"], line["detail"]) for line in reversed(lines)]
    assert told[1:] == [
        ("request.post", "/silent", "/silent"),
        ("review.accept", "page/3", "clear"),
        ("export", "/file", "region=110000"),
    ]


def test_a_service_that_only_reads_takes_tokens_and_no_logins(service: Service) -> None:
    app, _ = service()
    token = token_of(app, "rea", "read")
    reading, _ = service(write=False)
    client = client_of(reading)
    assert client.get("/read", headers={"Authorization": f"Bearer {token}"}).text == "rea"
    answer = client.post("/api/session", json={"name": "rea", "password": PASSWORDS["rea"]})
    assert (answer.status_code, answer.json()["detail"]) == (503, "this service: only reads, so nobody can log in")
