"""Many pages: the order of the input is kept, and one page's fault is that page's alone."""

from __future__ import annotations

import pytest

from mingjian.core.model.failure import Failure
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.errors import EngineError, RuleError
from mingjian.read.plain import text_page
from mingjian.run import extract_pages, local

PAGES = [text_page(f"{name}.txt", f"岚州市印发《{name}办法》。".encode()) for name in ("甲", "乙", "丙")]
FAILED = Failure("bad.txt", "read", "empty", "look")


def test_order_is_kept_and_failures_pass_through() -> None:
    results = list(extract_pages([PAGES[0], FAILED, PAGES[1]]))
    assert results[1] is FAILED
    shown = [result[0].doc_id for result in results if not isinstance(result, Failure)]
    assert shown == ["甲.txt", "乙.txt"]


def test_a_fault_is_a_failure_of_its_page_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(page: object, book: Rulebook | None, engines: object) -> object:
        if page is PAGES[1]:
            raise KeyError("noun")
        return real(page, book)  # type: ignore[arg-type]

    real = extract
    monkeypatch.setattr(local, "extract", broken)
    first, second, third = extract_pages(PAGES)
    assert not isinstance(first, Failure)
    assert not isinstance(third, Failure)
    assert isinstance(second, Failure)
    assert (second.doc_id, second.stage) == ("乙.txt", "extract")
    assert "KeyError" in second.reason
    assert "report" in second.mend


def test_a_rule_file_that_lacks_something_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(page: object, book: Rulebook | None, engines: object) -> object:
        raise RuleError("events.toml", None, "there is no cue", "keep the cues")

    monkeypatch.setattr(local, "extract", lacking)
    with pytest.raises(RuleError):
        list(extract_pages(PAGES, bundled_rulebook()))


def test_an_engine_that_does_not_answer_for_one_page_is_asked_of_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent_once(page: object, book: Rulebook | None, engines: object) -> object:
        if page is PAGES[1]:
            raise EngineError("openai", "gave no answer", "check the address")
        return real(page, book)  # type: ignore[arg-type]

    real = extract
    monkeypatch.setattr(local, "extract", silent_once)
    first, second, third = extract_pages(PAGES)
    assert not isinstance(first, Failure)
    assert not isinstance(third, Failure)
    assert second == Failure("乙.txt", "engine", "openai: gave no answer", "check the address")
