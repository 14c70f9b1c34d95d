"""The sample corpus, whose relations its writer told without seeing the rules, as a workspace sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mingjian.core.model.reprints import FOLDING
from mingjian.corpus import Corpus, ReprintGroup
from mingjian.read import read_paths

ROOT = Path(__file__).parents[3]
TRUTH: dict[str, Any] = json.loads((ROOT / "tests" / "corpus_truth.json").read_text(encoding="utf-8"))
COPIES = [page for page in TRUTH["pages"] if page["kind"] == "reprint"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with Corpus.open(tmp_path_factory.mktemp("samples") / "w", write=True, create=True) as opened:
        list(opened.add(read_paths([ROOT / "examples" / "corpus"])))
        yield opened


@pytest.fixture(scope="module")
def groups(corpus: Corpus) -> list[ReprintGroup]:
    return corpus.groups(100)


def name_of(doc_id: str) -> str:
    return Path(doc_id).name


def test_the_groups_are_those_that_are_true(groups: list[ReprintGroup]) -> None:
    found = [sorted(name_of(copy.page.doc_id) for copy in group.copies) for group in groups]
    assert found == [["01-bureau-release.html", *sorted(page["file"] for page in COPIES)]]


def test_the_first_source_and_who_copied_from_whom_when(groups: list[ReprintGroup]) -> None:
    (group,) = groups
    assert name_of(group.source.doc_id) == "01-bureau-release.html"
    names = {copy.page.id: name_of(copy.page.doc_id) for copy in group.copies}
    copies = {name_of(copy.page.doc_id): copy for copy in group.copies}
    for page in COPIES:
        copy = copies[page["file"]]
        assert copy.parent is not None
        assert names[copy.parent] in page["parents_accepted"], page["file"]
        after = page["minutes_after_first"]
        assert (copy.placed.copy.after_source.least, copy.placed.copy.after_source.most) == (after, after)


def test_what_ties_pages_that_are_no_reprints(corpus: Corpus) -> None:
    with corpus.store.reading() as reader:
        ids = {name_of(page.doc_id): page.id for page in reader.pages() if page.stands}

    def kinds(one: str, other: str) -> set[str]:
        _, ties = corpus.reprints_of(ids[one])
        return {tie.relation.kind for tie in ties if tie.page.id == ids[other]}

    for relation in TRUTH["relations"]:
        one, other = relation["pages"]
        if relation["kind"] != "same-page":  # two versions of one page, of which one stands
            assert kinds(one, other) <= {relation["kind"].replace("-", "_")}, relation
    for apart in TRUTH["unrelated"]:
        assert not kinds(*apart["pages"]) & FOLDING, apart
    assert kinds("11-release-factory.html", "12-release-market.txt") == {"shared_release"}
    assert kinds("13-price-weekly-12.html", "14-price-weekly-13.html") == {"series"}
