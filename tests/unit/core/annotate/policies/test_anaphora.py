from __future__ import annotations

import pytest

from mingjian import extract
from mingjian.read.plain import text_page

_PLAN = "贵阳市日前印发《贵阳市算力发展行动方案（2025—2027年）》。"
_CLOSE = "当天，与会人员还参观了当地的企业和学校，并围绕下一步的工作展开了热烈的交流讨论。"
_OTHER = "遵义市印发《遵义市机器人行动方案》。"


def _meant(*paragraphs: str) -> list[str]:
    """The words without book marks that are mentions of documents, in page order."""
    page = text_page("page", "\n\n".join(("甲乙丙丁戊己", *paragraphs, _CLOSE)).encode())
    places = sorted(pair for one in extract(page).policies for pair in one.mentions)
    return [words for pair in places if not (words := page.text[slice(*pair)]).startswith("《")]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("该方案明确，建设十个中心。", "该方案"),
        ("这一重磅文件发布后，企业关注。", "这一重磅文件"),
        ("文件明确，设立一只基金。", "文件"),
        ("行动方案还提出，培育百家企业。", "行动方案"),
        ("按行动方案，明年底要达到百家。", "行动方案"),
        ("贵阳的方案还提出，培育百家企业。", "方案"),
        ("算力发展行动方案实施以来，成效明显。", "算力发展行动方案"),
        ("本行动方案自印发之日起施行。", "本行动方案"),
    ],
)
def test_a_document_of_the_page_is_meant(words: str, meant: str) -> None:
    assert _meant(_PLAN, words) == [meant]


@pytest.mark.parametrize(
    "words",
    [
        "公司推出解决方案，方案正在制定。",
        "该文件夹里有十张图。",
        "该意见领袖表示赞成。",
        "请制定实施方案，明确任务。",
        "安顺的方案还没有公布。",
        "算力发展行动方案编制工作结束。",
    ],
)
def test_words_that_mean_no_document_of_the_page(words: str) -> None:
    assert _meant(_PLAN, words) == []


def test_of_two_documents_none_is_meant() -> None:
    assert _meant(_PLAN, _OTHER, "文件明确，设立基金。该方案还提出目标。") == []
    assert _meant(_PLAN, _OTHER, "遵义的方案还提出目标。") == ["方案"]


def test_a_document_is_named_before_it_is_meant() -> None:
    assert _meant("文件明确，设立基金。", _PLAN) == []


def test_the_number_stands_for_the_document() -> None:
    told = _meant("根据《贵阳市数据条例》（筑政发〔2025〕7号），申报开始。", "各区照筑政发〔2025〕7号执行。")
    assert told == ["筑政发〔2025〕7号"]


def test_a_draft_is_meant_where_the_page_tells_of_one() -> None:
    draft = "贵阳市数据局起草了《贵阳市数据办法》（征求意见稿），现公开征求意见。"
    assert _meant(draft, "征求意见稿共五章。") == ["征求意见稿"]
    assert "征求意见稿" not in _meant(draft, "另有《遵义市算力办法》（送审稿）待审。", "征求意见稿共五章。")


def test_the_own_document_speaks_of_itself() -> None:
    title = "贵阳市算力发展行动方案（2025—2027年）"
    told = _meant(title, "为促进发展，根据《遵义市机器人行动方案》，制定本方案。", "本方案自印发之日起施行。")
    assert told == ["本方案", "本方案"]
