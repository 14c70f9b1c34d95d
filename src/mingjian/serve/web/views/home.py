"""The first page: what is new, what is due, where sources disagree."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get

from mingjian.serve.access.rights import needs
from mingjian.serve.web.answering import answer
from mingjian.serve.web.words import word


class HomeController(Controller):
    """The first page."""

    path = "/"
    opt = needs("read")
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def home(self, request: Request[Any, Any, Any]) -> Response[str]:
        """Show the first page."""
        return answer(request, "home.html.j2", "home", title=str(word("nav.home")))
