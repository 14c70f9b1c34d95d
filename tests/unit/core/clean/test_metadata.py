"""Title, source, publish time and authors out of the heads of pages of many kinds."""

# ruff: noqa: E501 (heads are easier to read in long lines)
from __future__ import annotations

import pytest

from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

PROSE = (
    "岚州市近日印发人工智能与制造业融合行动方案，提出到2027年建成三个公共智能计算中心，培育五十家骨干企业。",
    "方案明确，市级财政将安排专项资金，支持企业开放应用场景，推动大模型在质检、排产和能耗管理等环节落地。",
    "市工业和信息化局有关负责人表示，下一步将建立清单制度，按季度跟踪项目进展，并组织第三方评估。",
)
TITLE = "岚州印发人工智能与制造业融合行动方案"
ENGLISH = (
    "The city has opened its third public computing centre, officials said, part of a plan to bring models to factories.",
    "Under the plan, companies will get vouchers for computing time, and the city will publish progress every quarter.",
)


def flat(*lines: str) -> Record:
    page = text_page("page.txt", "\n".join(lines).encode())
    record = extract(page)
    verify(record, page)
    return record


def markup(head: str, body: str, *, prose: tuple[str, ...] = PROSE) -> Record:
    paragraphs = "".join(f"<p>{line}</p>" for line in prose)
    page = html_page(
        "page.html", f"<html><head>{head}</head><body>{body}<div>{paragraphs}</div></body></html>".encode()
    )
    record = extract(page)
    verify(record, page)
    return record


def value(outcome: Outcome[str]) -> str | None:
    return outcome.value if isinstance(outcome, Cited) else None


def authors(record: Record) -> list[str]:
    return [author.value for author in record.authors]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("首页>要闻", "为岚州制造业插上智能翅膀", "——岚州市推进人工智能融合纪实", "2024-03-02 10:00 来源：岚州日报"), "为岚州制造业插上智能翅膀——岚州市推进人工智能融合纪实"),
        (("岚州市近日印发人工智能与制", "造业融合行动方案", "2024-03-02 10:00 来源：岚州日报"), "岚州市近日印发人工智能与制造业融合行动方案"),
        ((TITLE + "_要闻_岚州新闻网", "首页 要闻", TITLE, "2024-03-02 10:00"), TITLE),
        (("岚州新闻网", "要闻", TITLE, "3小时前"), TITLE),
    ],
)  # fmt: skip
def test_the_headline_of_flat_pages(lines: tuple[str, ...], title: str) -> None:
    assert value(flat(*lines, *PROSE).title) == title


def test_a_page_in_one_line_keeps_the_spaces_of_its_headline() -> None:
    words = [
        "首页",
        "新闻",
        "岚州印发融合行动方案",
        "三年建成公共智能计算中心",
        "2024-03-05",
        "09:10:11",
        "来源：岚州晚报",
        *PROSE,
    ]
    record = flat(" ".join(words))
    assert value(record.title) == "岚州印发融合行动方案 三年建成公共智能计算中心"
    assert value(record.source) == "岚州晚报"


def test_the_window_settles_a_short_headline_and_a_wrapped_one() -> None:
    assert value(markup("<title>秋收_岚州诗刊_岚州网</title>", "<h1>秋收</h1>").title) == "秋收"
    wrapped = "<h2>岚州印发人工智能与<br>制造业融合行动方案</h2>"
    assert value(markup(f"<title>{TITLE}-岚州网</title>", wrapped).title) == TITLE


def test_the_name_of_the_site_is_no_headline() -> None:
    assert value(markup("<title>岚州大学新闻网</title>", f"<div>{TITLE}</div>").title) == TITLE


def test_latin_words_keep_their_hyphens() -> None:
    title = "Beijing tariff demands may expand US-China trade deal"
    assert value(markup(f"<title>{title}</title>", f"<h1>{title}</h1>", prose=ENGLISH).title) == title


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("28/07/2025 12:30", "2025-07-28T12:30:00+08:00"),
        ("9/17/2024 5:54:13 PM", "2024-09-17T17:54:13+08:00"),
        ("2024年5月22日 下午3:21", "2024-05-22T15:21:00+08:00"),
        ("更新时间：2024-05-20 10:00 发布时间：2024-05-18 08:30", "2024-05-18T08:30:00+08:00"),
        ("时间：2024年1月8日 来源：岚州发布 浏览次数：120", "2024-01-08"),
        ("今天是2024年9月1日 星期日", None),
        ("发行日期：2024年9月1日", None),
    ],
)
def test_the_line_of_date(line: str, published: str | None) -> None:
    assert value(flat(TITLE, line, *PROSE).published) == published


