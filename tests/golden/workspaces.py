"""The workspace that stands in the golden files of all schema versions, and how such a file is written.

python -m tests.golden.workspaces

writes the file of the newest version where there is none. The files of older versions are never written again: they
are what old programs left behind.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

from mingjian.core.model.corpus import Change, Neighbours, Placing
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.pipeline.extract import extract
from mingjian.core.storing import Store
from mingjian.read.html import html_page
from mingjian.read.plain import text_page
from mingjian.store import DATABASE, open_workspace
from mingjian.store.sqlite.versions import NEWEST

FOLDER = Path(__file__).with_name("schemas")
_AT = "2026-01-05T09:00:00+00:00"
_WORDS = "岚州市发布人工智能产业行动方案，计划到2027年建成{}个智能工厂。\n云岭社记者周岚2025年3月5日报道。\n"


def pages() -> list[tuple[str, Page]]:
    """The pages of the workspace and where they stand: two versions of one, its twin, and two others."""
    markup = f"<html><head><title>岚州</title></head><body><div class=a><p>{_WORDS.format(30)}</p></div></body></html>"
    return [
        ("https://news.invalid/1", text_page("1.txt", _WORDS.format(10).encode())),
        ("https://news.invalid/1", text_page("1.txt", _WORDS.format(20).encode())),
        ("https://mirror.invalid/1", text_page("copy.txt", _WORDS.format(10).encode())),
        ("https://news.invalid/2", html_page("2.html", markup.encode("gb18030"))),
        ("https://news.invalid/3", text_page("3.txt", _WORDS.format(40).encode())),
    ]


def fill(store: Store) -> None:
    """Something of each kind."""
    with store.writing() as writer:
        run = writer.begin_run("add pages", "0.1.0", "rules-1", _AT).number
        for address, page in pages():
            kept, _ = writer.add_page(run, page, address, _AT)
            writer.put_record(run, kept.number, extract(page))
        writer.add_failure(run, Failure("bad.html", "read", "empty-page: no words to read", "leave it out"))
        writer.finish_run(run, {"added": 5, "failed": 1}, _AT)
    with store.writing() as writer:
        writer.add_change(Change(run=1, number=2, kind="version", differences=b"[]"))
        writer.put_article(1, b"article")
        writer.put_neighbours(Neighbours(number=1, part=1))
        writer.put_neighbours(Neighbours(number=3, part=1, content=b"neighbours"))
        writer.put_placing(Placing(number=1, group=1))
        writer.put_placing(Placing(number=3, group=1, parent=1, content=b"delay"))
        decision = writer.decide("split", ("a", "b"), "周岚", "two papers", _AT)
        writer.undo(decision.number, "王屿", _AT)
        writer.remove(5, "asked for", erase=True)
        writer.remove(4, "not ours")
        writer.set_mark("links", "12")


def golden(version: int) -> bytes:
    """The file that the program of this version left."""
    return gzip.decompress((FOLDER / f"version-{version}.db.gz").read_bytes())


def _write_newest() -> None:
    path = FOLDER / f"version-{NEWEST}.db.gz"
    with tempfile.TemporaryDirectory() as folder:
        store = open_workspace(Path(folder), write=True, create=True)
        fill(store)
        store.close()
        with path.open("xb") as stream:
            stream.write(gzip.compress((Path(folder) / DATABASE).read_bytes(), mtime=0))


if __name__ == "__main__":
    _write_newest()
