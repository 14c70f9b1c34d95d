"""The whole service over a workspace of the sample pages, on a free port of this machine."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import uvicorn
from tests.unit.serve.conftest import token_of

from mingjian.cli.workspace.demo import sample_folders
from mingjian.core.access.rights import ROLES
from mingjian.core.model.page import Page
from mingjian.corpus import Corpus
from mingjian.read import read_paths
from mingjian.run import extract_many
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings


class Site(NamedTuple):
    """A running service: where it answers, over which folder, and the headers of users of each role."""

    address: str
    folder: Path
    roles: Mapping[str, Mapping[str, str]]


def make_workspace(folder: Path, more: tuple[Page, ...] = ()) -> None:
    """A workspace of the sample pages and some more, linked, indexed and with books."""
    with Corpus.open(folder, write=True, create=True) as corpus:
        for _ in corpus.add([*read_paths(sample_folders()), *more], extract_many):
            pass
        for _ in corpus.follow():
            pass


@contextmanager
def live(folder: Path) -> Iterator[Site]:
    """The service, which anyone may read, while this is open."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(Settings(workspace=folder, works=False, anyone_may_read=True))
        roles: dict[str, Mapping[str, str]] = {role: token_of(app.state.access, role) for role in ROLES}
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", folder, roles)
        finally:
            server.should_exit = True
            thread.join(10)
