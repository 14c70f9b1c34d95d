"""A workspace of the sample pages, made once, and a service over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from mingjian.cli.workspace.demo import sample_folders
from mingjian.corpus import Corpus
from mingjian.read import read_paths
from mingjian.run import extract_many
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a workspace with the sample pages, linked, indexed and with books."""
    folder = tmp_path_factory.mktemp("serve") / "workspace"
    with Corpus.open(folder, write=True, create=True) as corpus:
        assert len(list(corpus.add(read_paths(sample_folders()), extract_many))) > 30
        assert list(corpus.follow())
    return folder


@pytest.fixture
def client(workspace: Path) -> Iterator[TestClient]:  # type: ignore[type-arg]
    """Asks a service that anyone may read."""
    settings = Settings(workspace=workspace, works=False, anyone_may_read=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as asking:
        yield asking
