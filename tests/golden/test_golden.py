"""Golden records: the bundled sample pages give exactly these.

After a wanted change, write them again and read the difference line by line:

    python -m tests.golden.rewrite
"""

from __future__ import annotations

import pytest
from tests.golden.cases import EXPECTED, golden_text, pages_by_case


@pytest.mark.parametrize("case", sorted(path.stem for path in EXPECTED.glob("*.json")))
def test_the_record_is_as_reviewed(case: str) -> None:
    assert golden_text(pages_by_case()[case]) == (EXPECTED / f"{case}.json").read_text(encoding="utf-8")


def test_every_sample_page_has_a_golden_record() -> None:
    assert set(pages_by_case()) == {path.stem for path in EXPECTED.glob("*.json")}
