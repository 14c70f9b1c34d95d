"""The pages of ledgers over HTTP: what they show, filter, sort, page, refuse and give as files."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from selectolax.lexbor import LexborHTMLParser

from mingjian.core.ledger.asking import Question, count_answering, rows_answering
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.model.ledger.cells import Row
from mingjian.corpus import Corpus
from mingjian.serve.app import create_app
from mingjian.serve.settings import Settings
from mingjian.serve.web.views.ledgers import LISTS
from mingjian.serve.web.words import word

PAGES = [f"/{name}" for name in LISTS] + ["/targets", "/compute", "/ledgers", "/compare", "/graph", "/briefs"]
HTML = {"accept": "text/html"}
EVERYTHING = Question(everything=True)


@pytest.fixture(scope="module")
def client(workspace: Path) -> Iterator[TestClient[Any]]:
    settings = Settings(workspace=workspace, works=False, anyone_may_read=True)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as asking:
        asking.headers.update(HTML)
        yield asking


@pytest.fixture(scope="module")
def corpus(workspace: Path) -> Iterator[Corpus]:
    with Corpus.open(workspace) as opened:
        yield opened


def rows_of(corpus: Corpus, name: str, question: Question = EVERYTHING) -> list[Row]:
    with corpus.books() as books:
        return list(rows_answering(books, name, question, "2026-11-30"))


def page(client: TestClient[Any], path: str, status: int = 200) -> LexborHTMLParser:
    answered = client.get(path)
    assert answered.status_code == status, answered.text
    return LexborHTMLParser(answered.text)


def heads(tree: LexborHTMLParser) -> list[str]:
    return [each.text(strip=True) for each in tree.css("#list tbody th")]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_and_holds_nothing_that_its_policy_refuses(client: TestClient[Any], path: str) -> None:
    answered = client.get(path)
    assert answered.status_code == 200
    assert "default-src 'none'" in answered.headers["content-security-policy"]
    tree = LexborHTMLParser(answered.text)
    assert tree.css_first("h1") is not None
    scripts = [each for each in tree.css("script") if each.attributes.get("type") != "application/json"]
    assert all((each.attributes.get("src") or "").startswith("/static/") for each in scripts)
    assert not tree.css("[style], [onclick], [onload], [onerror], style")
    identities = [each.attributes["id"] for each in tree.css("[id]")]
    assert len(identities) == len(set(identities))


@pytest.mark.parametrize("name", [*LISTS, "targets", "compute"])
def test_a_list_shows_the_rows_of_its_ledger(client: TestClient[Any], corpus: Corpus, name: str) -> None:
    tree = page(client, f"/{name}?all=1")
    expected = rows_of(corpus, name)
    shown = {(each.attributes["id"] or "").removeprefix("row-") for each in tree.css("#list tbody tr")}
    assert len(shown) == min(30, len(expected))
    assert shown <= {row.id for row in expected}
    if name in {"policies", "statistics", "quotes"}:
        assert [row.id for row in expected[:30]] == [
            (each.attributes["id"] or "").removeprefix("row-") for each in tree.css("#list tbody tr")
        ]


def test_the_index_counts_the_rows_of_each_ledger(client: TestClient[Any], corpus: Corpus) -> None:
    tree = page(client, "/ledgers")
    hrefs = [each.attributes["href"] for each in tree.css(".shelf a")]
    assert hrefs == [f"/{name}" for name in LEDGERS]
    with corpus.books() as books:
        assert str(count_answering(books, "policies", Question(), "2026-11-30")) in tree.css(".shelf li")[0].text()


def test_cells_carry_their_words_and_lead_to_them(client: TestClient[Any], corpus: Corpus) -> None:
    tree = page(client, "/policies?all=1")
    cited = tree.css_first("#list td a.cited")
    assert cited is not None
    words, _, href = json.loads(cited.attributes["data-cites"] or "")[0]
    assert words
    assert href.startswith("/pages/")
    assert any(cite.page in href for row in rows_of(corpus, "policies") for cite in row.title.cites)  # type: ignore[attr-defined]


def test_tables_within_rows_carry_their_words_too(client: TestClient[Any], corpus: Corpus) -> None:
    policies: list[Any] = rows_of(corpus, "policies")
    row = next(row for row in policies if row.lineage and row.lineage[0].thing)
    tree = page(client, "/policies?all=1&column=title&column=lineage")
    cell = tree.css_first(f"#row-{row.id} td a.cited")
    assert cell is not None
    assert cell.attributes["href"] == f"/things/{row.lineage[0].thing}"
    assert json.loads(cell.attributes["data-cites"] or "")[0][0] in row.lineage[0].cell.cites[0].text


def test_facets_filter_and_are_let_go(client: TestClient[Any], corpus: Corpus) -> None:
    tree = page(client, "/policies?all=1")
    choice = next(each for each in tree.css(".facet a") if "status=" in (each.attributes["href"] or ""))
    href, count = choice.attributes["href"] or "", choice.css_first("small")
    assert count is not None
    chosen = page(client, href)
    assert len(heads(chosen)) == int(count.text())
    let_go = chosen.css_first(".chosen a")
    assert let_go is not None
    assert len(heads(page(client, let_go.attributes["href"] or ""))) == len(rows_of(corpus, "policies"))


def test_pages_follow_one_another_without_loss(client: TestClient[Any], corpus: Corpus) -> None:
    found, path = [], "/statistics?all=1"
    while path:
        tree = page(client, path)
        found += [(each.attributes["id"] or "") for each in tree.css("#list tbody tr")]
        later = tree.css_first(".pager a[rel=next]")
        path = (later.attributes["href"] or "") if later is not None else ""
    assert found == [f"row-{row.id}" for row in rows_of(corpus, "statistics")]
    assert heads(page(client, "/statistics?all=1&offset=100000")) == []


def test_columns_are_sorted_and_chosen(client: TestClient[Any]) -> None:
    titles = heads(page(client, "/policies?all=1&sort=title"))
    assert titles == sorted(titles)
    assert heads(page(client, "/policies?all=1&sort=-title")) == titles[::-1]
    tree = page(client, "/policies?all=1&column=title&column=sources")
    assert len(tree.css("#list thead th")) == 2


@pytest.mark.parametrize(
    "path",
    ["/policies?region=火星", "/targets?since=昨天", "/compute?least=x", "/compare?metric=a&region=火星",
     "/graph?name=甲&depth=x", "/briefs?since=2026&until=2020", "/policies?sort=nothing", "/compute?technology=炼金"],
)  # fmt: skip
def test_what_cannot_be_understood_is_told_on_the_page(client: TestClient[Any], path: str) -> None:
    tree = page(client, path, 400)
    told = tree.css_first(".flash")
    assert told is not None
    assert "没有看懂" in told.text()
    assert not re.search(r"\b(is|give|did you)\b", told.text())
    assert tree.css_first("form.ask-form") is not None


@pytest.mark.parametrize("path", ["/policies/nothing", "/people/0000000000", "/exports/nothing.csv", "/exports/x",
                                  "/exports/policies.exe", "/graph/files/exe", "/briefs/files/exe",
                                  "/graph/files/graphml?name=没有这个"])  # fmt: skip
def test_what_is_not_there_is_not_found(client: TestClient[Any], path: str) -> None:
    assert client.get(path).status_code == 404


def test_hostile_words_stay_words(client: TestClient[Any]) -> None:
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
    for path in (*PAGES, "/policies/x", "/people/x"):
        names = ("words", "metric", "name", "topic", "owner", "province", "year", "issuer", "other")
        answered = client.get(path, params=dict.fromkeys(names, hostile))
        tree = LexborHTMLParser(answered.text)
        assert not tree.css("img[onerror], [onerror]")
        assert "<script>alert" not in answered.text


def test_too_much_at_once_is_refused(client: TestClient[Any]) -> None:
    assert client.get("/policies", params={"words": "长" * 300}).status_code == 400
    assert client.get("/policies", params=[("region", str(number)) for number in range(80)]).status_code == 400


def test_the_board_counts_what_its_table_shows(client: TestClient[Any], corpus: Corpus) -> None:
    tree = page(client, "/targets?all=1")
    columns = tree.css(".board a")
    counts = [int(each.css_first("b").text()) for each in columns]  # type: ignore[union-attr]
    assert len(counts) == 6
    assert sum(counts) == len(rows_of(corpus, "targets"))
    for column, count in zip(columns, counts, strict=True):
        chosen = page(client, column.attributes["href"] or "")
        assert len(heads(chosen)) == min(30, count)
    place = tree.css(".pills a.pill")[1]
    assert f"共 {place.css_first('small').text()} 条" in page(client, place.attributes["href"] or "").text()  # type: ignore[union-attr]


def test_the_metric_of_the_board_leads_to_the_comparison(client: TestClient[Any]) -> None:
    tree = page(client, "/targets?all=1")
    option = tree.css("select[name=metric] option")[1]
    chosen = page(client, f"/targets?all=1&metric={option.attributes['value']}")
    assert f"({len(heads(chosen))})" in option.text()
    compare = chosen.css_first(".heading-actions a")
    assert compare is not None
    compared = page(client, compare.attributes["href"] or "")
    beside = compared.css("#no-numbers a")  # where no province has it: the way to all its targets
    assert compared.css("#list tbody tr") or any(
        (one.attributes["href"] or "").startswith("/targets?") for one in beside
    )


def test_a_comparison_leaves_out_no_region(client: TestClient[Any]) -> None:
    tree = page(client, "/compare?metric=算力规模&region=广东&region=河南&other=杭州市 北京")
    assert [each.text(strip=True) for each in tree.css(".pills .warn")] == ["广东省", "河南省", "杭州市", "北京市"]
    assert len(page(client, "/compare?metric=算力规模").css(".pills .warn")) == 34
    assert "全国" in client.get("/exports/compared.csv?metric=算力规模").text


def test_a_target_tells_whether_it_was_met_and_what_nobody_says(client: TestClient[Any], corpus: Corpus) -> None:
    targets: list[Any] = rows_of(corpus, "targets")
    for status in sorted({row.facets.status for row in targets}):
        row = next(row for row in targets if row.facets.status == status)
        tree = page(client, f"/targets/{row.id}")
        standing = tree.css_first(".standing")
        assert standing is not None
        assert word(f"thing.standing_{status}").zh in standing.text()
        labels = [dt.text(strip=True) for dt in tree.css("dl.facts dt")]
        assert len(set(labels)) == len(labels)
        assert tree.css_first("dl.facts .missing") is None
        if row.unit.value == "ratio":
            assert "%" in tree.css_first("dl.facts").text()  # type: ignore[union-attr]


def test_behind_the_last_row_the_first_is_offered(client: TestClient[Any]) -> None:
    tree = page(client, "/policies?all=1&offset=9000")
    assert word("lists.past").zh in tree.css_first(".empty").text()  # type: ignore[union-attr]
    assert tree.css_first(".empty a").attributes["href"] == "/policies?all=1"  # type: ignore[union-attr]


def test_a_document_shows_its_kin_its_targets_and_what_is_not_told(client: TestClient[Any], corpus: Corpus) -> None:
    policies: list[Any] = rows_of(corpus, "policies")
    forward = next(row for row in policies if any(not one.backward for one in row.lineage))
    tree = page(client, f"/policies/{forward.id}")
    lineage = tree.css_first(".lineage")
    assert lineage is not None
    assert any(one.cell.value in lineage.text() for one in forward.lineage)
    assert lineage.css_first("a.cited") is not None
    targets: list[Any] = rows_of(corpus, "targets")
    named = next(row for row in policies if any(target.policy.value == row.title.value for target in targets))
    shown = page(client, f"/policies/{named.id}").text()
    assert any(target.name in shown for target in targets if target.policy.value == named.title.value)


def test_people_are_shown_with_their_posts(client: TestClient[Any], corpus: Corpus) -> None:
    people: list[Any] = rows_of(corpus, "people")
    person = max(people, key=lambda row: len(row.posts))
    tree = page(client, f"/people/{person.id}")
    assert len(tree.css("[id^=row-post-]")) == len(person.posts)
    assert tree.css("[id^=row-post-] a.cited")


def test_compute_is_told_in_one_unit_the_largest_first(client: TestClient[Any]) -> None:
    tree = page(client, "/compute?all=1")
    cells = [row.css("td")[0].text(strip=True) for row in tree.css("#list tbody tr")]
    known = [float(cell.replace(",", "")) for cell in cells if cell and cell[0].isdigit()]
    assert known
    assert known == sorted(known, reverse=True)
    least = page(client, f"/compute?all=1&least={known[0]}")
    assert len(heads(least)) == known.count(known[0])
    chart = json.loads(tree.css_first("#capacity-data").text())  # type: ignore[union-attr]
    assert all("·" in label for label in chart["labels"])


def test_the_graph_lists_its_edges_with_words(client: TestClient[Any], corpus: Corpus) -> None:
    policies: list[Any] = rows_of(corpus, "policies")
    row = next(row for row in policies if row.issuers)
    tree = page(client, f"/graph?name={row.id}")
    elements = json.loads(tree.css_first("#graph-data").text())  # type: ignore[union-attr]
    drawn = {one["data"]["id"] for one in elements if "source" in one["data"]}
    assert {each.attributes["data-edge"] for each in tree.css("[data-edge]")} == drawn
    assert tree.css("[data-edge] a.cited")
    issuer = row.issuers[0].value
    path = page(client, f"/graph?name={row.id}&to={issuer}")
    assert path.css("[data-edge]")
    assert "没有叫" in page(client, "/graph?name=没有这个").text()


def test_a_brief_cites_every_sentence(client: TestClient[Any]) -> None:
    tree = page(client, "/briefs?since=2020&all=1")
    sentences, notes = tree.css(".told li"), tree.css(".notes li")
    assert len(sentences) == len(notes) > 3
    assert all(note.css_first('a[href^="/pages/"]') is not None for note in notes)


@pytest.mark.parametrize("form", ["docx", "xlsx", "md", "html"])
def test_a_brief_is_a_file(client: TestClient[Any], form: str) -> None:
    answered = client.get(f"/briefs/files/{form}?since=2020&all=1&layout=plain")
    assert answered.status_code == 200
    assert f".{form}" in answered.headers["content-disposition"]
    assert "sandbox" in answered.headers["content-security-policy"]
    assert len(answered.content) > 500


def test_files_hold_all_rows_of_the_list(client: TestClient[Any], corpus: Corpus) -> None:
    expected = [row.id for row in rows_of(corpus, "statistics")]
    lines = client.get("/exports/statistics.jsonl?all=1").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == expected
    table = list(csv.reader(io.StringIO(client.get("/exports/statistics.csv?all=1").text.removeprefix("\ufeff"))))
    assert [row[0] for row in table[1:]] == expected
    book = client.get("/exports/statistics.xlsx?all=1")
    assert zipfile.ZipFile(io.BytesIO(book.content)).testzip() is None
    assert "attachment" in book.headers["content-disposition"]


def test_files_hold_what_the_page_chooses(client: TestClient[Any]) -> None:
    tree = page(client, "/targets?all=1")
    place = tree.css(".pills a.pill")[1]
    chosen = page(client, place.attributes["href"] or "")
    files = [each.attributes["href"] or "" for each in chosen.css(".downloads a")]
    file = next(each for each in files if ".csv" in each)
    assert len(client.get(file).text.splitlines()) == 1 + int(place.css_first("small").text())  # type: ignore[union-attr]
    compute = client.get("/exports/compute.jsonl?all=1&least=1").text.splitlines()
    assert all(json.loads(line)["capacity"]["value"] >= 10**18 for line in compute)
    compared = client.get("/exports/compared.csv?metric=算力规模&region=广东&region=河南").text
    assert "河南省" in compared


def test_a_file_that_cannot_be_asked_is_an_error_and_no_file(client: TestClient[Any]) -> None:
    assert client.get("/exports/policies.csv?region=火星").status_code == 400
    assert client.get("/exports/compared.csv").status_code == 400
    assert client.get("/exports/policies.csv?sort=nothing").status_code == 400


@pytest.mark.parametrize("name", ["people", "organisations", "systems"])
def test_a_list_of_what_has_no_day_begins_with_what_most_pages_tell_of(
    client: TestClient[Any], corpus: Corpus, name: str
) -> None:
    rows = rows_of(corpus, name)
    told = {row.id: (row.pages, row.last_published or "") for row in rows}
    assert len({pages for pages, _ in told.values()}) > 1
    ids = re.findall(rf'/things/([0-9a-f]+)"|/{name}/([0-9a-f]+)"', client.get(f"/{name}?all=1").text)
    shown = [told[one or other] for one, other in dict.fromkeys(ids) if (one or other) in told]
    assert len(shown) > 5
    assert shown == sorted(shown, reverse=True)
    assert shown[0] == max(told.values())
