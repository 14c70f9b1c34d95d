"""A desk that cannot be written, because the disk is full, is read as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjian.errors import FullError
from mingjian.store.desk.file import DeskFile
from mingjian.store.desk.reviews import log_position
from mingjian.store.sqlite import connecting


@pytest.mark.parametrize("content", [b"", None])
def test_reading_goes_on_where_the_desk_was_only_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    desk = DeskFile(tmp_path, write=True)
    if content is not None:  # what a first review leaves for which there was no room
        desk.path.write_bytes(content)
    opened = connecting.connect_for_writing

    def full(path: Path) -> object:
        connection = opened(path)
        connection.execute("PRAGMA max_page_count = 1")
        return connection

    monkeypatch.setattr("mingjian.store.desk.file.connect_for_writing", full)
    with pytest.raises(FullError, match="full"), desk.writing():
        pass
    with desk.reading() as connection:
        assert log_position(connection) == 0
    monkeypatch.undo()
    with desk.writing():
        pass
    with desk.reading() as connection:
        assert log_position(connection) == 0
    desk.close()
