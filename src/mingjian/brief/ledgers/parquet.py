"""Ledgers as Parquet, by pyarrow, which is loaded only here."""

from __future__ import annotations

import io
from typing import Any

from mingjian.brief.evidence import Pages, told
from mingjian.brief.ledgers.columns import Column, Entry, Said, Value
from mingjian.brief.ledgers.tables import Evidence, Table, bare, evidence_of
from mingjian.core.model.ledger.cells import Cite
from mingjian.errors import EngineError

_TEXTS = ("column", "value", "basis", "text", "page", "title", "source", "published", "link", "layer")
_PLACES = ("start", "end")


def parquet_bytes(table: Table) -> bytes:
    """The file: a typed column for each of the table's, and two more, ``evidence`` and ``missing``.

    Numbers are doubles (``evidence`` has their digits), dates texts as exact as told, several values lists, tables
    within the row lists of structs. Raises ``EngineError`` where pyarrow is not installed.
    """
    arrow, parquet = _pyarrow()
    fields = [(column.name, _type_of(column, arrow)) for column in table.columns]
    fields += [("evidence", arrow.list_(_evidence_type(arrow))), ("missing", arrow.list_(_missing_type(arrow)))]
    rows = [_row(entries, table) for _, entries in table.entries()]
    written = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(rows, schema=arrow.schema(fields)), written, compression="zstd")
    return written.getvalue()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as arrow  # here, because it is large, and an extra
        from pyarrow import parquet
    except ImportError as error:
        mend = "install it with `pip install 'mingjian[parquet]'`, or write .csv, .jsonl or .xlsx"
        raise EngineError("pyarrow", f"is needed for Parquet and cannot be loaded ({error})", mend) from None
    return arrow, parquet


def _type_of(column: Column, arrow: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    if column.kind == "table":
        return arrow.list_(arrow.struct([(one.name, _type_of(one, arrow)) for one in column.inner]))
    plain = {"number": arrow.float64(), "count": arrow.int64(), "flag": arrow.bool_()}.get(column.kind, arrow.string())
    return arrow.list_(plain) if column.many else plain


def _evidence_type(arrow: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    texts = [(name, arrow.string()) for name in _TEXTS]
    return arrow.struct([*texts, *((name, arrow.int64()) for name in _PLACES)])


def _missing_type(arrow: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    return arrow.struct([("column", arrow.string()), ("reason", arrow.string())])


def _row(entries: tuple[Entry, ...], table: Table) -> dict[str, object]:
    missing = [{"column": entry.column.name, "reason": entry.first.missing} for entry in entries if entry.first.missing]
    evidence = [_evidence(one, table.pages) for one in evidence_of(entries, table.ledger)]
    return {**_values(entries), "evidence": evidence, "missing": missing}


def _values(entries: tuple[Entry, ...]) -> dict[str, object]:
    return {entry.column.name: _value(entry) for entry in entries}


def _value(entry: Entry) -> object:
    if entry.column.kind == "table":
        return [_values(row) for row in entry.rows]
    values = [_plain(said.value, entry.column) for said in entry.said]
    return values if entry.column.many else next(iter(values), None)


def _plain(value: Value, column: Column) -> object:
    return None if value is None else float(value) if column.kind == "number" else value


def _evidence(evidence: Evidence, pages: Pages) -> dict[str, object]:
    said: Said = evidence.said
    cite: Cite = evidence.cite
    page = told(cite, pages)
    return {
        "column": evidence.column,
        "value": bare(said.value),
        "basis": said.basis,
        "text": cite.text,
        "page": cite.page,
        "title": page.title,
        "source": page.source,
        "published": page.published,
        "link": page.link,
        "layer": cite.layer,
        "start": cite.start,
        "end": cite.end,
    }
