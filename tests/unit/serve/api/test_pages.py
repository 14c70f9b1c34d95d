"""Pages, their words, their facts and why these are held."""

from __future__ import annotations

import re
from typing import Any

from litestar.testing import TestClient

from mingjian.core.model.wire import decode_record

Client = TestClient[Any]


def _first(client: Client, **asked: Any) -> dict[str, Any]:
    page: dict[str, Any] = client.get("/api/pages", params={**asked, "limit": 1}).json()["items"][0]
    return page


def test_pages_are_listed_published_last_first_and_in_parts(client: Client) -> None:
    whole = client.get("/api/pages", params={"limit": 100}).json()
    assert whole["total"] == len(whole["items"]) > 30
    assert whole["next"] is None
    part = client.get("/api/pages", params={"limit": 10})
    ids = [page["id"] for page in part.json()["items"]]
    address = part.json()["next"]
    assert part.headers["link"] == f'<{address}>; rel="next"'
    while address:
        following = client.get(address).json()
        ids += [page["id"] for page in following["items"]]
        address = following["next"]
    assert ids == [page["id"] for page in whole["items"]]
    days = [page["published"]["value"][:10] for page in whole["items"] if page["published"].get("value")]
    assert days == sorted(days, reverse=True)


def test_filters_of_pages_are_kept_to(client: Client) -> None:
    source = "岚州省算力交易中心"
    found = client.get("/api/pages", params={"source": source}).json()["items"]
    assert len(found) == 3
    assert {page["source"]["value"] for page in found} == {source}
    both = client.get("/api/pages", params={"source": [source, "海傍日报"]}).json()
    assert both["total"] == 4
    in_april = client.get("/api/pages", params={"source": source, "since": "2026-04", "until": "2026-04"}).json()
    assert in_april["items"]
    assert all(page["published"]["value"].startswith("2026-04") for page in in_april["items"])
    assert client.get("/api/pages", params={"words": "算力价格周报"}).json()["total"] == 3
    asides = client.get("/api/pages", params={"ai": "false"}).json()["items"]
    assert {page["ai"] for page in asides} <= {False}


def test_a_filter_that_is_mistyped_gives_nothing_but_the_nearest(client: Client) -> None:
    answer = client.get("/api/pages", params={"sorce": "海傍日报"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "'sorce' is no parameter of this"
    assert "source" in answer.json()["mend"]
    assert client.get("/api/pages?limit=1&limit=2").json()["detail"] == "'limit' is given several times"
    assert client.get("/api/pages?ai=null").status_code == 400
    assert client.get("/api/pages", params={"limit": 1_001}).status_code == 400
    assert client.get("/api/pages", params={"since": "2026-02-31"}).status_code == 400


def test_a_page_is_found_by_the_beginning_of_its_id(client: Client) -> None:
    page = _first(client)["id"]
    whole = client.get(f"/api/pages/{page}").json()
    assert whole["page"]["id"] == page
    assert whole["stands"] is True
    assert whole["card"]["id"] == page
    assert client.get(f"/api/pages/{page[:8]}").json() == whole
    short = client.get(f"/api/pages/{page[:3]}")
    assert (short.status_code, "4 characters" in short.json()["mend"]) == (404, True)
    for name in ("0000000000", "..%2f..%2fetc%2fpasswd", "%00%00%00%00", "\U00020bb7" * 9, "f" * 5_000):
        assert client.get(f"/api/pages/{name}").status_code == 404, name


def test_every_span_of_a_page_stands_in_its_text(client: Client) -> None:
    page = _first(client, words="算力价格周报")["id"]
    text = client.get(f"/api/pages/{page}/text").json()
    assert (text["start"], text["end"], text["length"]) == (0, len(text["text"]), len(text["text"]))
    answer = client.get(f"/api/pages/{page}/record")
    record = decode_record(answer.content)
    assert record.statistics
    for fact in record.statistics:
        start, end = fact.evidence.pair
        part = client.get(f"/api/pages/{page}/text", params={"start": start, "end": end}).json()
        assert part["text"] == fact.evidence.text == text["text"][start:end]
    told = client.get(f"/api/pages/{page}/facts", params={"kind": "statistic", "limit": 100}).json()
    assert [one["fact"]["id"] for one in told["items"]] == [fact.id for fact in record.statistics]
    place = told["items"][0]["fact"]["evidence"]
    assert told["items"][0]["link"] == f"/pages/{page}#s={place['start']},{place['end']}"
    behind = client.get(f"/api/pages/{page}/text", params={"start": len(text["text"]) + 1})
    assert behind.status_code == 400


def test_the_original_is_a_file_that_no_browser_runs(client: Client) -> None:
    page = _first(client, words="算力价格周报")["id"]
    kept = client.get(f"/api/pages/{page}").json()["page"]
    assert kept["media_type"] == "text/html"
    answer = client.get(f"/api/pages/{page}/original")
    assert len(answer.content) == kept["n_bytes"]
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-page-media-type"] == "text/html"
    assert re.fullmatch(
        r'attachment; filename="[\w. -]+"; filename\*=UTF-8\'\'\S+', answer.headers["content-disposition"]
    )


def test_versions_and_changes_of_a_page(client: Client) -> None:
    (change,) = client.get("/api/changes").json()["items"]
    assert change["kind"] == "version"
    assert "3500亿元" in change["differences"]["edits"][0]["now"]
    page = change["page"]
    assert client.get(f"/api/pages/{page}/changes").json() == [change]
    versions = client.get(f"/api/pages/{page}/versions").json()
    assert [version["version"] for version in versions] == [1, 2]
    assert versions[0]["superseded"] == versions[1]["number"]
    old = client.get(f"/api/pages/{versions[0]['id']}").json()
    assert (old["stands"], old["card"]) == (False, None)


def test_reprints_of_a_page_are_those_of_its_group(client: Client) -> None:
    (group, *_) = client.get("/api/reprints").json()["items"]
    copy = group["copies"][-1]
    told = client.get(f"/api/pages/{copy['page']['id']}/reprints").json()
    assert [one["page"]["id"] for one in told["group"]["copies"]] == [one["page"]["id"] for one in group["copies"]]
    assert told["group"]["source"]["id"] == group["source"]["id"]
    assert any(tie["relation"]["kind"] == "reprint" for tie in told["ties"])


def test_a_fact_is_explained(client: Client) -> None:
    (found,) = client.get("/api/facts", params={"q": "智算", "kind": "target", "limit": 1}).json()["items"]
    assert found["kind"] == "target"
    fact = client.get(f"/api/facts/{found['fact']['id']}").json()
    assert fact["fact"] == found["fact"]
    assert fact["thing"]["kind"] == "target"
    told = client.get(f"/api/facts/{found['fact']['id']}/explanation").json()
    assert told["evidence"]["text"] == found["fact"]["evidence"]["text"]
    assert told["rules"]
    on_page = client.get(f"/api/pages/{found['page']}/facts/{found['fact']['id']}/explanation").json()
    assert on_page == told
    assert client.get("/api/facts/ffffffffffff").status_code == 404


def test_records_come_a_line_each(client: Client) -> None:
    answer = client.get("/api/records", params={"limit": 7})
    assert answer.headers["content-type"] == "application/jsonl"
    records = [decode_record(line) for line in answer.content.splitlines()]
    assert len(records) == 7
    following = client.get(answer.links["next"]["url"])
    assert decode_record(following.content.splitlines()[0]).id not in {record.id for record in records}
    schema = client.get("/api/records/schema").json()
    assert schema["$ref"] == "#/$defs/Record"
