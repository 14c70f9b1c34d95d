"""Write the dictionary with which records are packed, trained on records of the bench's invented pages.

python -m tools.train_dictionary FILE

A dictionary that was once part of a schema never changes: a better one is a new version of the schema, with a file of
its own.
"""

from __future__ import annotations

import sys
from pathlib import Path

import zstandard
from bench.corpus import make_corpus

from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract

_PAGES = 200
_SIZE = 8_192
_EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"


def train() -> bytes:
    """The dictionary; the same rules, pages and library give the same bytes."""
    records: list[bytes | bytearray | memoryview] = [
        encode_record(extract(page)) for page in make_corpus(_EXAMPLES, _PAGES, seed=5)
    ]
    return zstandard.train_dictionary(_SIZE, records, level=3).as_bytes()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(train())
