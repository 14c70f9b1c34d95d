"""A workspace of the sample pages, made once, and a service over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from litestar.testing import TestClient

from mingjian.cli.workspace.demo import sample_folders
from mingjian.core.access.rights import ROLES, Role, scopes_of
from mingjian.corpus import Corpus
from mingjian.read import read_paths
from mingjian.run import extract_many
from mingjian.serve.access.asking import nobody
from mingjian.serve.access.service import Access
from mingjian.serve.access.tokens import make_token
from mingjian.serve.access.users import add_user
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a workspace with the sample pages, linked, indexed and with books."""
    folder = tmp_path_factory.mktemp("serve") / "workspace"
    with Corpus.open(folder, write=True, create=True) as corpus:
        assert len(list(corpus.add(read_paths(sample_folders()), extract_many))) > 30
        assert list(corpus.follow())
        assert corpus.desk.queue().total > 100
    return folder


class Asking(NamedTuple):
    """Whoever may read, by a client without a token; and the headers of users of each role."""

    client: TestClient[Any]
    roles: Mapping[str, Mapping[str, str]]


@contextmanager
def asking(settings: Settings) -> Iterator[Asking]:
    """A service that is asked by a reader, a reviewer and an admin, each with a token of all that they may."""
    app = create_app(settings)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield Asking(client, {role: token_of(app.state.access, role) for role in ROLES})


def token_of(access: Access, role: Role) -> dict[str, str]:
    """The headers of a new user of this role, with a token of all that it may."""
    by = nobody("127.0.0.1", may_read=False)
    user = add_user(access, by, f"lin-{role}", role, "seven quiet herons")
    secret, _ = make_token(access, by, user, "test", scopes_of(role))
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def client(workspace: Path) -> Iterator[TestClient]:  # type: ignore[type-arg]
    """Asks a service that anyone may read."""
    settings = Settings(workspace=workspace, works=False, anyone_may_read=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as asking:
        yield asking
