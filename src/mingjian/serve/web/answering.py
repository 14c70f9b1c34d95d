"""A page of the workbench as an answer: the frame for whoever asks, the template, and errors as pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from litestar import MediaType, Request, Response

from mingjian import __version__
from mingjian.corpus.clock import now
from mingjian.errors import StoreError
from mingjian.serve.access.asking import asker_of
from mingjian.serve.problems import Problem, answer_error, headers_of, is_for_keepers, note_unforeseen, problem_of
from mingjian.serve.settings import Settings
from mingjian.serve.web.details import detail_of
from mingjian.serve.web.parts import Frame
from mingjian.serve.web.rendering import render
from mingjian.serve.web.words import Word, word
from mingjian.serve.workspace import Workspace

Asked = Request[Any, Any, Any]
_HTML = "text/html"
_OFFSET = -6  # where the offset of a time begins


def answer(request: Asked, template: str, here: str, *, asked: str = "", **values: Any) -> Response[str]:  # noqa: ANN401
    """The page of a template; ``here`` is its place in the navigation, ``asked`` stands in the field of the search."""
    html = render(template, frame=frame_of(request, here, asked), **values)
    return Response(html, media_type=MediaType.HTML)


def frame_of(request: Asked, here: str, asked: str = "") -> Frame:
    """What stands around every page for whoever asks."""
    asker, settings = asker_of(request), _settings(request)
    behind, day = _state(request)
    return Frame(
        here=here,
        role=asker.role or ("reader" if asker.may("read") else None),
        user=asker.name or None,
        asked=asked,
        day=day,
        zone=f"UTC{now()[_OFFSET:]}",
        version=__version__,
        behind=behind if asker.may("read") else 0,
        read_only=settings.read_only,
    )


def answer_error_as_page(request: Asked, error: Exception) -> Response[Any]:
    """An error as a page that says what to do; programs that ask for no page get problem details."""
    if _HTML not in request.headers.get("accept", ""):
        return answer_error(request, error)
    problem = problem_of(error)
    note_unforeseen(request, error, problem)
    html = _problem_page(error, problem, frame_of(request, ""))
    headers = headers_of(error, problem)
    return Response(html, media_type=MediaType.HTML, status_code=problem.status, headers=headers)


def refused_page(error: Exception) -> str:
    """The page of a request that the gate refuses: nothing of the workspace stands round it."""
    return _problem_page(error, problem_of(error), Frame(role=None, version=__version__))


def _problem_page(error: Exception, problem: Problem, frame: Frame) -> str:
    return render(
        "problem.html.j2",
        frame=frame,
        title=str(_told("title", problem.status)),
        status=f"{problem.status} {problem.title}",
        detail=detail_of(error, problem),
        mend=_mend_of(error, problem),
    )


def _mend_of(error: Exception, problem: Problem) -> Word:
    """What to do; where that is not for who asks, to pass it on."""
    passes_on = problem.status == HTTPStatus.SERVICE_UNAVAILABLE and is_for_keepers(error)
    return word("problem-mend.keepers") if passes_on else _told("mend", problem.status)


def _told(what: str, status: int) -> Word:
    """What is told of a status; of one that nobody thought of, what its class says."""
    try:
        return word(f"problem-{what}.{status}")
    except KeyError:
        return word(f"problem-{what}.{status // 100 * 100}")


def _settings(request: Asked) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _state(request: Asked) -> tuple[int, str]:
    """How far the workspace is behind, and the day; a workspace that cannot be read leaves the frame standing."""
    workspace: Workspace = request.app.state.workspace
    try:
        state = workspace.state()
    except StoreError:
        return 0, ""
    return state.standing.behind, state.day
