"""The cookie of a session: for this host and its own pages alone, out of reach of scripts."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from litestar.datastructures import Cookie

_PLAIN = "mingjian-session"
_BY_TLS = "__Host-mingjian-session"  # browsers take it by TLS alone, from this host, for all of its paths


def cookie_name(*, https: bool) -> str:
    """The name of the cookie."""
    return _BY_TLS if https else _PLAIN


def session_cookie(secret: str, *, https: bool) -> Cookie:
    """The cookie that keeps a browser logged in until it is closed, or the session ends."""
    return Cookie(key=cookie_name(https=https), value=secret, path="/", secure=https, httponly=True, samesite="strict")


def no_session_cookie(*, https: bool) -> Cookie:
    """The cookie that takes the other one away."""
    return Cookie(
        key=cookie_name(https=https), value="", path="/", max_age=0, secure=https, httponly=True, samesite="strict"
    )


def secret_in(header: str, *, https: bool) -> str | None:
    """The secret in a Cookie header; of several cookies of the name none, for one of them is forged."""
    name = cookie_name(https=https)
    if header.count(f"{name}=") != 1:
        return None
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return None
    return found.value if found is not None else None
