"""Access put into an application: its guard, its state, its answers to refusals, and the gate before it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, Response
from litestar.config.app import AppConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import NotAuthorizedException
from litestar.plugins import InitPlugin
from litestar.response import Redirect

from mingjian.core.access.addresses import safe_next
from mingjian.serve.access.gate import Gate, Page
from mingjian.serve.access.rights import must_have_right
from mingjian.serve.access.service import Access
from mingjian.serve.problems import answer_error

LOGIN = "/login"


class AccessPlugin(InitPlugin):
    """Lets an application refuse whoever may not; ``behind_gate`` must follow, else nobody may anything."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """Add what is needed: the guard comes first, before those of routes."""
        app_config.guards.insert(0, must_have_right)
        app_config.state["access"] = self._access
        app_config.dependencies["access"] = Provide(_access, sync_to_thread=False)
        app_config.exception_handlers = {**app_config.exception_handlers, NotAuthorizedException: _answer_unknown}
        return app_config


def behind_gate(app: Litestar, access: Access, page: Page | None = None) -> Litestar:
    """The same application, all requests of which pass the gate; ``page`` tells browsers what it refuses."""
    app.asgi_handler = Gate(app.asgi_handler, access, page)
    return app


def _access(state: State) -> Access:
    access: Access = state.access
    return access


def _answer_unknown(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A browser that wants a page is led to the login, and from there to the page; scripts and programs are told."""
    if "text/html" not in request.headers.get("accept", "") or "hx-request" in request.headers:
        return answer_error(request, error)
    if request.method not in ("GET", "HEAD"):
        return Redirect(LOGIN, status_code=303)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Redirect(f"{LOGIN}?next={quote(safe_next(asked), safe='')}", status_code=303)
