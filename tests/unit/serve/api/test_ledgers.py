"""Ledgers and all lists that become files; things, the graph, briefs."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from litestar.testing import TestClient
from openpyxl import load_workbook

from mingjian.core.ledger.ledgers import LEDGERS

Client = TestClient[Any]


def test_all_ledgers_answer_with_as_many_rows_as_they_say(client: Client) -> None:
    told = client.get("/api/ledgers").json()
    assert [one["name"] for one in told] == list(LEDGERS)
    for one in told:
        rows = client.get(f"/api/ledgers/{one['name']}", params={"limit": 1_000}).json()
        assert len(rows["items"]) == rows["total"]
        assert one["rows"] in (None, rows["total"])
        own = {column["name"] for column in one["columns"] if column["cited"] and not column["many"]}
        for row in rows["items"]:
            assert own <= row.keys()


@pytest.mark.parametrize("name", LEDGERS)
def test_parts_of_a_ledger_make_the_whole(client: Client, name: str) -> None:
    whole = [row["id"] for row in client.get(f"/api/ledgers/{name}?all=true&limit=1000").json()["items"]]
    found: list[str] = []
    address = f"/api/ledgers/{name}?all=true&limit=9"
    while address and len(found) < 40:
        part = client.get(address).json()
        found += [row["id"] for row in part["items"]]
        address = part["next"]
    assert found == whole[: len(found)]
    last = client.get(f"/api/ledgers/{name}", params={"all": "true", "offset": max(0, len(whole) - 1)}).json()
    assert [row["id"] for row in last["items"]] == whole[-1:]


def test_cells_cite_words_that_stand_in_pages(client: Client) -> None:
    rows = client.get("/api/ledgers/targets", params={"region": "岚州", "limit": 5})
    assert rows.status_code == 400  # an invented place, which no lexicon holds
    answer = client.get("/api/ledgers/targets", params={"words": "五成以上"}).json()
    (row,) = answer["items"]
    assert row["value"]["value"] == 0.5
    assert answer["cited_at"] == "/pages/{page}#s={start},{end}"
    for cell in ("value", "metric", "deadline"):
        for cite in row[cell]["cites"]:
            place = {"start": cite["start"], "end": cite["end"]}
            assert client.get(f"/api/pages/{cite['page']}/text", params=place).json()["text"] == cite["text"]


def test_rows_are_sorted_and_filtered_by_status(client: Client) -> None:
    rows = client.get("/api/ledgers/targets", params={"sort": "-value", "limit": 100}).json()["items"]
    values = [row["value"]["value"] for row in rows if row["value"].get("value") is not None]
    assert values == sorted(values, reverse=True)
    due = client.get("/api/ledgers/targets", params={"status": "open", "limit": 100}).json()
    assert due["total"] is None
    assert {row["status"]["value"] for row in due["items"]} == {"open"}
    wrong = client.get("/api/ledgers/targets", params={"sort": "valeu"})
    assert (wrong.status_code, "value" in wrong.json()["mend"]) == (400, True)


def test_a_ledger_may_be_called_by_its_label_and_a_wrong_name_tells_the_nearest(client: Client) -> None:
    assert client.get("/api/ledgers/目标台账").json()["items"] == client.get("/api/ledgers/targets").json()["items"]
    wrong = client.get("/api/ledgers/tagets")
    assert wrong.status_code == 404
    assert wrong.json()["mend"].startswith("did you mean targets")


LISTS = ("/api/ledgers/events", "/api/pages", "/api/things?kind=event", "/api/facts?q=算力")


@pytest.mark.parametrize("address", LISTS)
def test_every_list_becomes_a_file(client: Client, address: str) -> None:
    rows = client.get(address).json()["items"]
    answer = client.get(address, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"].startswith("attachment")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["id"] for line in lines] == [row.get("id") or row["fact"]["id"] for row in rows]
    book = client.get(address + ("&" if "?" in address else "?") + "format=xlsx").content
    sheet = load_workbook(io.BytesIO(book)).worksheets[0]
    assert sheet.max_row == len(rows) + 1


def test_files_of_ledgers_take_columns_and_labels(client: Client) -> None:
    asked = "format=csv&column=name&column=deadline&labels=true&limit=3"
    lines = client.get(f"/api/ledgers/targets?{asked}").content.decode("utf-8-sig").splitlines()
    assert (lines[0], len(lines)) == ('"名称","期限"', 4)


def test_a_thing_is_told_with_its_mentions_sources_and_row(client: Client) -> None:
    (first, *_) = client.get("/api/ledgers/stories").json()["items"]
    story = client.get(f"/api/things/{first['id']}").json()
    assert story["thing"]["mentions"] == len(story["mentions"])
    assert (story["ledger"], story["row"]["id"]) == ("stories", first["id"])
    mentions = client.get(f"/api/things/{first['id']}/mentions").json()
    assert mentions["items"] == story["mentions"]
    sources = client.get(f"/api/things/{first['id']}/sources").json()["items"]
    assert len(sources) == story["thing"]["sources"]
    told = {source["page"]["id"] for source in sources} | {page for source in sources for page in source["also"]}
    assert told == {mention["ref"]["page"] for mention in mentions["items"]}
    kinds = client.get("/api/things/kinds").json()
    assert kinds["event"] == client.get("/api/things", params={"kind": "event", "all": "true"}).json()["total"]


def test_the_lineage_of_a_document_and_its_neighbours(client: Client) -> None:
    rows = client.get("/api/ledgers/policies", params={"limit": 100}).json()["items"]
    row = next(row for row in rows if any(not one["backward"] and one["thing"] for one in row["lineage"]))
    tree = client.get(f"/api/things/{row['id']}/lineage").json()
    assert tree["thing"] == row["id"]
    assert tree["ancestors"]
    other = next(one["thing"] for one in row["lineage"] if one["thing"])
    graph = client.get("/api/graph/neighbours", params={"thing": row["id"], "kind": "policy"}).json()
    assert {row["id"], other} <= {node["id"] for node in graph["nodes"]}
    path = client.get("/api/graph/path", params={"first": row["id"], "second": other}).json()
    assert [path["nodes"][0]["id"], path["nodes"][-1]["id"]] == [row["id"], other]
    drawn = client.get("/api/graph/export", params={"format": "graphml"})
    assert drawn.content.startswith(b"<?xml")
    assert client.get("/api/graph/neighbours", params={"thing": row["id"], "kind": "nothing"}).status_code == 400


def test_regions_are_compared_and_none_is_left_out(client: Client) -> None:
    found = client.get("/api/compare", params={"metric": "算力规模", "region": ["广东", "北京"]}).json()
    assert [region["name"] for region in found["regions"]] == ["广东省", "北京市"]
    table = client.get("/api/compare", params={"metric": "算力规模", "region": "广东", "format": "csv"})
    assert "no-target" not in table.text
    assert len(table.content.decode("utf-8-sig").splitlines()) == 2
    assert client.get("/api/compare", params={"metric": " ", "region": "广东"}).status_code == 400


def test_a_brief_cites_every_sentence_and_becomes_files(client: Client) -> None:
    asked = {"since": "2025", "until": "2026"}
    brief = client.get("/api/brief", params=asked).json()
    items = [item for section in brief["sections"] for item in section["items"]]
    assert items
    assert all(item["note"]["references"] for item in items)
    for form, begins in (("md", b"# "), ("html", b"<!"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = client.get("/api/brief", params={**asked, "format": form})
        assert answer.content.startswith(begins), form
        assert answer.headers["content-disposition"].startswith("attachment"), form
    assert client.get("/api/brief", params={"since": "2026", "until": "2025"}).status_code == 400


def test_search_tells_marks_facets_and_names(client: Client) -> None:
    answer = client.get("/api/search", params={"q": "算力", "limit": 3}).json()
    assert len(answer["pages"]) == 3
    shown = answer["pages"][0]["shown"][0]
    start, end = shown["marks"][0]
    assert "算力" in shown["text"][start - shown["start"] : end - shown["start"]]
    spread = client.get("/api/search/facets", params={"q": "算力"}).json()
    assert spread["facts"]["by_type"]["statistic"] > 10
    facts = client.get("/api/search", params={"q": "算力 type:statistic"}).json()["facts"]
    assert {fact["kind"] for fact in facts} == {"statistic"}
    names = client.get("/api/search", params={"q": "算力", "in": "names"}).json()["entities"]
    assert names
    assert client.get("/api/search", params={"q": "算" * 2_001}).status_code == 400
    assert client.get("/api/search", params={"q": "算力", "offset": 9_001}).status_code == 400
    assert client.get("/api/search?q=%00%ed%a0%80%ff").status_code == 200


def test_rules_are_listed_and_shown(client: Client) -> None:
    listed = client.get("/api/rules", params={"family": "events"}).json()
    rule = client.get(f"/api/rules/{listed['items'][0]['id']}").json()
    assert rule["family"] == "events"
    assert rule["pattern"]
    wrong = client.get("/api/rules/event.nothing")
    assert (wrong.status_code, "did you mean" in wrong.json()["mend"]) == (404, True)
