"""The search index as its owner relies on it, with a real engine on disk."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
import tantivy

from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.documents import Documents, Names, PageDocument, Published, Version, documents_of, kind_asked
from mingjian.core.search.highlights import find_words
from mingjian.core.search.parsing import parse_query
from mingjian.errors import SearchIndexError
from mingjian.read.plain import text_page
from mingjian.store.search import Kind, Order, SearchReader, SearchWriter, damage_of, open_search, state_of

BOOK = bundled_rulebook()
PAGES = (
    """海州市印发人工智能行动方案
来源：海州日报 2025-03-05 09:30
海州市工业和信息化局3月5日印发《海州市人工智能产业行动方案》。
方案提出，到2027年，全市人工智能核心产业规模达到3,000亿元，智能算力规模达到40 EFLOPS。
“我们将开放50个应用场景。”市工业和信息化局局长周明远表示。
""",
    """云岭科技发布大模型
来源：云岭时报 2024-11-02
云岭科技有限公司11月2日在深圳市发布具身智能大模型“云岭一号”。公司与華為技術有限公司签约。
""",
    """国务院国资委部署央企人工智能
2025-06-01 来源：东方晨报
国务院国资委6月1日召开会议，部署中央企业人工智能工作。工信部有关负责人出席。
""",
    "没有日期的一页，讲的是大模型和算力。",
)


@pytest.fixture(scope="module")
def documents() -> tuple[Documents, ...]:
    pages = [text_page(f"page-{number}", text.encode(), path=f"{number}.txt") for number, text in enumerate(PAGES)]
    return tuple(documents_of(extract(page), page.text, Version(number)) for number, page in enumerate(pages))


@pytest.fixture(scope="module")
def reader(documents: tuple[Documents, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchReader]:
    folder = tmp_path_factory.mktemp("search")
    with SearchWriter(folder, "rules-1") as writer:
        assert writer.add(documents) == len(PAGES)
        writer.commit(len(PAGES))
    yield open_search(folder)


def whole(reader: SearchReader, words: str, kind: Kind = "page", order: Order = "best") -> list[int]:
    hits = reader.search(parse_query(words, BOOK), kind, order=order).hits
    return [hit.page for hit in hits if hit.whole]


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("国资委", [2]),
        ("國資委", [2]),
        ("工信部", [2]),
        ("工业和信息化部", [2]),
        ("40EFLOPS", [0]),
        ("４０ＥＦＬＯＰＳ", [0]),
        ("3000亿元", [0]),
        ("华为", [1]),
        ("“具身智能”", [1]),
        ("“智能具身”", []),
        ("大模型 -具身", [3]),
        ("云岭科技 国资委", []),
        ("具身智能 | 国资委", [1, 2]),
        ("机构:国资委", [2]),
        ("機構：國資委", [2]),
        ("机构:国务院国有资产监督管理委员会", [2]),
        ("人物:周明远", [0]),
        ("地区:深圳", [1]),
        ("地区:广东", [1]),
        ("来源:东方晨报", [2]),
        ("标题:大模型", [1]),
        ("政策:行动方案", [0]),
        ("技术:具身智能", [1]),
        ("技术:AI", [0, 2]),
        ("年:2025", [0, 2]),
        ("时间:2024-10..2025-04", [0, 1]),
        ("时间:2025-06-01", [2]),
        ("类型:news 年:2024", [1]),
        ("-大模型", [0, 2]),
        ("岭", [1]),
    ],
)
def test_pages(reader: SearchReader, words: str, pages: list[int]) -> None:
    assert sorted(whole(reader, words)) == pages
    assert reader.count(parse_query(words, BOOK)) == len(pages)


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("3000亿元 类型:target", {"target"}),
        ("类型:目标 期限:2027", {"target"}),
        ("40EFLOPS 类型:算力", {"compute"}),
        ("指标:产业规模", {"target"}),
        ("人物:周明远", {"quote"}),
        ("机构:国资委 年:2025", {"event"}),
    ],
)
def test_facts(reader: SearchReader, documents: tuple[Documents, ...], words: str, kinds: set[str]) -> None:
    hits = reader.search(parse_query(words, BOOK), "fact").hits
    assert {documents[hit.page].facts[hit.ordinal].kind for hit in hits if hit.whole} == kinds


def test_a_value_is_found_in_other_words(reader: SearchReader, documents: tuple[Documents, ...]) -> None:
    hits = reader.search(parse_query("0.3万亿元", BOOK), "fact").hits
    assert [documents[hit.page].facts[hit.ordinal].amounts for hit in hits if hit.whole] == [("300000000000 CNY",)]


def test_the_span_of_a_fact_is_its_words(documents: tuple[Documents, ...]) -> None:
    for number, one in enumerate(documents):
        assert all(PAGES[number][fact.place[0] : fact.place[1]] == fact.words for fact in one.facts)


def test_entities_with_their_pages(reader: SearchReader) -> None:
    first, *_ = reader.entities(parse_query("国资委", BOOK))
    assert (first.name, first.kind, first.pages, first.whole) == (
        "国务院国有资产监督管理委员会",
        "organisation",
        1,
        True,
    )
    assert "国务院国资委" in first.names
    assert reader.entities(parse_query("人工智能", BOOK))[0].pages == 2


def test_newest_first_and_what_has_no_date_last(reader: SearchReader) -> None:
    assert whole(reader, "人工智能 | 大模型", order="newest") == [2, 0, 1, 3]


def test_a_number_is_no_part_of_another(tmp_path: Path) -> None:
    with SearchWriter(tmp_path, "g") as writer:
        writer.add([page_document(1, "出口2600亿元，合作10项，涨100点"), page_document(2, "规模100亿元")])
        writer.commit(1)
    assert whole(open_search(tmp_path), "100亿元") == [2]
    assert whole(open_search(tmp_path), "“600亿元”") == []


def test_near_hits_stand_behind_and_say_so(reader: SearchReader) -> None:
    found = reader.search(parse_query("具身智能机器人", BOOK))
    assert found.total == 0
    assert found.hits[0].page == 1
    assert not any(hit.whole for hit in found.hits)


def test_stretches_of_hits_continue_one_another(reader: SearchReader) -> None:
    query = parse_query("人工智能 | 大模型", BOOK)
    all_hits = reader.search(query, limit=4).hits
    parts = [reader.search(query, limit=1, offset=offset).hits for offset in range(4)]
    assert [hit for part in parts for hit in part] == list(all_hits)


def test_counts(reader: SearchReader) -> None:
    counts = reader.counts(parse_query("年:2024..2025", BOOK))
    assert counts.by_year == {2025: 2, 2024: 1}
    assert counts.by_source == {"海州日报": 1, "云岭时报": 1, "东方晨报": 1}


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "，。！",
        "\0",
        "-",
        '"' * 99,
        "算力" * 4_000,
        "𠮷",
        "a:b AND [c TO d] ~2 ^3 *",
        "(" * 99,
        "年:2025 -年:2025",
    ],
)
def test_hostile_queries_find_little_and_break_nothing(reader: SearchReader, words: str) -> None:
    query = parse_query(words, BOOK)
    for kind in ("page", "fact"):
        for order in ("best", "newest"):
            found = reader.search(query, kind, order=order)
            assert found.total is not None
            assert all(hit.page is not None for hit in found.hits)
    reader.entities(query)
    reader.counts(query)


@pytest.mark.parametrize(
    ("words", "kind"), [("类型:target", "fact"), ("类型:机构", "entity"), ("类型:新闻", "page"), ("类型", None)]
)
def test_the_type_tells_where_to_look(words: str, kind: str | None) -> None:
    assert kind_asked(parse_query(words, BOOK)) == kind


def page_document(number: int, body: str, *, folded: bool = False, minute: int | None = None) -> Documents:
    published = Published(minute, minute) if minute is not None else Published()
    return Documents(PageDocument(version=Version(number, 1, folded), title="", body=body, published=published))


def test_reprints_are_folded_unless_asked_for(tmp_path: Path) -> None:
    with SearchWriter(tmp_path, "g") as writer:
        writer.add(
            page_document(number, "云岭科技发布算力平台", folded=number > 0, minute=number) for number in range(40)
        )
        writer.commit(1)
    reader, query = open_search(tmp_path), parse_query("算力平台", BOOK)
    assert [hit.page for hit in reader.search(query).hits] == [0]
    assert reader.count(query) == 1
    found = reader.search(query, fold=False, order="newest", limit=5)
    assert ([hit.page for hit in found.hits], found.total) == ([39, 38, 37, 36, 35], 40)


def test_a_reprint_is_found_by_its_source(tmp_path: Path) -> None:
    source = PageDocument(version=Version(1, 1), title="", body="云岭科技发布", names=Names(source=("云岭时报",)))
    reprint = PageDocument(
        version=Version(2, 1, True), title="", body="云岭科技发布", names=Names(source=("海州日报",))
    )
    with SearchWriter(tmp_path, "g") as writer:
        writer.add([Documents(source), Documents(reprint)])
        writer.commit(1)
    reader = open_search(tmp_path)
    assert whole(reader, "云岭科技") == [1]
    assert whole(reader, "云岭科技 来源:海州日报") == [2]


def test_to_add_again_replaces_and_to_remove_takes_out(tmp_path: Path, documents: tuple[Documents, ...]) -> None:
    with SearchWriter(tmp_path, "g") as writer:
        writer.add(documents)
        writer.commit(1)
        writer.add(documents)
        writer.remove((2, 99))
        writer.commit(2)
    reader = open_search(tmp_path)
    assert whole(reader, "国资委") == []
    assert whole(reader, "国资委", "fact") == []
    assert reader.entities(parse_query("国资委", BOOK)) == ()
    assert reader.count(parse_query("年:2024..2025", BOOK)) == 2


def test_readers_see_commits_when_they_refresh(tmp_path: Path) -> None:
    with SearchWriter(tmp_path, "g") as writer:
        reader = open_search(tmp_path)
        writer.add([page_document(1, "云岭科技")])
        reader.refresh()
        assert whole(reader, "云岭科技") == []
        writer.commit(1)
        assert whole(reader, "云岭科技") == []
        reader.refresh()
        assert whole(reader, "云岭科技") == [1]


def test_what_was_not_committed_is_lost(tmp_path: Path) -> None:
    with SearchWriter(tmp_path, "g") as writer:
        writer.add([page_document(1, "云岭科技")])
    assert whole(open_search(tmp_path), "云岭科技") == []
    assert state_of(tmp_path, "g").position == 0


def test_the_state_tells_what_is_to_be_rebuilt(tmp_path: Path) -> None:
    assert state_of(tmp_path / "none", "g").kind == "missing"
    with SearchWriter(tmp_path, "g") as writer:
        writer.add([page_document(1, "云岭科技")])
        writer.commit(7)
    assert (state_of(tmp_path, "g").kind, state_of(tmp_path, "g").position) == ("ready", 7)
    assert state_of(tmp_path, "other").kind == "other-version"
    assert damage_of(tmp_path) == []
    with SearchWriter(tmp_path, "g") as writer:
        assert writer.position == 7
    with SearchWriter(tmp_path, "other") as writer:
        assert writer.position == 0
    assert whole(open_search(tmp_path), "云岭科技") == []


@pytest.mark.parametrize("harm", ["meta", "cut", "flip", "term", "pos"])
def test_damage_is_told(tmp_path: Path, harm: str) -> None:
    with SearchWriter(tmp_path, "g") as writer:
        writer.add(page_document(number, f"云岭科技第{number}号") for number in range(50))
        writer.commit(1)
    segment = max((tmp_path / "pages").glob("*.term"), key=lambda path: path.stat().st_size)
    if harm == "meta":
        (tmp_path / "pages" / "meta.json").write_text("{", encoding="utf-8")
    elif harm == "cut":
        segment.write_bytes(segment.read_bytes()[:20])
    elif harm in ("term", "pos"):
        segment.with_suffix(f".{harm}").unlink()
    else:
        content = bytearray(segment.read_bytes())
        content[len(content) // 3] ^= 255
        segment.write_bytes(content)
    assert damage_of(tmp_path)
    if harm != "flip":
        assert state_of(tmp_path, "g").kind == "damaged"
        with pytest.raises(SearchIndexError, match="rebuild"):
            open_search(tmp_path)
    with SearchWriter(tmp_path, "g-new") as writer:
        assert writer.position == 0
    assert state_of(tmp_path, "g-new").kind == "ready"


def test_an_index_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with SearchWriter(tmp_path / "i", "1") as writer:
        writer.add([page_document(1, "澜山市发布算力券实施细则")])
        writer.commit(7)
    for lock in (tmp_path / "i").rglob("*.lock"):
        lock.unlink()
    before = sorted((tmp_path / "i").rglob("*"))
    monkeypatch.setattr("mingjian.store.search.engine.os.access", lambda _path, _mode: False)
    assert state_of(tmp_path / "i", "1").position == 7
    assert whole(open_search(tmp_path / "i"), "算力券") == [1]
    assert sorted((tmp_path / "i").rglob("*")) == before  # not even a lock


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
def test_who_may_read_the_folder_may_read_the_index(tmp_path: Path) -> None:
    for position in range(12):  # segments are merged on the way
        with SearchWriter(tmp_path, "g") as writer:
            writer.add([page_document(position, "澜山市发布算力券实施细则")])
            writer.commit(position + 1)
        made = tmp_path / "made"
        made.touch()
        modes = {path.stat().st_mode for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".lock"}
        assert modes == {made.stat().st_mode}


def test_a_second_writer_is_refused_with_what_to_do(tmp_path: Path) -> None:
    for generation in ("g", "another"):
        with SearchWriter(tmp_path, "g"), pytest.raises(SearchIndexError, match="close the other"):
            SearchWriter(tmp_path, generation)


_WRITER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from mingjian.core.search.documents import Documents, Names, PageDocument, Version
    from mingjian.store.search import SearchWriter
    writer = SearchWriter(Path(sys.argv[1]), "g")
    number = writer.position
    while True:
        number += 1
        for offset in range(20):
            page = PageDocument(version=Version(number * 100 + offset), title="", body=f"云岭科技公布算力{number}号")
            writer.add([Documents(page)])
        writer.commit(number)
        print(number, flush=True)
    """
)


