"""The reasons for a look against their own examples."""

from __future__ import annotations

from typing import Any

import pytest

from mingjian.core.pipeline.extract import extract
from mingjian.core.review.facts import fact_types
from mingjian.core.review.settings import review_settings
from mingjian.core.review.worth import looked_through
from mingjian.read.plain import text_page

EXAMPLES = [(slug, example) for slug, reason in review_settings().reason.items() for example in reason.example]


@pytest.mark.parametrize(("slug", "example"), EXAMPLES)
def test_a_reason_does_what_its_examples_say(slug: str, example: dict[str, Any]) -> None:
    record = extract(text_page("example.txt", example["text"].encode()))
    found = [one for one in looked_through(record) if one.kind == example["kind"]]
    meant = [one for one in found if example["match"] in one.fact.evidence.text]
    assert len(meant) == 1
    assert (slug in {reason.slug for reason in meant[0].reasons}) is bool(example.get("worth"))


def test_kinds_and_parts_are_those_of_records() -> None:
    settings = review_settings()
    assert set(settings.kinds) <= set(fact_types())
    for reason in settings.reason.values():
        assert set(reason.kinds) <= set(settings.kinds)
        for kind, parts in reason.parts.items():
            assert set(parts) <= set(fact_types()[kind].__struct_fields__)
