from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from tests.unit.read.pdf.pdf_files import LEFT, SONG, Draw, Paper, items_of, pdf_of

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read import read_paths
from mingjian.read.limits import Limits
from mingjian.read.origin import Origin
from mingjian.read.pdf import process
from mingjian.read.pdf.reader import READER, looks_like_pdf
from mingjian.read.readers import choose_reader

# 32 letters of 12 points fill a line of these pages.
SENTENCE = "岚州市计划在三年内建成十个智能工厂，培育两百家装备企业，并为中小企业提供算力补贴和技术辅导。"
WORDS = SENTENCE * 6


def flowing(text: str, width: int = 32, *, indent: bool = True) -> list[str]:
    """The text as a stack of full lines, the first set in by two letters."""
    text = "　　" * indent + text
    return [text[start : start + width] for start in range(0, len(text), width)]


def page_of(*draws: Draw, **options: str | int) -> Page:
    items = items_of(READER, pdf_of(*draws, **options))  # type: ignore[arg-type]
    assert len(items) == 1
    assert isinstance(items[0], Page)
    return items[0]


def paragraphs_of(page: Page, ending: str = "") -> list[str]:
    return [page.text[one.start : one.end] for one in page.stretches if one.path.endswith(ending)]


def asides_of(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in page.stretches:
        if one.path == "print/aside":
            found.setdefault(one.marks, []).append(page.text[one.start : one.end])
    return found


def problem_of(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(ReadError) as caught:
        items_of(READER, content, limits)
    return caught.value.problem


def test_full_lines_are_one_paragraph_and_an_indentation_begins_another() -> None:
    def draw(paper: Paper) -> None:
        paper.lines(flowing(WORDS) + flowing(WORDS[:70]))

    page = page_of(draw)
    assert page.text == f"{WORDS}\n{WORDS[:70]}"
    assert [one.path for one in page.stretches] == ["print/p", "print/p"]
    assert page.media_type == "application/pdf"


def test_paragraphs_without_indentation_end_with_a_short_line() -> None:
    def draw(paper: Paper) -> None:
        paper.lines(flowing(WORDS[:300], indent=False) + flowing(WORDS[:110], indent=False) + flowing(WORDS[:81]))

    assert paragraphs_of(page_of(draw)) == [WORDS[:300], WORDS[:110], WORDS[:81]]


def test_a_line_that_ends_early_in_the_middle_of_a_sentence_is_none_of_the_last() -> None:
    text = "到2027年，全市智能船舶与港口装备产业规模达到二百六十亿元，培育规模以上企业八十家"
    lines = ["　　" + text[:20], text[20:], *flowing(WORDS[:100])]
    assert paragraphs_of(page_of(lambda paper: paper.lines(lines)))[-1] == WORDS[:100]
    lines = [*flowing(WORDS[:58]), WORDS[58:84], WORDS[84:110], *flowing(WORDS[:100])]
    assert paragraphs_of(page_of(lambda paper: paper.lines(lines))) == [WORDS[:110], WORDS[:100]]


def test_each_line_has_its_box() -> None:
    page = page_of(lambda paper: paper.lines(["岚州市建成十个智能工厂", "培育装备企业"], top=100))
    first, second = page.boxes
    assert (page.text[first.start : first.end], first.page) == ("岚州市建成十个智能工厂", 1)
    assert first.left == pytest.approx(LEFT, abs=1)
    assert first.right == pytest.approx(LEFT + 11 * 12, abs=3)
    assert first.top < 100 < first.bottom
    assert first.confidence is None
    assert second.top == pytest.approx(first.top + 20, abs=0.2)


@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_another(count: int) -> None:
    width = 30 // count
    stacks = [flowing(WORDS[place : place + 200], width) for place in range(count)]

    def draw(paper: Paper) -> None:
        paper.line("人工智能产业观察：三年计划怎样落到工厂与车间", left=150, top=90, size=14)
        for place, stack in enumerate(stacks):
            paper.lines(stack, left=LEFT + place * (width * 12 + 30), top=120)

    assert paragraphs_of(page_of(draw)) == ["人工智能产业观察：三年计划怎样落到工厂与车间"] + [
        WORDS[place : place + 200] for place in range(count)
    ]


def test_a_paragraph_runs_over_the_end_of_a_column_and_of_a_page() -> None:
    lines = flowing(WORDS * 3, 14)

    def drawn(low: int) -> Draw:
        def draw(paper: Paper) -> None:
            paper.line("云岭产业周刊", top=50, size=9)
            paper.lines(lines[low : low + 12])
            paper.lines(lines[low + 12 : low + 24], left=300)
            paper.line(f"— {paper.number} —", left=280, top=800, size=9)

        return draw

    page = page_of(drawn(0), drawn(24))
    assert paragraphs_of(page, "p") == [(WORDS * 3)[: 48 * 14 - 2]]
    assert asides_of(page) == {"page-header": ["云岭产业周刊"] * 2, "page-number": ["— 1 —", "— 2 —"]}
    assert page.text.endswith("云岭产业周刊\n— 2 —")


@pytest.mark.parametrize(
    "pattern", ["— {n} —", "- {n} -", "第 {n} 页 共 3 页", "第{n}页", "{n}/3", "{n}", "Page {n} of 3"]
)
def test_page_numbers_are_told_apart(pattern: str) -> None:
    def draw(paper: Paper) -> None:
        paper.lines(flowing(WORDS))
        paper.line(pattern.format(n=paper.number), left=280, top=800, size=9)

    page = page_of(draw, draw, draw)
    assert asides_of(page) == {"page-number": [pattern.format(n=number) for number in (1, 2, 3)]}


def test_figures_at_the_foot_that_do_not_count_the_pages_are_words() -> None:
    def draw(paper: Paper) -> None:
        paper.line("主要指标")
        paper.line(str(7000 + paper.number * paper.number * 31), left=280, top=800)

    assert asides_of(page_of(draw, draw, draw)) == {}


def test_numbered_headings_at_the_top_of_pages_are_no_headers() -> None:
    def draw(paper: Paper) -> None:
        paper.line(f"{'一二三'[paper.number - 1]}、重点任务", top=80)
        paper.lines(flowing(WORDS))

    assert asides_of(page_of(draw, draw, draw)) == {}


def test_footnotes_stand_behind_the_text() -> None:
    lines = flowing(WORDS * 2)

    def first(paper: Paper) -> None:
        paper.lines(lines[:10])
        paper.lines(["① 数据见岚州市统计年鉴。", "② 口径为规模以上企业。"], top=740, size=9)

    page = page_of(first, lambda paper: paper.lines(lines[10:]))
    assert paragraphs_of(page, "p") == [WORDS * 2]
    assert asides_of(page) == {"footnote": ["① 数据见岚州市统计年鉴。", "② 口径为规模以上企业。"]}


def test_tables_are_read_row_by_row() -> None:
    rows = [("序号", "任务", "责任单位"), ("1", "建设算力中心", "市数据局"), ("2", "开放数据", "市工信局")]

    def draw(paper: Paper) -> None:
        paper.lines(flowing(WORDS[:90]))
        for place, row in enumerate(rows):
            for left, cell in zip((LEFT, 140, 330), row, strict=True):
                paper.line(cell, left, 220 + 20 * place)

    page = page_of(draw)
    assert paragraphs_of(page, "tr") == ["\t".join(row) for row in rows]
    assert len([box for box in page.boxes if box.top > 200]) == 9


def test_a_table_with_long_cells_is_no_pair_of_columns() -> None:
    rows = [
        ("总体要求", "到二〇二七年"),
        ("重点任务", "建成十个工厂"),
        ("保障措施", "设立专项资金"),
        ("组织领导", "成立工作专班"),
    ] * 2

    def draw(paper: Paper) -> None:
        for place, row in enumerate(rows):
            paper.line(row[0], LEFT, 120 + 20 * place)
            paper.line(row[1], 200, 120 + 20 * place)

    assert paragraphs_of(page_of(draw), "tr") == ["\t".join(row) for row in rows]


def test_the_largest_words_of_the_first_page_are_the_title_however_many_lines_they_take() -> None:
    def draw(paper: Paper) -> None:
        paper.canvas.setFillColorRGB(0.9, 0, 0)
        paper.line("岚州市人民政府文件", left=102, top=60, size=36)
        paper.canvas.setFillColorRGB(0, 0, 0)
        paper.line("岚州市人民政府关于印发三年", left=121, top=110, size=22)
        paper.line("行动方案的通知", left=187, top=142, size=22)
        paper.line("一、总体要求", top=180, size=14)
        paper.lines(flowing(WORDS), top=210)

    page = page_of(draw)
    assert paragraphs_of(page, "h1") == ["岚州市人民政府关于印发三年行动方案的通知"]
    assert paragraphs_of(page, "letterhead") == ["岚州市人民政府文件"]
    assert paragraphs_of(page, "h2") == ["一、总体要求"]


def test_the_name_of_the_institution_above_the_title_is_none_however_large() -> None:
    def draw(paper: Paper) -> None:
        paper.line("岚州市工业和信息化局", left=134, top=80, size=26)
        paper.line("关于加快推进智能制造的实施意见", left=99, top=150, size=22)
        paper.lines(flowing(WORDS), top=210)

    page = page_of(draw)
    assert paragraphs_of(page, "h1") == ["关于加快推进智能制造的实施意见"]
    assert paragraphs_of(page, "letterhead") == ["岚州市工业和信息化局"]


def test_latin_words_are_joined_with_spaces_and_divided_words_without() -> None:
    lines = [
        "The city of Lanzhou plans to build ten intelligent facto-",
        "ries within three years, and pays for well-known tools of",
        "small firms. A well-",
        "known tool is a robot.",
    ]
    page = page_of(lambda paper: paper.lines(lines[:3], font="Helvetica"))
    assert page.text.startswith("The city of Lanzhou plans to build ten intelligent factories within three years,")
    assert "tools of small firms" in page.text


def test_an_invisible_text_layer_is_kept_and_watermarks_are_not() -> None:
    def draw(paper: Paper) -> None:
        text = paper.canvas.beginText(LEFT, 700)
        text.setFont(SONG, 12)
        text.setTextRenderMode(3)
        text.textLine("岚州市建成十个智能工厂")
        paper.canvas.drawText(text)
        paper.canvas.saveState()
        paper.canvas.setFillGray(0.8)
        paper.canvas.translate(300, 400)
        paper.canvas.rotate(45)
        paper.canvas.setFont(SONG, 60)
        paper.canvas.drawString(0, 0, "内部资料")
        paper.canvas.restoreState()

    assert page_of(draw).text == "岚州市建成十个智能工厂"


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_turned_as_a_whole_is_read_as_one_that_stands(rotation: int) -> None:
    # Where no Chinese font is installed, pdfium sees turned lines only if they hold a Latin letter.
    lines = [f"{line[:-1]}A" for line in flowing(WORDS)]

    def upright(paper: Paper) -> None:
        paper.lines(lines, top=842 - 500)

    def turned(paper: Paper) -> None:
        canvas = paper.canvas
        canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[rotation])
        canvas.rotate(rotation)
        paper.lines(lines, top=842 - 500)

    marked, unmarked = page_of(upright, rotation=rotation), page_of(turned)
    assert marked.text == unmarked.text == "".join(lines).lstrip("　")
    for page in (marked, unmarked):
        assert all(0 <= box.left < box.right <= 842 and 0 <= box.top < box.bottom <= 842 for box in page.boxes)
        tall = page.boxes[0].bottom - page.boxes[0].top > 100
        assert tall == (rotation != 180)


def test_words_that_stand_across_the_page_come_last() -> None:
    def draw(paper: Paper) -> None:
        paper.lines(flowing(WORDS))
        paper.canvas.rotate(90)
        paper.canvas.setFont(SONG, 9)
        paper.canvas.drawString(300, -30, "云岭AI产业周刊")

    assert asides_of(page_of(draw)) == {"across": ["云岭AI产业周刊"]}


def test_entries_of_a_table_of_contents_stay_apart() -> None:
    entries = [f"{row}．智能工厂建设的任务和分工{'…' * 14}{row * 3}" for row in range(1, 7)]
    assert paragraphs_of(page_of(lambda paper: paper.lines(entries))) == entries


def test_small_raised_letters_stay_in_their_line() -> None:
    def draw(paper: Paper) -> None:
        paper.line("建成厂房", LEFT, 100)
        paper.line("2", LEFT + 48, 95, 6)
        paper.line("万平方米", LEFT + 52, 100)
        paper.lines(flowing(WORDS))

    assert page_of(draw).text.startswith("建成厂房2万平方米\n")


def test_a_letter_that_is_printed_twice_to_look_bold_is_read_once() -> None:
    def draw(paper: Paper) -> None:
        for shift in (0, 0.3):
            paper.line("重点任务", LEFT + shift, 100)

    assert page_of(draw).text == "重点任务"


def test_a_title_of_the_file_is_declared_where_the_text_has_it() -> None:
    draws = (lambda paper: paper.lines(["岚州市三年行动方案", *flowing(WORDS)]),)
    told = page_of(*draws, title="岚州市三年行动方案")
    (said,) = told.declarations
    assert (said.name, said.value, told.html[said.evidence.start : said.evidence.end]) == (
        "title", "岚州市三年行动方案", "岚州市三年行动方案",
    )  # fmt: skip
    assert not page_of(*draws, title="Microsoft Word - 模板.doc").declarations


def test_what_is_no_pdf_that_can_be_read_says_why() -> None:
    whole = pdf_of(lambda paper: paper.line(SENTENCE[:20]))
    assert problem_of(pdf_of(lambda paper: paper.line("密"), lock="x")).startswith("encrypted: ")
    assert problem_of(whole[:300]).startswith("unparsable: ")
    assert problem_of(b"%PDF-1.7\n" + bytes(range(256)) * 20).startswith("unparsable: ")
    assert problem_of(b"nothing").startswith("unparsable: ")
    no_pages = (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n"
    )
    assert re.match("no-pages: |unparsable: ", problem_of(no_pages))
    assert problem_of(pdf_of(lambda paper: None)) == "no-text-layer: its pages hold no words"
    in_circles = no_pages.replace(b"/Kids[]/Count 0", b"/Kids[2 0 R]/Count 3")
    assert problem_of(in_circles) == "unparsable: none of its pages can be opened"


def test_a_page_that_grows_beyond_all_bounds_ends_no_more_than_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_MOST_MEMORY", 400_000_000)
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * 1_000_000) for _ in range(500)) + packer.flush()
    whole = pdf_of(lambda paper: paper.line("甲A"))
    start = whole.index(b"/Filter [")
    end = whole.index(b"endstream", start)
    packed = b"/Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(stream), stream)
    (tmp_path / "a.pdf").write_bytes(whole[:start] + packed + whole[end:])
    (tmp_path / "b.pdf").write_bytes(whole)
    bomb, page = read_paths([tmp_path])
    assert isinstance(bomb, Failure)
    assert bomb.reason.partition(":")[0] in {"unparsable", "too-slow", "no-text-layer"}
    assert isinstance(page, Page)