def test_a_killed_writer_loses_nothing_committed_and_blocks_nobody(tmp_path: Path) -> None:
    acknowledged = 0
    for lines in (1, 3, 2, 4):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        for _ in range(lines):
            acknowledged = int(writer.stdout.readline())
        reader = open_search(tmp_path)  # while it writes
        assert reader.count(parse_query("算力", BOOK)) >= 20
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        state = state_of(tmp_path, "g")
        assert state.kind == "ready"
        assert state.position >= acknowledged
        assert damage_of(tmp_path) == []
        assert open_search(tmp_path).count(parse_query("算力", BOOK)) >= 20 * acknowledged
    with SearchWriter(tmp_path, "g") as again:
        assert again.position >= acknowledged


def test_what_a_killed_commit_left_does_not_stop_the_next(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    with SearchWriter(before, "g") as writer:
        writer.add(page_document(number, "云岭科技公布算力") for number in range(30))
        writer.commit(1)
    shutil.copytree(before, after)
    with SearchWriter(after, "g") as writer:
        writer.remove((3,))
        writer.commit(2)
    left = [*after.glob("pages/*.del"), after / "pages" / ".managed.json"]
    assert len(left) > 1
    for path in left:  # as if it had been killed with its files written, and none named yet
        shutil.copy(path, before / "pages")
    assert state_of(before, "g").position == 1
    with SearchWriter(before, "g") as writer:
        writer.remove((3,))
        writer.commit(2)
    assert damage_of(before) == []
    assert open_search(before).count(parse_query("算力", BOOK)) == 29


def test_highlights_of_what_was_found_lie_in_its_text(reader: SearchReader) -> None:
    for words in ("国资委", "40EFLOPS", "華為", "工信部", "3000亿元"):
        query = parse_query(words, BOOK)
        for hit in reader.search(query).hits:
            if hit.whole:
                assert find_words(query, PAGES[hit.page])


def test_one_page_at_a_time_leaves_few_segments(tmp_path: Path) -> None:
    for number in range(1, 21):
        with SearchWriter(tmp_path, "g") as writer:
            writer.add([page_document(number, "澜山市发布算力券")])
            writer.commit(number)
    index = tantivy.Index.open(str(tmp_path / "pages"))
    assert index.searcher().num_segments < 10
