"""Which parts of a fact can be changed, and values as people type them."""

from __future__ import annotations

import msgspec
import pytest

from mingjian.cli.workspace.demo import sample_folders
from mingjian.core.model.page import Page
from mingjian.core.model.review import PartChange
from mingjian.core.pipeline.extract import extract
from mingjian.core.review.facts import fact_types, facts_of
from mingjian.core.review.parts import parts_of, place_of_words, typed_changes
from mingjian.core.review.settings import review_settings
from mingjian.errors import ReviewError
from mingjian.read import read_paths


def told(changes: tuple[PartChange, ...]) -> dict[str, object]:
    return {change.part: msgspec.json.decode(bytes(change.value)) for change in changes}


@pytest.mark.parametrize("kind", fact_types())
def test_every_kind_has_its_parts_and_its_evidence_last(kind: str) -> None:
    parts = parts_of(kind)
    assert parts[-1].name == "evidence"
    assert parts[-1].needed
    assert all(part.choices for part in parts if part.telling == "choice")
    assert {"id", "by", "parts", "support"}.isdisjoint(part.name for part in parts)


def test_what_another_part_tells_is_no_part_by_itself() -> None:
    names = {part.name for part in parts_of("targets")}
    assert "value" in names
    assert {"unit", "value_max", "normalized", "value_span"}.isdisjoint(names)


def test_coded_parts_are_chosen_from_what_there_is() -> None:
    coded = {(kind, part.name) for kind in fact_types() for part in parts_of(kind) if part.telling == "choice"}
    assert {
        ("events", "type"),
        ("events", "role"),
        ("events", "actuality"),
        ("policies", "status"),
        ("measures", "instrument"),
        ("company_actions", "kind"),
        ("technologies", "tech"),
        ("organisations", "type"),
    } <= coded
    listed = {(kind, part) for kind, parts in review_settings().choices.items() for part in parts}
    assert listed <= coded


@pytest.mark.parametrize(("part", "typed"), [("type", "签约"), ("actuality", "Planned")])
def test_a_code_that_there_is_not_is_refused_with_those_that_there_are(part: str, typed: str) -> None:
    with pytest.raises(ReviewError, match="give one of"):
        typed_changes("events", part, typed, [], None)


def test_whatever_rules_give_can_be_chosen() -> None:
    known = {(kind, part.name): set(part.choices) for kind in fact_types() for part in parts_of(kind) if part.choices}
    met = set()
    for page in read_paths(sample_folders()):
        assert isinstance(page, Page)
        record = extract(page)
        for kind in fact_types():
            for fact in facts_of(record, kind):
                for (of, part), codes in known.items():
                    given = getattr(fact, part) if of == kind else None
                    assert given is None or given in codes, (kind, part, given)
                    met |= {(of, part)} if given is not None else set()
    assert len(met) > 10


def test_a_number_that_is_typed_tells_all_that_goes_with_it() -> None:
    changes = typed_changes("targets", "value", "超过300亿元", [(3, 9)], None)
    assert told(changes)["normalized"] == {"value": 30_000_000_000, "value_max": None, "unit": "CNY"}
    assert told(changes)["unit"] == "亿元"
    assert [change.part for change in changes if change.spans] == ["value"]


def test_a_time_counts_from_the_day_of_publication() -> None:
    (change,) = typed_changes("targets", "deadline", "明年底", [], "2026-03-05")
    assert told((change,))["deadline"]["end"] == "2027-12-31"  # type: ignore[index]


@pytest.mark.parametrize(
    ("kind", "part", "typed", "value"),
    [
        ("targets", "metric", " 产业规模 ", "产业规模"),
        ("targets", "comparator", ">=", ">="),
        ("events", "actors", "甲市、乙公司", ["甲市", "乙公司"]),
        ("datasets", "labelled", "true", True),
        ("policies", "in_force", "2026-05-01", "2026-05-01"),
    ],
)
def test_values_are_typed_as_people_write_them(kind: str, part: str, typed: str, value: object) -> None:
    assert told(typed_changes(kind, part, typed, [], None)) == {part: value}


@pytest.mark.parametrize(("part", "typed"), [("value", "很多"), ("deadline", "苹果"), ("evidence", "x"), ("id", "x")])
def test_what_cannot_be_read_says_so(part: str, typed: str) -> None:
    with pytest.raises(ReviewError):
        typed_changes("targets", part, typed, [], None)


def test_words_are_found_where_they_stand_alone() -> None:
    text = "🚀𠮷野家到2027年，𠮷野家"
    assert place_of_words(text, "deadline", " 2027年 ") == (5, 10)
    for words in ("𠮷野家", "没有", " "):
        with pytest.raises(ReviewError):
            place_of_words(text, "subject", words)
