"""The frame of a page from the request for it: who reads, and how far the workspace is."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response

from mingjian import __version__
from mingjian.serve.access.asking import asker_of
from mingjian.serve.settings import Settings
from mingjian.serve.web.parts import Frame
from mingjian.serve.web.rendering import render
from mingjian.serve.workspace import Workspace

HTML = "text/html; charset=utf-8"


def frame_of(request: Request[Any, Any, Any], here: str = "", asked: str = "") -> Frame:
    """What stands around a page; ``here`` is its place in the navigation, ``asked`` what is searched for."""
    asker, settings = asker_of(request), _settings(request)
    state = _workspace(request).state()
    return Frame(
        here=here,
        role=asker.role or ("reader" if asker.may("read") else None),
        user=asker.name or None,
        asked=asked,
        day=state.day,
        version=__version__,
        behind=state.standing.behind,
        read_only=settings.read_only,
    )


def page(template: str, frame: Frame, *, status: int = 200, **values: Any) -> Response[bytes]:  # noqa: ANN401
    """The page as an answer."""
    return Response(render(template, frame=frame, **values).encode(), status_code=status, media_type=HTML)


def _settings(request: Request[Any, Any, Any]) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _workspace(request: Request[Any, Any, Any]) -> Workspace:
    workspace: Workspace = request.app.state.workspace
    return workspace
