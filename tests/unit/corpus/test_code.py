"""What a workspace derives is made anew of other code, by whoever brings it up to date."""

from __future__ import annotations

import re
import shutil
from collections import deque
from pathlib import Path

import pytest

import mingjian
from mingjian.cli.workspace.demo import sample_folders
from mingjian.corpus import Corpus, indexes, linking
from mingjian.corpus.code import LINKS, THINGS, WEIGHING, code_of
from mingjian.read import read_paths


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "core" / "link").mkdir(parents=True)
    (tmp_path / "core" / "link" / "judging.py").write_text("LEAST = 3\n")
    (tmp_path / "core" / "other.py").write_text("MOST = 3\n")
    (tmp_path / "core" / "link" / "notes.txt").write_text("a note\n")
    return tmp_path


def told(package: Path) -> str:
    code_of.cache_clear()
    return code_of(("core/link",), package)


def test_the_word_changes_with_the_code_and_with_nothing_else(package: Path) -> None:
    before = told(package)
    (package / "core" / "other.py").write_text("MOST = 4\n")
    (package / "core" / "link" / "notes.txt").write_text("another note\n")
    assert told(package) == before
    (package / "core" / "link" / "judging.py").write_text("LEAST = 4\n")
    changed = told(package)
    assert changed != before
    (package / "core" / "link" / "judging.py").rename(package / "core" / "link" / "weighing.py")
    assert told(package) not in {before, changed}


def test_every_place_that_is_named_holds_code() -> None:
    root = Path(mingjian.__file__).parent
    empty = code_of((), None)
    for places in (LINKS, THINGS, WEIGHING):
        for place in places:
            assert (root / place).exists(), place
            assert code_of((place,)) != empty, place


@pytest.mark.parametrize(("maker", "places"), [("corpus/linking.py", LINKS), ("corpus/books/keeping.py", THINGS)])
def test_what_makes_them_asks_no_linking_code_beside_those_places(maker: str, places: tuple[str, ...]) -> None:
    root = Path(mingjian.__file__).parent
    asked = re.findall(
        r"^from mingjian\.((?:core\.link|core\.ledger|corpus\.books)[a-z_.]*)", (root / maker).read_text(), re.M
    )
    assert asked
    for module in asked:
        assert module.replace(".", "/").startswith(tuple(place.removesuffix(".py") for place in places)), module


@pytest.mark.parametrize("place", ["links", "books"])
def test_to_follow_makes_anew_what_other_code_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    folder = tmp_path / "workspace"
    with Corpus.open(folder, write=True, create=True) as corpus:
        deque(corpus.add(read_paths(sample_folders()[:1])), maxlen=0)
        deque(corpus.follow(), maxlen=0)
        assert not corpus.behind()
    if place == "links":
        monkeypatch.setattr(linking, "code_of", lambda _places: "other code")
        linking.linked_by.cache_clear()
    else:
        monkeypatch.setattr(indexes, "code_of", lambda _places: "other code")
    with Corpus.open(folder, write=True) as corpus:
        assert corpus.behind()
        assert list(corpus.follow())
        assert not corpus.behind()
        assert list(corpus.check(thoroughly=True)) == []
    linking.linked_by.cache_clear()


@pytest.mark.parametrize("gone", ["", "fingerprints", "search", "books"])
def test_what_other_code_made_or_nobody_made_yet_is_behind_and_not_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    folder = tmp_path / "workspace"
    with Corpus.open(folder, write=True, create=True) as corpus:
        deque(corpus.add(read_paths(sample_folders()[:1])), maxlen=0)
        deque(corpus.follow(), maxlen=0)
    if gone:
        shutil.rmtree(folder / "indexes" / gone)
    else:
        monkeypatch.setattr(linking, "code_of", lambda _places: "other code")
        monkeypatch.setattr(indexes, "code_of", lambda _places: "other code")
        linking.linked_by.cache_clear()
    with Corpus.open(folder) as corpus:
        assert corpus.behind()
        assert list(corpus.check(thoroughly=True)) == []
    linking.linked_by.cache_clear()
