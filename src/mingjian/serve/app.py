"""The service as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from litestar import Litestar, Request, Response, Router, get
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from mingjian import __version__
from mingjian.corpus.inbox import Inbox
from mingjian.serve.access.api import access_api
from mingjian.serve.access.plugin import AccessPlugin, behind_gate
from mingjian.serve.access.rights import needs
from mingjian.serve.access.service import Access
from mingjian.serve.api import API
from mingjian.serve.background import Background
from mingjian.serve.caching import answer_known, name_answer
from mingjian.serve.described import described_interface
from mingjian.serve.health import Metrics, live, metrics, ready
from mingjian.serve.logs import watched
from mingjian.serve.paging import refuse_unknown
from mingjian.serve.problems import answer_error
from mingjian.serve.settings import READS, Settings, must_not_change
from mingjian.serve.warming import warm
from mingjian.serve.web.answering import answer_error_as_page, refused_page
from mingjian.serve.web.views import VIEWS
from mingjian.serve.web.views.accounts import account_pages
from mingjian.serve.web.views.admin import admin_pages
from mingjian.serve.web.views.jobs import job_pages
from mingjian.serve.web.views.upkeep import upkeep_pages
from mingjian.serve.wire import OutcomeSchema, Wire, encode
from mingjian.serve.workspace import Workspace

if TYPE_CHECKING:
    from mingjian.serve.mcp.mounting import Mount


def create_app(settings: Settings) -> Litestar:
    """The application over the workspace of the settings, which must be there; raises as ``Corpus.open`` does."""
    workspace = Workspace(settings.workspace)
    access = Access.open(settings.workspace, settings.access, write=not settings.read_only)
    inbox = Inbox(settings.workspace)
    background = Background(workspace, inbox)
    agents = _agents(workspace)

    @asynccontextmanager
    async def running(_app: Litestar) -> AsyncIterator[None]:
        warm(workspace)
        if settings.works and not settings.read_only:
            background.start()
        try:
            yield
        finally:
            background.stop()
            workspace.close()
            access.close()

    app = Litestar(
        route_handlers=[
            _api(),
            _web(),
            access_api(),
            account_pages(),
            admin_pages(),
            job_pages(),
            upkeep_pages(),
            *(one.handler for one in agents),
            *_OPERATIONS,
        ],
        dependencies={name: _given(name) for name in ("workspace", "settings", "inbox", "background")},
        middleware=[DefineMiddleware(watched)],
        before_send=[name_answer],
        exception_handlers={Exception: answer_error_anywhere},
        lifespan=[running, *(one.lifespan for one in agents)],
        openapi_config=_openapi(),
        compression_config=_SMALLER,
        state=State(_held(workspace, settings, inbox, background)),
        request_max_body_size=settings.most_bytes,
        logging_config=None,
        pdb_on_exception=False,
        debug=False,
        plugins=[AccessPlugin(access), OutcomeSchema()],
        guards=[must_not_change],
    )
    return behind_gate(app, access, refused_page)


@get("/api/openapi.json", sync_to_thread=False, include_in_schema=False, opt=needs("read"))
def described(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Describe the interface: OpenAPI 3.1."""
    return Response(encode(described_interface(request.app)), media_type="application/vnd.oai.openapi+json")


_SMALLER = CompressionConfig(
    backend="gzip",
    gzip_compress_level=5,
    minimum_size=1_000,
    exclude=["^/static/", "^/mcp", r"\.(xlsx|docx|parquet|db)$"],
)
"""Answers are sent with gzip to who takes it, but for those that are packed already; no page holds a secret."""
_OPERATIONS = (described, live, ready, metrics)


def _api() -> Router:
    """What programs use."""
    return Router(
        path="/api",
        route_handlers=list(API),
        before_request=look_first,
        response_class=Wire,
        exception_handlers={Exception: answer_error},
    )


def _web() -> Router:
    """What people use."""
    return Router(
        path="/",
        route_handlers=list(VIEWS),
        before_request=answer_known,
        exception_handlers={Exception: answer_error_as_page},
    )


def _agents(workspace: Workspace) -> list[Mount]:
    """What agents use, where the extra ``mcp`` is installed."""
    if find_spec("mcp") is None:
        return []
    from mingjian.serve.mcp.mounting import mount_mcp

    return [mount_mcp(workspace, opt={**needs("read"), **READS})]


def answer_error_anywhere(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """An error where no route is: problem details for programs, a page for people."""
    answering = answer_error if request.url.path.startswith("/api") else answer_error_as_page
    return answering(request, error)


def look_first(request: Request[Any, Any, Any]) -> Response[None] | None:
    """``304`` where the client has the answer; raises ``QuestionError`` for parameters that the route does not take."""
    refuse_unknown(request)
    return answer_known(request)


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Mingjian",
        version=__version__,
        description="Records, facts, ledgers, search, graph and briefs of a workspace; every value cites its words.",
        openapi_router=Router("/api/openapi", route_handlers=[], opt=needs("read")),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
    )


def _held(workspace: Workspace, settings: Settings, inbox: Inbox, background: Background) -> dict[str, object]:
    """What handlers find in the state of the application, and get by these names."""
    return {
        "workspace": workspace,
        "settings": settings,
        "inbox": inbox,
        "background": background,
        "metrics": Metrics(),
    }


def _given(name: str) -> Provide:
    """What of the state a handler gets that asks for it by this name."""

    def give(state: State) -> Any:  # noqa: ANN401 - handlers say what it is
        return getattr(state, name)

    return Provide(give, sync_to_thread=False)
