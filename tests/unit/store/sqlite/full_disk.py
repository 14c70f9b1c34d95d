"""Adds pages until the disk is full, which a limit on the size of files stands for, and prints how many were kept.

python full_disk.py FOLDER
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from mingjian.errors import StoreError
from mingjian.read.plain import text_page
from mingjian.store import open_workspace

_LIMIT = 400_000


def main(folder: Path) -> int:
    """The number of pages that were acknowledged before the disk was full, and once more when there was room."""
    store = open_workspace(folder, write=True, create=True)
    with store.writing() as writer:
        writer.begin_run("add", "1", "1", "now")
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT, most))
    kept = 0
    try:
        while True:
            add(store, kept)
            kept += 1
    except StoreError as error:
        if "full" not in str(error):
            raise
    with store.reading() as reader:
        if len(reader.pages()) != kept:
            raise SystemExit(f"{len(reader.pages())} pages are there, {kept} were acknowledged")
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    add(store, kept)
    store.close()
    return kept + 1


def add(store: object, number: int) -> None:
    """One page, in a transaction of its own."""
    words = "".join(chr(0x4E00 + (number * 7_919 + index * 31) % 20_000) for index in range(3_000))
    with store.writing() as writer:  # type: ignore[attr-defined]
        writer.add_page(1, text_page(f"{number}.txt", words.encode()), f"https://news.invalid/{number}", "now")


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))  # noqa: T201
