"""Every address that the guide names answers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from litestar.testing import TestClient

GUIDE = Path(__file__).parents[4] / "docs" / "how-to" / "use-the-api.md"
_ASKED = re.compile(r"`(?:GET )?(/api/[^`\s]*)`")
_BELOW = re.compile(r"`(/(?!api|pages)[a-z]+[^`\s]*)`")


def test_every_address_of_the_guide_answers(client: TestClient[Any]) -> None:
    page = client.get("/api/pages?limit=1").json()["items"][0]["id"]
    fact = client.get("/api/facts?q=算力&kind=target&limit=1").json()["items"][0]["fact"]["id"]
    thing = client.get("/api/ledgers/policies").json()["items"][0]["id"]
    ids = {"page": page, "fact": fact, "thing": thing, "rule": "event.meeting.held"}
    ids["rule"] = client.get("/api/rules?limit=1").json()["items"][0]["id"]
    asked = 0
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("| `GET"):
            continue
        first, *others = _ASKED.findall(line)
        below = [first.partition("?")[0] + part for part in _BELOW.findall(line)]
        for address in (first, *others, *below):
            if address.endswith(("/undo", "/path")):  # one changes, the other needs two ends
                continue
            answer = client.get(address.format(**ids))
            assert answer.status_code == 200, (address, answer.text[:200])
            asked += 1
    assert asked > 30
