"""A start costs nothing of the formats that are not read: what reads them is loaded with the first file of its kind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mingjian.read import readers

HEAVY = ("jieba", "lxml", "numpy", "onnxruntime", "pypdfium2", "rjieba", "xml", "zstandard")
READ = Path(readers.__file__).parent


def test_a_start_loads_no_format() -> None:
    code = "import sys, mingjian.cli.main; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.split())
    assert "mingjian.read.readers" in loaded
    assert loaded & set(HEAVY) == set()
    pages = {f"mingjian.read.{folder.name}.pages" for folder in READ.iterdir() if (folder / "pages.py").exists()}
    assert len(pages) >= 7
    assert loaded & pages <= {"mingjian.read.html.pages"}  # most pages are HTML, and other formats hold it


def test_every_format_of_several_modules_says_in_its_reader_what_it_reads() -> None:
    formats = [folder for folder in READ.iterdir() if (folder / "pages.py").exists()]
    assert [folder.name for folder in formats if not (folder / "reader.py").exists()] == []
