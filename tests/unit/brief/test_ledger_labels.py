"""Whatever a ledger shows has a name in Chinese."""

from __future__ import annotations

from typing import Any

import msgspec

from mingjian.brief.wording import labels
from mingjian.core.model.ledger import cells, rows


def _structs() -> list[type[msgspec.Struct]]:
    found = [*vars(rows).values(), cells.Facets, cells.Row]
    return [one for one in found if isinstance(one, type) and issubclass(one, msgspec.Struct) and one is not cells.Cell]


def test_every_column_has_a_name() -> None:
    columns: dict[str, Any] = labels()["ledger"]["columns"]
    told = {field for one in _structs() for field in one.__struct_fields__}
    assert {"capacity", "posts", "lineage"} <= told
    assert sorted(told - set(columns)) == []


def test_a_column_that_a_ledger_calls_otherwise_is_of_a_ledger() -> None:
    ledgers = labels()["ledger"]
    named = {column.split(".")[0] for column in ledgers["columns"] if "." in column}
    assert named
    assert named <= set(ledgers["names"])
