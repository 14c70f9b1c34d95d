"""The sample pages and their golden records."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import msgspec

from mingjian.core.model.page import Page
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read import read_paths

EXAMPLES = Path(__file__).parents[2] / "examples" / "pages"
EXPECTED = Path(__file__).parent / "records"


@cache
def pages_by_case() -> dict[str, Page]:
    """Every sample page under the name of its golden record."""
    pages = [page for page in read_paths([str(EXAMPLES)]) if isinstance(page, Page)]
    return {page.doc_id.removeprefix(f"{EXAMPLES}/").replace("#", "-").replace(".", "-"): page for page in pages}


def golden_text(page: Page) -> str:
    """The record as its golden file holds it: verified, a fact a line where it fits, without ids."""
    record = extract(page)
    verify(record, page)
    raw = json.loads(encode_record(record))
    raw["id"] = "(of page and rules)"
    raw["page"].pop("path", None)
    titles = {event["id"]: event["title"] for event in raw["events"]}
    for event in raw["events"]:
        event["sub_event_of"] = titles.get(event["sub_event_of"], event["sub_event_of"])
    for value in raw.values():
        for fact in value if isinstance(value, list) else []:
            if isinstance(fact, dict):
                fact.pop("id", None)
    lines = []
    for name, value in raw.items():
        if isinstance(value, list) and value:
            items = ",\n".join(f"  {msgspec.json.encode(item).decode()}" for item in value)
            lines.append(f'"{name}": [\n{items}\n]')
        else:
            lines.append(f'"{name}": {msgspec.json.encode(value).decode()}')
    return "{\n" + ",\n".join(lines) + "\n}\n"
