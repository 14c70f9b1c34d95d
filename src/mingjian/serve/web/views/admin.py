"""The pages of admins: users, the tokens of all, and the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, PathParameter, QueryParameter, URLEncodedBody
from litestar.response import Redirect

from mingjian.core.access.accounts import User
from mingjian.errors import AccessError
from mingjian.serve.access.asking import Asker, asker_of
from mingjian.serve.access.noting import NOTES
from mingjian.serve.access.rights import needs
from mingjian.serve.access.service import Access
from mingjian.serve.access.tokens import list_tokens
from mingjian.serve.access.users import (
    add_user,
    change_role,
    disable_user,
    end_sessions_of,
    list_users,
    reset_password,
)
from mingjian.serve.access.wire import told_line, told_time, told_token, told_user
from mingjian.serve.web.answering import answer, answer_error_as_page
from mingjian.serve.web.links import href
from mingjian.serve.web.refusals import refusal, was_done
from mingjian.serve.web.words import word

_Request = Request[Any, Any, Any]
_Access = NamedDependency[Access]
_Answer = Response[Any]
_Number = Annotated[int, PathParameter(ge=1, le=2**53)]
_LINES = 100


class UserForm(msgspec.Struct, frozen=True):
    """Somebody to add, or what to change of a user."""

    name: str = ""
    role: str = ""
    password: str = ""


@get("/admin", sync_to_thread=True, opt=needs("admin"), include_in_schema=False)
def users_page(request: _Request, access: _Access, done: FromQuery[str] = "") -> _Answer:
    """Show the users."""
    return _users(request, access, messages=was_done(done))


@post("/admin/users", sync_to_thread=True, opt=needs("admin"), include_in_schema=False)
def add_there(request: _Request, access: _Access, data: URLEncodedBody[UserForm]) -> _Answer:
    """Add a user."""
    try:
        add_user(access, asker_of(request), data.name, data.role, data.password)
    except AccessError as error:
        return _users(request, access, error.status, name=data.name, messages=(refusal(error),))
    return Redirect(href("/admin", done="added"), status_code=303)


@post("/admin/users/{number:int}/{change:str}", sync_to_thread=True, opt=needs("admin"), include_in_schema=False)
def change_there(
    request: _Request,
    access: _Access,
    number: _Number,
    change: FromPath[str],
    data: URLEncodedBody[UserForm],
) -> _Answer:
    """Change a user."""
    if change not in _CHANGES:
        raise NotFoundException("there is no such change")
    told, act = _CHANGES[change]
    try:
        act(access, asker_of(request), number, data)
    except AccessError as error:
        return _users(request, access, error.status, messages=(refusal(error),))
    return Redirect(href("/admin", done=told), status_code=303)


@get("/admin/tokens", sync_to_thread=True, opt=needs("admin"), include_in_schema=False)
def tokens_page(request: _Request, access: _Access, done: FromQuery[str] = "") -> _Answer:
    """Show the tokens of all."""
    return answer(
        request,
        "access/all_tokens.html.j2",
        "admin",
        title=word("admin.tokens").zh,
        tokens=[told_token(token) for token in list_tokens(access, None)],
        now=told_time(access.now()),
        messages_=was_done(done),
    )


@get("/admin/audit", sync_to_thread=True, opt=needs("admin"), include_in_schema=False)
def audit_page(
    request: _Request,
    access: _Access,
    before: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
    action: Annotated[str, QueryParameter(max_length=100)] = "",
    who: Annotated[str, QueryParameter(max_length=100)] = "",
) -> _Answer:
    """Show the audit log, and whether it is as it was written."""
    lines = access.audit(_LINES, before, action, who)
    last = access.audit(1)
    more = lines[-1].number if len(lines) == _LINES and lines[-1].number > 1 else None
    return answer(
        request,
        "access/audit.html.j2",
        "admin",
        title=word("admin.audit").zh,
        lines=[told_line(line) for line in lines],
        older=href("/admin/audit", who=who, action=action, before=more) if more else None,
        problems=access.audit_problems(),
        last=last[0].number if last else 0,
        hash=last[0].hash.hex() if last else "",
        action=action,
        who=who,
    )


def admin_pages() -> Router:
    """The routes of these pages; nobody on the way keeps anything of them."""
    return Router(
        path="/",
        route_handlers=[users_page, add_there, change_there, tokens_page, audit_page],
        response_headers={"Cache-Control": "no-store"},
        exception_handlers={Exception: answer_error_as_page},
        opt=dict(NOTES),
    )


def _users(
    request: _Request, access: Access, status: int = 200, *, name: str = "", messages: tuple[Any, ...] = ()
) -> _Answer:
    shown = answer(
        request,
        "access/users.html.j2",
        "admin",
        title=word("admin.users").zh,
        users=[told_user(user) for user in list_users(access)],
        name=name,
        messages_=messages,
    )
    shown.status_code = status
    return shown


def _disable(access: Access, asker: Asker, number: int, _: UserForm) -> User:
    return disable_user(access, asker, number, disabled=True)


def _enable(access: Access, asker: Asker, number: int, _: UserForm) -> User:
    return disable_user(access, asker, number, disabled=False)


def _set_role(access: Access, asker: Asker, number: int, form: UserForm) -> User:
    return change_role(access, asker, number, form.role)


def _set_password(access: Access, asker: Asker, number: int, form: UserForm) -> User:
    return reset_password(access, asker, number, form.password)


def _end_sessions(access: Access, asker: Asker, number: int, _: UserForm) -> int:
    return end_sessions_of(access, asker, number)


_CHANGES: Mapping[str, tuple[str, Callable[[Access, Asker, int, UserForm], object]]] = {
    "role": ("role", _set_role),
    "disable": ("disabled", _disable),
    "enable": ("enabled", _enable),
    "password": ("reset", _set_password),
    "sessions": ("ended", _end_sessions),
}
"""What can be done to a user, by the end of the address: the word for that it was done, and how."""
