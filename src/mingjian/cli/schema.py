"""``mingjian schema``: the JSON Schema of a record."""

from __future__ import annotations

import json

from mingjian.cli.files import print_lines
from mingjian.core.model.wire import record_schema


def schema_command() -> None:
    """Print the JSON Schema of the records that ``extract`` prints."""
    print_lines([json.dumps(record_schema(), ensure_ascii=False, indent=2)])
