"""Days and ranges of days as a query writes them."""

from __future__ import annotations

import pytest

from mingjian.core.search.periods import read_period


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("2025", ("2025-01-01", "2025-12-31")),
        ("2025年", ("2025-01-01", "2025-12-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2025年3月", ("2025-03-01", "2025-03-31")),
        ("2025/3/1", ("2025-03-01", "2025-03-01")),
        ("2025年3月1日", ("2025-03-01", "2025-03-01")),
        ("20250301", ("2025-03-01", "2025-03-01")),
        ("2023..2025", ("2023-01-01", "2025-12-31")),
        ("2025-03..2025-06", ("2025-03-01", "2025-06-30")),
        ("2025-06..2025-03", ("2025-03-01", "2025-06-30")),
        ("2023至2025年", ("2023-01-01", "2025-12-31")),
        ("2025..", ("2025-01-01", None)),
        ("..2025-06", (None, "2025-06-30")),
    ],
)
def test_periods(words: str, days: tuple[str | None, str | None]) -> None:
    assert read_period(words) == days


@pytest.mark.parametrize("words", ["", "..", "去年", "2025-13", "2025-02-30", "25", "2025..2026..2027", "三月", "0999"])
def test_what_is_none(words: str) -> None:
    assert read_period(words) is None
