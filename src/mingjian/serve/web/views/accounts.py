"""The pages on which people log in and out, make the first admin, and change what is their own."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, PathParameter, QueryParameter, URLEncodedBody
from litestar.response import Redirect

from mingjian.core.access.addresses import safe_next
from mingjian.core.access.rights import SCOPES, scopes_of
from mingjian.errors import AccessError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.access.cookies import no_session_cookie, session_cookie
from mingjian.serve.access.logins import change_password, finish_setup, log_in, log_out
from mingjian.serve.access.noting import NOTES
from mingjian.serve.access.rights import needs
from mingjian.serve.access.service import Access
from mingjian.serve.access.tokens import DAYS, list_tokens, make_token, revoke_token
from mingjian.serve.access.users import find_user, list_sessions
from mingjian.serve.access.wire import told_session, told_time, told_token
from mingjian.serve.web.answering import answer, answer_error_as_page
from mingjian.serve.web.links import href
from mingjian.serve.web.refusals import refusal, was_done
from mingjian.serve.web.words import word

_Request = Request[Any, Any, Any]
_Access = NamedDependency[Access]
_Answer = Response[Any]
_Number = Annotated[int, PathParameter(ge=1, le=2**53)]
_Next = Annotated[str, QueryParameter(name="next")]


class LoginForm(msgspec.Struct, frozen=True):
    """What the login sends."""

    name: str = ""
    password: str = ""
    next: str = ""


class SetupForm(msgspec.Struct, frozen=True):
    """What the page for the first admin sends."""

    code: str = ""
    name: str = ""
    password: str = ""
    again: str = ""


class PasswordForm(msgspec.Struct, frozen=True):
    """A user's own password, and the one that takes its place, twice."""

    old: str = ""
    new: str = ""
    again: str = ""


class TokenForm(msgspec.Struct, frozen=True):
    """A token to make; each scope is given or not."""

    name: str = ""
    read: str = ""
    review: str = ""
    admin: str = ""
    days: str = str(DAYS)

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that were given."""
        return tuple(scope for scope in SCOPES if getattr(self, scope))


@get("/login", sync_to_thread=True, opt=needs("anyone"), include_in_schema=False)
def login_page(request: _Request, access: _Access, next_: _Next = "", done: FromQuery[str] = "") -> _Answer:
    """Show the login; who is logged in already goes on to where they wanted.

    A browser that another site led here sends no cookie, and sends it when the page asks for itself again.
    """
    goal = safe_next(next_)
    if asker_of(request).via == "session":
        return Redirect(goal, status_code=303)
    if access.writes and not access.has_users():
        return Redirect("/setup", status_code=303)
    shown = _login(request, goal, messages=was_done(done))
    if request.headers.get("sec-fetch-site") == "cross-site":
        shown.headers["Refresh"] = f"0; url={href('/login', next=goal)}"
    return shown


@post("/login", sync_to_thread=True, opt=needs("anyone"), include_in_schema=False)
def log_in_there(request: _Request, access: _Access, data: URLEncodedBody[LoginForm]) -> _Answer:
    """Log in, and go on."""
    goal = safe_next(data.next)
    try:
        secret, _ = log_in(access, data.name, data.password, asker_of(request))
    except AccessError as error:
        return _refused(_login(request, goal, name=data.name, messages=(refusal(error),)), error)
    return _logged_in(access, secret, goal)


@post("/logout", sync_to_thread=True, opt=needs("account"), include_in_schema=False)
def log_out_there(request: _Request, access: _Access) -> _Answer:
    """Log out: what the browser has kept of pages goes too."""
    log_out(access, asker_of(request))
    return _logged_out(access)


@get("/setup", sync_to_thread=True, opt=needs("anyone"), include_in_schema=False)
def setup_page(request: _Request, access: _Access) -> _Answer:
    """Show the page for the first admin, as long as there is none."""
    if access.has_users() or not access.writes:
        return Redirect("/login", status_code=303)
    return _setup(request)


@post("/setup", sync_to_thread=True, opt=needs("anyone"), include_in_schema=False)
def set_up_there(request: _Request, access: _Access, data: URLEncodedBody[SetupForm]) -> _Answer:
    """Make the first admin, and go on."""
    try:
        _must_agree(data.password, data.again)
        secret, _ = finish_setup(access, data.code, data.name, data.password, asker_of(request))
    except AccessError as error:
        return _refused(_setup(request, name=data.name, messages=(refusal(error),)), error)
    return _logged_in(access, secret, "/")


@get("/account", sync_to_thread=True, opt=needs("account"), include_in_schema=False)
def account_page(request: _Request, access: _Access, done: FromQuery[str] = "") -> _Answer:
    """Show what is the user's own."""
    return _account(request, access, messages=was_done(done))


