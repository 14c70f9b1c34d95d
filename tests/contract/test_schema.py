"""The wire format: its schema is fresh, and names what users read."""

from __future__ import annotations

import json
from pathlib import Path

from mingjian.core.model.wire import record_schema

SCHEMA_FILE = Path(__file__).parents[2] / "schemas" / "record-1.json"


def test_the_schema_file_is_fresh() -> None:
    """Write it again with: mingjian schema > schemas/record-1.json."""
    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == record_schema()


def test_every_fact_kind_demands_evidence_and_a_rule() -> None:
    definitions = record_schema()["$defs"]
    record = definitions["Record"]["properties"]
    kinds = [name for name, field in record.items() if "$ref" in field.get("items", {})]
    facts = [definitions[record[name]["items"]["$ref"].rsplit("/", 1)[-1]] for name in kinds]
    with_evidence = [fact for fact in facts if "evidence" in fact["properties"]]
    assert len(with_evidence) >= 20
    assert all({"evidence", "by"} <= set(fact["required"]) for fact in with_evidence)
