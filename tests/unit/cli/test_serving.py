"""``mingjian serve`` where it cannot listen."""

from __future__ import annotations

import socket
from pathlib import Path

from typer.testing import CliRunner

from mingjian.cli.main import app
from mingjian.corpus import Corpus
from mingjian.serve.access.service import Access
from mingjian.store.access.setup import code_is, set_code


def test_a_port_that_is_taken_is_told_and_the_code_that_is_shown_elsewhere_stands(tmp_path: Path) -> None:
    Corpus.open(tmp_path, write=True, create=True).close()
    access = Access.open(tmp_path)
    with access.database.writing() as connection:
        set_code(connection, "SHOWN", access.now() + 60)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(app, ["serve", "--workspace", str(tmp_path), "--port", str(port)])
    assert (done.exit_code, "code" in done.output) == (2, False)
    assert f"127.0.0.1:{port}: cannot be listened at" in str(done.output) + str(done.exception)
    assert "--port" in str(done.output) + str(done.exception)
    with access.database.reading() as connection:
        assert code_is(connection, "SHOWN", access.now())
    access.close()
