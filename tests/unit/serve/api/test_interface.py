"""The interface keeps what its description says, whatever is asked: schemathesis asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from litestar.testing import TestClient
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from mingjian.serve.access.settings import AccessSettings
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings

_SENT = {"headers": "headers", "params": "params", "json": "json", "data": "content", "files": "files"}
"""What schemathesis calls the parts of a request, and what the client does."""
_MANY = 1_000_000
_NOT_ASKED = "^/(?!api)|/jobs/files|/session|/account|/users|/tokens|/audit|/reprints/marks"
"""Operations of other parts, and one that looks at all pages."""
_MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


class Roomy(Settings, frozen=True, kw_only=True):
    """Settings of a service that anyone may ask as often as they want."""

    @property
    def access(self) -> AccessSettings:
        """Without a rate."""
        return msgspec.structs.replace(super().access, requests_of_address=_MANY)


@pytest.fixture(scope="module")
def asked(workspace: Path) -> Iterator[TestClient[Any]]:
    service = Roomy(workspace=workspace, works=False, anyone_may_read=True, read_only=True)
    with TestClient(create_app(service), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("mode", _MODES, ids=["well formed", "malformed"])
def test_answers_are_as_described(asked: TestClient[Any], mode: GenerationMode) -> None:
    """No answer is of another form than its description says, and none is an error that nobody foresaw.

    What a request means cannot be said in a schema (which places there are): those that are well formed may be refused.
    The gate answers methods that are none of ours.
    """
    schema = schemathesis.openapi.from_dict(asked.get("/api/openapi.json").json()).exclude(path_regex=_NOT_ASKED)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) > 35
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.query and not operation.body:
            continue

        @settings(
            max_examples=3, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
            kept = {_SENT[name]: value for name, value in sent.items() if name in _SENT}
            answer = asked.request(sent["method"], sent["url"], **kept)
            case.validate_response(answer, excluded_checks=[positive_data_acceptance, unsupported_method])

        ask()
