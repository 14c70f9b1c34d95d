"""The right that a route asks for stands with the route; one without is refused, to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from litestar import Litestar
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from mingjian.core.access.rights import RIGHTS, Right
from mingjian.serve.access.asking import Connection, asker_of

_KEY = "right"
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="mingjian"'}
_OWN_OPTIONS = "litestar.routes.http"  # where Litestar answers OPTIONS by itself, with the methods of the path


def needs(right: Right) -> dict[str, Any]:
    """What a route, controller or router is given as ``opt`` to say which right it asks for."""
    return {_KEY: right}


def right_of(handler: BaseRouteHandler) -> Right | None:
    """The right that the route asks for; nothing where it says none."""
    right = handler.opt.get(_KEY)
    if right is None and handler.fn.__module__ == _OWN_OPTIONS:
        return "anyone"
    return cast("Right", right) if right in RIGHTS else None


def must_have_right(connection: Connection, handler: BaseRouteHandler) -> None:
    """Silence where who asks may use the route: a guard of the whole application.

    Raises ``NotAuthorizedException`` where a login would help, and ``PermissionDeniedException`` where it would not.
    """
    right, asker = right_of(handler), asker_of(connection)
    if right is None:
        raise PermissionDeniedException("this address says of nobody that they may use it")
    if asker.may(right):
        return
    if asker.via == "nobody":
        raise NotAuthorizedException("who asks is not known", headers=dict(_CHALLENGE))
    if right == "account":
        raise PermissionDeniedException("only a person who has logged in may do this, no token")
    raise PermissionDeniedException(f"this asks for the right {right}")


def undeclared(app: Litestar) -> list[str]:
    """The methods and paths of the application that say no right, and so are refused: there should be none."""
    return [told for told, right in declared(app) if right is None]


def declared(app: Litestar) -> Iterator[tuple[str, Right | None]]:
    """Every method and path of the application, with the right that it asks for."""
    for route in app.routes:
        handlers = route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]
        for handler in handlers:
            methods = " ".join(sorted(getattr(handler, "http_methods", ()))) or "ANY"
            yield f"{methods} {route.path}", right_of(handler)
