"""Whether the service is alive and ready, and what it counts, for those who watch over it."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from http import HTTPStatus

import msgspec
from litestar import Response, get
from litestar.datastructures import State

from mingjian.errors import StoreError
from mingjian.serve.access.rights import needs
from mingjian.serve.workspace import Workspace

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """``ok``, or what is wrong; how many steps the indexes are behind the pages."""

    status: str
    behind: int = 0


class Metrics:
    """What was asked and how long it took, since the start."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._within: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """One request is answered."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._seconds[route] += seconds
            self._within[route][bisect_left(_BOUNDS, seconds)] += 1

    def lines(self, gauges: Mapping[str, int]) -> Iterator[str]:
        """In the text format of Prometheus."""
        for name, value in gauges.items():
            yield f"# TYPE mingjian_{name} gauge"
            yield f"mingjian_{name} {value}"
        with self._lock:
            yield "# TYPE mingjian_requests_total counter"
            for (route, method, status), count in sorted(self._requests.items()):
                yield f'mingjian_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}'
            yield "# TYPE mingjian_request_seconds histogram"
            for route, counts in sorted(self._within.items()):
                yield from _histogram(route, counts, self._seconds[route])


def _histogram(route: str, counts: list[int], seconds: float) -> Iterator[str]:
    total = 0
    for bound, count in zip((*map(str, _BOUNDS), "+Inf"), counts, strict=True):
        total += count
        yield f'mingjian_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
    yield f'mingjian_request_seconds_sum{{route="{route}"}} {seconds:.6f}'
    yield f'mingjian_request_seconds_count{{route="{route}"}} {total}'


@get(
    "/health/live",
    sync_to_thread=False,
    summary="Whether the process answers",
    tags=["operations"],
    opt=needs("anyone"),
)
def live() -> Health:
    """Say that the process answers."""
    return Health(status="ok")


@get(
    "/health/ready",
    sync_to_thread=True,
    summary="Whether the workspace can be read",
    tags=["operations"],
    opt=needs("anyone"),
)
def ready(state: State) -> Response[Health]:
    """Say whether the workspace can be read: ``503`` where it cannot."""
    workspace: Workspace = state.workspace
    try:
        behind = workspace.state().standing.behind
    except StoreError:
        told = Health(status="the workspace cannot be read; run `mingjian check`")
        return Response(told, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    return Response(Health(status="ok", behind=behind))


@get(
    "/metrics",
    sync_to_thread=True,
    media_type=_TEXT,
    summary="Counters for Prometheus",
    tags=["operations"],
    opt=needs("read"),
)
def metrics(state: State) -> str:
    """Tell how many requests there were, how long they took, and how far the workspace is."""
    standing = state.workspace.state().standing
    gauges = {"journal_steps": standing.journal, "steps_behind": standing.behind}
    counted: Metrics = state.metrics
    return "\n".join(counted.lines(gauges)) + "\n"
