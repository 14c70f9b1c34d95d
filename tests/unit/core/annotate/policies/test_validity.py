from __future__ import annotations

import pytest
from tests.unit.core.annotate.policies.reading_policies import policies


@pytest.mark.parametrize(
    ("words", "in_force", "valid_until"),
    [
        ("自2025年1月1日起施行，有效期两年", "2025-01-01", "2026-12-31"),
        ("自2025年1月1日起正式实施，有效期为5年", "2025-01-01", "2029-12-31"),
        ("自2025年3月1日起试行，试行期为2年", "2025-03-01", "2027-02-28"),
        ("自2025年9月1日起施行，试行两年", "2025-09-01", "2027-08-31"),
        ("自2025年1月1日起施行，有效期至2027年12月31日", "2025-01-01", "2027-12-31"),
        ("自2025年1月1日起施行，至2026年12月31日止", "2025-01-01", "2026-12-31"),
        ("有效期自2025年1月1日至2027年12月31日", "2025-01-01", "2027-12-31"),
        ("自2025年3月起施行，有效期两年", "2025-03", "2027-02"),
        ("自2025年10月1日起施行", "2025-10-01", None),
        ("有效期两年", None, None),
        ("要求到2027年12月31日建成，建设期两年", None, None),
    ],
)
def test_first_and_last_day(words: str, in_force: str | None, valid_until: str | None) -> None:
    (one,) = policies(f"《东江市数据券办法》{words}。")
    assert (one.in_force, one.valid_until) == (in_force, valid_until)
    assert ("in_force" in one.parts, "valid_until" in one.parts) == (in_force is not None, valid_until is not None)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("自发布之日起施行", "2025-06-30"),
        ("自公布之日起30日后施行", "2025-07-30"),
        ("自印发之日起3个月后实施", "2025-09-30"),
        ("自印发之日起5个工作日后实施", None),
    ],
)
def test_days_counted_from_the_issue(words: str, day: str | None) -> None:
    (one,) = policies(f"东江市数据局2025年6月30日发布《东江市数据券细则》，{words}。")
    assert one.in_force == day
    assert (len(one.parts["in_force"]) == 2) if day else ("in_force" not in one.parts)


def test_from_the_issue_counts_from_no_day_where_none_is_told() -> None:
    (one,) = policies("东江市数据局发布《东江市数据券细则》，自发布之日起施行，有效期两年。")
    assert (one.in_force, one.valid_until) == (None, None)


def test_a_day_of_another_sentence_belongs_to_the_document_named_last_in_the_block() -> None:
    first, second = policies("东江市印发《甲办法》《乙办法》。自2025年10月1日起施行。", "自2026年1月1日起施行。")
    assert (first.in_force, second.in_force) == (None, "2025-10-01")
