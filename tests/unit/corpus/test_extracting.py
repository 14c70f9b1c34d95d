"""A page that somebody sends is extracted in a bounded time, whatever it is."""

from __future__ import annotations

import pytest

from mingjian.corpus import extracting
from mingjian.corpus.extracting import extract_sent
from mingjian.errors import BusyError, ReadError

LINE = "澜山市数据局3月2日发布通知，到2027年全市智能算力规模超过5EFLOPS。\n"


def test_a_long_page_gives_the_record_that_a_short_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    here = extract_sent({"text": LINE}, with_text=True)
    monkeypatch.setattr(extracting, "_SHORT", 10)
    assert extract_sent({"text": LINE}, with_text=True) == here


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "_SECONDS", 0.05)
    with pytest.raises(ReadError, match="too-slow"):
        extract_sent({"text": "“甲”说1%" * 8_000})
    monkeypatch.setattr(extracting, "_SECONDS", 20.0)
    monkeypatch.setattr(extracting, "_SHORT", 10)
    assert extract_sent({"text": LINE}).id  # and the next one is extracted


def test_no_more_than_two_long_pages_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "_SHORT", 10)
    with extracting._AT_ONCE, extracting._AT_ONCE, pytest.raises(BusyError, match="two long pages"):
        extract_sent({"text": LINE})
