"""Every reason of a verdict is worded for people."""

from __future__ import annotations

import re
from pathlib import Path

from mingjian.core.link import things
from mingjian.core.link.things.grouping import DECIDED
from mingjian.core.link.things.settings import thing_settings

_VERDICT = re.compile(r'Verdict\(\s*"(?:same|apart)",\s*"([a-z-]+)"')


def test_every_reason_is_worded() -> None:
    code = "\n".join(path.read_text() for path in Path(things.__path__[0]).rglob("*.py"))
    given = {*_VERDICT.findall(code), DECIDED.reason}
    assert len(given) > 20
    assert given <= set(thing_settings().reason)
