"""Which line is the headline: of two beside each other, below the date, at the end of the way to the page."""

from __future__ import annotations

import pytest

from mingjian.core.clean.article import clean
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

NEWS = (
    "3月17日，岚江市政府召开新闻发布会，解读《岚江市促进智能算力发展若干措施》。措施共18条，自4月1日起施行。\n"
    "按照措施，企业租用本市智能算力的，按合同额的30%给予补助，单个企业每年最高800万元。\n"
    "责任编辑：某甲\n"
)
NOTICE = (
    "各县（市、区）人民政府，市政府各部门：\n"
    "《岚江市人工智能产业发展三年行动方案》已经市政府同意，现印发给你们，请认真组织实施。\n"
    "岚江市人民政府办公室\n2026年3月9日\n"
)


def title_of(text: str) -> str | None:
    page = Page(doc_id="page", content=text.encode(), media_type="text/plain", encoding="utf-8", text=text)
    _, metadata = clean(page, fold(text), bundled_rulebook())
    return metadata.title.value if isinstance(metadata.title, Cited) else None


@pytest.mark.parametrize(
    "head",
    [
        "按合同额三成补助 最高八百万元\n岚江算力新政下月施行\n本报记者 王某某\n",
        "岚江算力新政下月施行\n企业租用智能算力最高补助800万元\n2026-03-18 09:00 来源：岚江日报\n",
    ],
)
def test_of_two_lines_the_shorter_is_the_main_one_wherever_it_stands(head: str) -> None:
    assert title_of(head + NEWS) == "岚江算力新政下月施行"


def test_a_headline_may_stand_below_the_date() -> None:
    head = "2026-03-18 09:00:11\n岚江算力新政下月施行 企业最高获补800万元\n来源：岚江日报 作者：王某某\n"
    assert title_of(head + NEWS) == "岚江算力新政下月施行 企业最高获补800万元"


def test_a_headline_may_be_the_last_step_of_the_way() -> None:
    head = "首页 > 要闻 > 岚江算力新政下月施行\n2026-03-18 09:00 来源：岚江日报\n"
    assert title_of(head + NEWS) == "岚江算力新政下月施行"


def test_the_issuer_above_belongs_to_the_headline_of_a_document() -> None:
    head = "岚江市人民政府办公室\n关于印发岚江市人工智能产业发展三年行动方案的通知\n岚政办发〔2026〕7号\n"
    assert title_of(head + NOTICE) == "岚江市人民政府办公室关于印发岚江市人工智能产业发展三年行动方案的通知"


def test_a_column_of_a_few_words_is_no_headline() -> None:
    head = "岚江要闻\n我市算力新政下月施行\n发布时间：2026-03-18 浏览：332次\n"
    assert title_of(head + NEWS) == "我市算力新政下月施行"
