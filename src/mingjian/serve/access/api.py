"""REST: who asks (``/api/session``), ``/api/users``, ``/api/tokens`` and ``/api/audit``."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, Request, Response, Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from mingjian.core.access.accounts import User
from mingjian.core.access.rights import scopes_of
from mingjian.serve.access.asking import Asker, asker_of
from mingjian.serve.access.cookies import no_session_cookie, session_cookie
from mingjian.serve.access.logins import change_password, log_in, log_out
from mingjian.serve.access.noting import NOTES
from mingjian.serve.access.rights import needs
from mingjian.serve.access.service import Access
from mingjian.serve.access.tokens import list_tokens, make_token, revoke_token
from mingjian.serve.access.users import (
    add_user,
    change_role,
    disable_user,
    end_sessions_of,
    find_user,
    list_sessions,
    list_users,
    reset_password,
)
from mingjian.serve.access.wire import (
    AuditPage,
    AuditState,
    Credentials,
    NewPassword,
    NewToken,
    NewUser,
    PasswordChange,
    SessionTold,
    TokenTold,
    UserChange,
    UserTold,
    Who,
    told_line,
    told_session,
    told_token,
    told_user,
    told_who,
)
from mingjian.serve.paging import Number
from mingjian.serve.problems import answer_error

_Request = Request[Any, Any, Any]
_Access = NamedDependency[Access]
_LINES = 100


class SessionController(Controller):
    """Who asks: logging in and out."""

    path = "/session"
    tags = ["access"]  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=False, opt=needs("anyone"), summary="Who asks")
    def who(self, request: _Request) -> Who:
        """Tell who asks and what they may."""
        return told_who(asker_of(request))

    @post("/", sync_to_thread=True, opt=needs("anyone"), summary="Log in")
    def begin(self, request: _Request, access: _Access, data: JSONBody[Credentials]) -> Response[Who]:
        """Begin a session: the cookie is for browsers, programs use tokens."""
        secret, user = log_in(access, data.name, data.password, asker_of(request))
        return _with_session(access, secret, user)

    @delete("/", sync_to_thread=True, opt=needs("account"), summary="Log out")
    def end(self, request: _Request, access: _Access) -> Response[None]:
        """End this session."""
        log_out(access, asker_of(request))
        return Response(None, status_code=204, cookies=[no_session_cookie(https=access.settings.https)])

    @get("/all", sync_to_thread=True, opt=needs("account"), summary="Own sessions")
    def all(self, request: _Request, access: _Access) -> list[SessionTold]:
        """List the sessions of the user who asks."""
        asker = asker_of(request)
        return [told_session(session, asker) for session in list_sessions(access, asker.number or 0)]

    @delete("/all", sync_to_thread=True, opt=needs("account"), summary="Log out everywhere")
    def end_all(self, request: _Request, access: _Access) -> Response[None]:
        """End all sessions of the user who asks."""
        log_out(access, asker_of(request), everywhere=True)
        return Response(None, status_code=204, cookies=[no_session_cookie(https=access.settings.https)])

    @put("/password", sync_to_thread=True, opt=needs("account"), summary="Change the own password")
    def password(self, request: _Request, access: _Access, data: JSONBody[PasswordChange]) -> Response[Who]:
        """Change the password of the user who asks: all other sessions end."""
        asker = asker_of(request)
        secret = change_password(access, asker, data.old, data.new)
        return _with_session(access, secret, find_user(access, asker.number or 0))


class UsersController(Controller):
    """Users, for admins."""

    path = "/users"
    opt = needs("admin")
    tags = ["access"]  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=True, summary="All users")
    def all(self, access: _Access) -> list[UserTold]:
        """List the users."""
        return [told_user(user) for user in list_users(access)]

    @post("/", sync_to_thread=True, summary="Add a user")
    def add(self, request: _Request, access: _Access, data: JSONBody[NewUser]) -> UserTold:
        """Add a user; ``409`` where somebody has the name."""
        return told_user(add_user(access, asker_of(request), data.name, data.role, data.password))

    @get("/{number:int}", sync_to_thread=True, summary="A user")
    def one(self, access: _Access, number: Number) -> UserTold:
        """Tell of one user."""
        return told_user(find_user(access, number))

    @patch("/{number:int}", sync_to_thread=True, summary="Change a user")
    def change(self, request: _Request, access: _Access, number: Number, data: JSONBody[UserChange]) -> UserTold:
        """Change the role, or whether the user can log in; ``409`` for the last admin."""
        user, asker = find_user(access, number), asker_of(request)
        if data.role is not None:
            user = change_role(access, asker, number, data.role)
        if data.disabled is not None:
            user = disable_user(access, asker, number, disabled=data.disabled)
        return told_user(user)

    @put("/{number:int}/password", sync_to_thread=True, summary="Give a user another password")
    def password(self, request: _Request, access: _Access, number: Number, data: JSONBody[NewPassword]) -> UserTold:
        """Set the password of a user: all sessions end, all tokens are revoked."""
        return told_user(reset_password(access, asker_of(request), number, data.password))

    @get("/{number:int}/sessions", sync_to_thread=True, summary="Sessions of a user")
    def sessions(self, request: _Request, access: _Access, number: Number) -> list[SessionTold]:
        """List the sessions of a user."""
        user = find_user(access, number)
        return [told_session(session, asker_of(request)) for session in list_sessions(access, user.number)]

    @delete("/{number:int}/sessions", sync_to_thread=True, summary="End the sessions of a user")
    def end_sessions(self, request: _Request, access: _Access, number: Number) -> None:
        """End all sessions of a user."""
        end_sessions_of(access, asker_of(request), number)


class TokensController(Controller):
    """Tokens of programs: one's own, and for admins those of all."""

    path = "/tokens"
    opt = needs("account")
    tags = ["access"]  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=True, summary="Own tokens")
    def own(self, request: _Request, access: _Access) -> list[TokenTold]:
        """List the tokens of the user who asks; revoked and expired ones too."""
        return [told_token(token) for token in list_tokens(access, asker_of(request).number)]

    @get("/all", sync_to_thread=True, opt=needs("admin"), summary="Tokens of all users")
    def all(self, access: _Access) -> list[TokenTold]:
        """List the tokens of all users."""
        return [told_token(token) for token in list_tokens(access, None)]

    @post("/", sync_to_thread=True, summary="Make a token")
    def add(self, request: _Request, access: _Access, data: JSONBody[NewToken]) -> TokenTold:
        """Make a token for the user who asks; its secret is told this once."""
        asker = asker_of(request)
        user = find_user(access, asker.number or 0)
        secret, token = make_token(access, asker, user, data.name, data.scopes, data.days)
        return told_token(token, secret)

    @delete("/{number:int}", sync_to_thread=True, summary="Revoke a token")
    def revoke(self, request: _Request, access: _Access, number: Number) -> None:
        """Revoke one's own token, or as an admin that of another."""
        revoke_token(access, asker_of(request), number)