def test_limits_are_kept() -> None:
    content = pdf_of(*[lambda paper: paper.line("甲")] * 3)
    assert problem_of(content, Limits(max_pages=2)).startswith("too-large: 3 pages")
    assert problem_of(content, Limits(max_bytes=100)).startswith("too-large: ")
    assert problem_of(content, Limits(max_page_seconds=0.0001)).startswith("too-slow: ")


def test_a_library_that_stops_is_a_named_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    worker = tmp_path / "worker.py"
    monkeypatch.setattr(process, "_WORKER", worker)
    content = pdf_of(lambda paper: paper.line("甲"))
    for source in ("import os; os.abort()", "print('nonsense', flush=True)", "raise SystemExit(3)"):
        worker.write_text(source)
        assert problem_of(content).startswith("unparsable: ")
    worker.write_text("import time; time.sleep(60)")
    assert problem_of(content, Limits(max_page_seconds=0.5)).startswith("too-slow: ")


def test_the_header_may_stand_behind_other_bytes() -> None:
    content = b"HTTP/1.1 200 OK\r\n\r\n" + pdf_of(lambda paper: paper.line("岚州市建成工厂"))
    assert choose_reader(Origin("a"), "a", content[:2_000]) is READER
    assert choose_reader(Origin("a"), "a.txt", b"%PDF-1.4 and so on") is READER
    assert choose_reader(Origin("a"), "a", b"of the %PDF-1.4 header") is not READER
    (item,) = items_of(READER, content)
    assert isinstance(item, Page)
    assert (item.text, item.content) == ("岚州市建成工厂", content)


def scanned(paper: Paper) -> None:
    picture = ImageReader(picture_of_noise())
    paper.canvas.drawImage(picture, 0, 0, 595, 842)


def picture_of_noise() -> object:
    from PIL import Image

    return Image.new("L", (60, 84), 200)


def test_pages_that_are_pictures_are_named_and_the_others_read() -> None:
    content = pdf_of(lambda paper: paper.line("岚州市建成工厂"), scanned, scanned)
    page, failure = items_of(READER, content)
    assert isinstance(page, Page)
    assert page.text == "岚州市建成工厂"
    assert isinstance(failure, Failure)
    assert failure.reason == "no-text-layer: pages 2, 3 of 3 are pictures, the others were read"
    assert "--ocr" in failure.mend
    assert problem_of(pdf_of(scanned)).startswith("no-text-layer: ")


def test_the_same_file_gives_the_same_page(tmp_path: Path) -> None:
    file = tmp_path / "通知.pdf"
    file.write_bytes(pdf_of(lambda paper: paper.lines(flowing(WORDS))))
    assert list(read_paths([file])) == list(read_paths([tmp_path / "." / "通知.pdf"]))
    assert looks_like_pdf(file.read_bytes())