def test_a_time_without_its_year_takes_that_of_the_body() -> None:
    published = flat(TITLE, "05-18 08:30 岚州网", "2024年5月16日，岚州市召开推进会。", *PROSE).published
    assert isinstance(published, Cited)
    assert published.value == "2024-05-18T08:30:00+08:00"
    assert [span.text for span in published.support] == ["2024年5月16日"]
    assert isinstance(flat(TITLE, "05-18 08:30 岚州网", *PROSE).published, Missing)


def test_the_address_gives_the_day_and_a_list_of_others_does_not() -> None:
    link = "<link rel=canonical href='https://www.example.com/zw/202405/t20240513_99.html'>"
    published = markup(f"<title>{TITLE}</title>{link}", f"<h1>{TITLE}</h1>").published
    assert isinstance(published, Cited)
    assert (published.value, published.evidence.text) == ("2024-05-13", "20240513")


def test_declared_times_in_seconds_and_beside_a_visible_day() -> None:
    epoch = markup("<meta property='article:published_time' content='1715562600'>", f"<h1>{TITLE}</h1>").published
    assert value(epoch) == "2024-05-13T09:10:00+08:00"
    shown = markup(
        "<meta name=PubDate content='2024-05-13 09:10:00'>", f"<h1>{TITLE}</h1><div>2024-05-13</div>"
    ).published
    assert isinstance(shown, Cited)
    assert (shown.value, [span.text for span in shown.support]) == ("2024-05-13T09:10:00+08:00", ["2024-05-13"])


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：岚州日报2024-05-13 08:49", "岚州日报"),
        ("原创 岚州都市报 2019-09-09 16:01:46", "岚州都市报"),
        ("2024-05-18 16:56发布于北京岚山新媒体官方账号", "岚山新媒体"),
        ("2024-05-18 16:56 来源：本站原创", "本站原创"),
        ("2024-05-18 16:56 阅读", None),
    ],
)
def test_the_source_beside_the_date(line: str, source: str | None) -> None:
    assert value(flat(TITLE, line, *PROSE).source) == source


def test_the_notice_of_a_company_is_no_portals_work() -> None:
    assert value(flat(TITLE, "某股网 2024-04-08", "证券代码：600999 公告编号：临2024-021", *PROSE).source) is None


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ((TITLE, "2024-05-10 06:58 来源：岚州日报", "本报记者 王 岚 欧阳小山", *PROSE), ["王岚", "欧阳小山"]),
        ((TITLE, "2024-05-10 06:58", *PROSE, "作者：韦一、亓官"), ["韦一", "亓官"]),
        ((TITLE, "2024-05-10 06:58", *PROSE[:2], PROSE[2] + "（李小岚 岚州报道）"), ["李小岚"]),
        ((TITLE, "2024-05-10 06:58", *PROSE[:2], PROSE[2] + "（全文）"), []),
        ((TITLE, "2024-05-10 06:58 [ 周小岚 ]", *PROSE), ["周小岚"]),
        ((TITLE, "2024-05-10 06:58 岚合新聞網 記者林小川／嵐州報導", *PROSE), ["林小川"]),
        ((TITLE, "作者：山间清风01", "2024-05-10 06:58", *PROSE), ["山间清风01"]),
        ((TITLE, "来源：本站 作者：信息中心", "2024-05-10 06:58", *PROSE), []),
        (("City opens computing centre", "By Jane Doe and John Q. Public Updated May 4, 2024", *ENGLISH), ["Jane Doe", "John Q. Public"]),
    ],
)  # fmt: skip
def test_who_wrote_it(lines: tuple[str, ...], people: list[str]) -> None:
    assert authors(flat(*lines)) == people


def test_the_editor_in_the_markup_is_no_author() -> None:
    record = markup(
        "<meta name=author content='周小岚'>", f"<h1>{TITLE}</h1><div>2024-05-10 06:58 责任编辑：周小岚</div>"
    )
    assert authors(record) == []
    assert [editor.value for editor in record.editors] == ["周小岚"]


@pytest.mark.parametrize(
    ("prose", "language"),
    [
        (PROSE, "zh-Hans"),
        (("嵐州市政府公布人工智能與製造業融合計劃，目標在兩年內建成三個智能計算中心，並培育五十家骨幹企業。",) * 2, "zh-Hant"),
        (ENGLISH, "en"),
        (("岚州の工場で人工知能の導入が進んでおり、検査や生産計画に使われている。",) * 3, "other"),
        (("La ciudad abrió su tercer centro público de computación y promete publicar los avances cada trimestre del año.",) * 3, "other"),
    ],
)  # fmt: skip
def test_the_language(prose: tuple[str, ...], language: str) -> None:
    assert markup("", f"<h1>{TITLE}</h1>", prose=prose).language == language