class AuditController(Controller):
    """The audit log, for admins: it can be read and checked."""

    path = "/audit"
    opt = needs("admin")
    tags = ["access"]  # noqa: RUF012 - as Litestar asks for it

    @get("/", sync_to_thread=True, summary="The audit log")
    def lines(
        self,
        access: _Access,
        before: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
        action: Annotated[str, QueryParameter(max_length=100)] = "",
        who: Annotated[str, QueryParameter(max_length=100)] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=1000)] = _LINES,
    ) -> AuditPage:
        """List the newest lines; of actions that begin so, of one name."""
        lines = access.audit(limit, before, action, who)
        more = lines[-1].number if len(lines) == limit and lines[-1].number > 1 else None
        return AuditPage(lines=tuple(map(told_line, lines)), before=more)

    @get("/state", sync_to_thread=True, summary="Whether the audit log is as it was written")
    def state(self, access: _Access) -> AuditState:
        """Read the whole log and hold it to its chain of hashes."""
        problems = tuple(access.audit_problems())
        last = access.audit(1)
        number, told = (last[0].number, last[0].hash.hex()) if last else (0, "")
        return AuditState(sound=not problems, problems=problems, last=number, hash=told)


def access_api() -> Router:
    """The routes for programs; nothing of them is kept by anybody on the way."""
    return Router(
        path="/api",
        route_handlers=[SessionController, UsersController, TokensController, AuditController],
        exception_handlers={Exception: answer_error},
        response_headers={"Cache-Control": "no-store"},
        opt=dict(NOTES),
    )


def _with_session(access: Access, secret: str, user: User) -> Response[Who]:
    who = Asker(user.name, user.number, user.role, frozenset(("account", *scopes_of(user.role))), "session")
    return Response(told_who(who), cookies=[session_cookie(secret, https=access.settings.https)])