@post("/account/password", sync_to_thread=True, opt=needs("account"), include_in_schema=False)
def change_password_there(request: _Request, access: _Access, data: URLEncodedBody[PasswordForm]) -> _Answer:
    """Change the user's own password."""
    try:
        _must_agree(data.new, data.again)
        secret = change_password(access, asker_of(request), data.old, data.new)
    except AccessError as error:
        return _refused(_account(request, access, messages=(refusal(error),)), error)
    return _logged_in(access, secret, href("/account", done="password"))


@post("/account/sessions", sync_to_thread=True, opt=needs("account"), include_in_schema=False)
def end_sessions_there(request: _Request, access: _Access) -> _Answer:
    """Log out everywhere."""
    log_out(access, asker_of(request), everywhere=True)
    return _logged_out(access)


@post("/account/tokens", sync_to_thread=True, opt=needs("account"), include_in_schema=False)
def make_token_there(request: _Request, access: _Access, data: URLEncodedBody[TokenForm]) -> _Answer:
    """Make a token, and show it this once."""
    asker = asker_of(request)
    days = int(data.days) if data.days.isdecimal() and len(data.days) < 6 else 0
    try:
        user = find_user(access, asker.number or 0)
        secret, _ = make_token(access, asker, user, data.name, data.scopes, days)
    except AccessError as error:
        return _refused(_account(request, access, messages=(refusal(error),)), error)
    return _account(request, access, secret=secret)


@post("/account/tokens/{number:int}/revoke", sync_to_thread=True, opt=needs("account"), include_in_schema=False)
def revoke_token_there(request: _Request, access: _Access, number: _Number) -> _Answer:
    """Revoke a token of one's own, or as an admin that of another."""
    try:
        token = revoke_token(access, asker_of(request), number)
    except AccessError as error:
        return _refused(_account(request, access, messages=(refusal(error),)), error)
    own = token.user.number == asker_of(request).number
    return Redirect(href("/account" if own else "/admin/tokens", done="revoked"), status_code=303)


def account_pages() -> Router:
    """The routes of these pages; nobody on the way keeps anything of them."""
    return Router(
        path="/",
        route_handlers=[
            login_page,
            log_in_there,
            log_out_there,
            setup_page,
            set_up_there,
            account_page,
            change_password_there,
            end_sessions_there,
            make_token_there,
            revoke_token_there,
        ],
        response_headers={"Cache-Control": "no-store"},
        exception_handlers={Exception: answer_error_as_page},
        opt=dict(NOTES),
    )


def _login(request: _Request, goal: str, name: str = "", messages: tuple[Any, ...] = ()) -> _Answer:
    title = word("access.login").zh
    return answer(request, "access/login.html.j2", "", title=title, next_=goal, name=name, messages_=messages)


def _setup(request: _Request, name: str = "", messages: tuple[Any, ...] = ()) -> _Answer:
    title = word("access.setup").zh
    return answer(request, "access/setup.html.j2", "", title=title, name=name, messages_=messages)


def _account(request: _Request, access: Access, secret: str = "", messages: tuple[Any, ...] = ()) -> _Answer:
    asker = asker_of(request)
    return answer(
        request,
        "access/account.html.j2",
        "",
        title=word("access.account").zh,
        sessions=[told_session(session, asker) for session in list_sessions(access, asker.number or 0)],
        tokens=[told_token(token) for token in list_tokens(access, asker.number)],
        scopes=scopes_of(asker.role) if asker.role else (),
        now=told_time(access.now()),
        secret=secret,
        messages_=messages,
    )


def _logged_in(access: Access, secret: str, goal: str) -> _Answer:
    return Redirect(goal, status_code=303, cookies=[session_cookie(secret, https=access.settings.https)])


def _logged_out(access: Access) -> _Answer:
    cookie = no_session_cookie(https=access.settings.https)
    goal = href("/login", done="out")
    return Redirect(goal, status_code=303, cookies=[cookie], headers={"Clear-Site-Data": '"cache"'})


def _refused(shown: _Answer, error: AccessError) -> _Answer:
    shown.status_code = error.status
    if error.seconds:
        shown.headers["Retry-After"] = str(error.seconds)
    return shown


def _must_agree(password: str, again: str) -> None:
    if password != again:
        raise AccessError("password", "it was typed in two ways", "type it again", key="unlike")
