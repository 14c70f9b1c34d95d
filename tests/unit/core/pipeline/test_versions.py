"""How the words of two versions are held against one another."""

from __future__ import annotations

import pytest

from mingjian.core.pipeline import versions
from mingjian.core.pipeline.versions import Edit, edits_between


def test_a_page_of_which_very_much_changed_is_not_compared_all_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def likeness(words: str, other: str) -> float:
        asked.append((words, other))
        return 0.0

    monkeypatch.setattr(versions, "_likeness", likeness)
    many = [[f"{name}{number}段。" for number in range(120)] for name in ("旧", "新")]
    long = [["算" * 6_000], ["力" * 6_000]]
    for old, new in (many, long):
        edits = edits_between([*old, "同一段。"], [*new, "同一段。"])
        assert edits == tuple([Edit(words, "") for words in old] + [Edit("", words) for words in new])
    assert asked == []
    edits_between(["旧段。"], ["新段。"])
    assert asked == [("旧段。", "新段。")]
