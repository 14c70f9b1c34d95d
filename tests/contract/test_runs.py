"""Every way to run many pages gives the same bytes in the same order: another way adds a line to ``WAYS``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.contract.samples import SAMPLES

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.wire import encode_record
from mingjian.errors import EngineError, RuleError
from mingjian.read import Limits, read_paths
from mingjian.read.plain import text_page
from mingjian.run import Extracted, Setup, Workers, extract_many, extract_pages
from mingjian.run.reading import read_guarded

EXAMPLES = Path(__file__).parents[2] / "examples" / "pages"
WAYS = {
    "here": Workers(),
    "one guarded": Workers(1, 60),
    "two": Workers(2),
    "three guarded": Workers(3, 60),
}
every_way = pytest.mark.parametrize("workers", WAYS.values(), ids=WAYS.keys())
both_kinds = pytest.mark.parametrize("workers", [Workers(), Workers(2, 60)], ids=["here", "workers"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample pages, a file of every kind that is read, and files that are none."""
    folder = tmp_path_factory.mktemp("pages")
    for path in EXAMPLES.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    for number, sample in enumerate(SAMPLES):
        (folder / f"{number:02d}-{sample.name}").write_bytes(sample.content)
    (folder / "00-empty.txt").write_bytes(b"")
    (folder / "99-none.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    return folder


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[bytes | Failure]:
    """What a plain loop gives."""
    results = extract_pages(read_paths([folder, "missing.txt"]))
    return [result if isinstance(result, Failure) else encode_record(result[1]) for result in results]


@every_way
def test_any_number_of_workers_gives_the_same_bytes_in_the_same_order(
    folder: Path, expected: list[bytes | Failure], workers: Workers
) -> None:
    pages = list(read_guarded([folder, "missing.txt"], Limits(), None))
    assert pages == list(read_paths([folder, "missing.txt"]))
    results = list(extract_many(pages, workers=workers))
    assert [result if isinstance(result, Failure) else result.encoded for result in results] == expected
    shown = [result.page for result in results if isinstance(result, Extracted)]
    assert shown == [page for page in pages if isinstance(page, Page)]
    assert all(encode_record(result.record) == result.encoded for result in results if isinstance(result, Extracted))


@both_kinds
def test_rules_of_ones_own_reach_every_worker(tmp_path: Path, workers: Workers) -> None:
    (tmp_path / "lexicons").mkdir()
    rows = "id\tname\taliases\tsource\nown-1\t鹿鸣机器人\t鹿鸣\town\n"
    (tmp_path / "lexicons" / "technology_companies.add.tsv").write_text(rows, encoding="utf-8")
    page = text_page("a.txt", "鹿鸣机器人今日发布新一代产品。鹿鸣表示，订单充足。".encode())
    (given,) = extract_many([page], Setup(rules=str(tmp_path)), workers)
    assert isinstance(given, Extracted)
    assert [one.canonical for one in given.record.organisations] == ["鹿鸣机器人"]


@both_kinds
def test_rules_and_engines_that_cannot_be_had_end_the_run(tmp_path: Path, workers: Workers) -> None:
    pages = [text_page("a.txt", "岚州市发布消息。".encode())]
    with pytest.raises(RuleError, match="there is no such folder"):
        list(extract_many(pages, Setup(rules=str(tmp_path / "none")), workers))
    with pytest.raises(EngineError, match="there is no engine of this name"):
        list(extract_many(pages, Setup(engine="none"), workers))


@both_kinds
def test_known_pages_are_passed_over_and_input_is_taken_as_it_is_needed(workers: Workers) -> None:
    taken: list[int] = []

    def pages() -> Iterator[Page]:
        for number in range(2_000):
            taken.append(number)
            yield text_page(f"{number}.txt", f"岚州市第{number}号消息。".encode())

    results = extract_many(pages(), workers=workers, known=lambda page: page.doc_id == "1.txt")
    first, second = next(results), next(results)
    assert isinstance(first, Extracted)
    assert isinstance(second, Extracted)
    assert (first.page.doc_id, second.page.doc_id) == ("0.txt", "2.txt")
    assert len(taken) < 400
    results.close()  # type: ignore[attr-defined]
