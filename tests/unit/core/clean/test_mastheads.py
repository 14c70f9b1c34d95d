"""The name of the site at the top of a flattened page."""

from __future__ import annotations

import pytest

from mingjian.core.clean.article import clean
from mingjian.core.model.outcome import Cited
from mingjian.core.model.page import Page
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold

ARTICLE = (
    "岚江市发布智能算力补贴新政\n2026-03-18 09:41\n"
    "3月17日，岚江市政府召开新闻发布会，解读《岚江市促进智能算力发展若干措施》。措施共18条，自4月1日起施行。\n"
    "按照措施，企业租用本市智能算力的，按合同额的30%给予补助，单个企业每年最高800万元。\n"
    "责任编辑：某甲\n"
)


def publisher_of(text: str) -> tuple[str, str] | None:
    page = Page(doc_id="page", content=text.encode(), media_type="text/plain", encoding="utf-8", text=text)
    _, metadata = clean(page, fold(text), bundled_rulebook())
    return (metadata.publisher.value, metadata.publisher.by) if isinstance(metadata.publisher, Cited) else None


@pytest.mark.parametrize(
    ("head", "foot", "name"),
    [
        ("芯潮 首页 快讯 深度 活动\n", "© 2019-2026 芯潮 京ICP备19000001号\n", "芯潮"),
        ("岚川电力集团有限公司 LANCHUAN POWER\n", "版权所有 © 岚川电力集团有限公司\n", "岚川电力集团有限公司"),
        ("中国·岚江 岚江市人民政府\n", "版权所有：岚江市人民政府办公室\n", "岚江市人民政府"),
        ("岚江新闻网 > 要闻 > 正文\n", "", "岚江新闻网"),
        ("岚江晚报 数字报\n2026年3月18日 星期三 第03版\n", "", "岚江晚报"),
        ("某某智库\n首页 研究 观点 活动\n", "", "某某智库"),
    ],
)
def test_a_name_given_again_or_beside_a_menu(head: str, foot: str, name: str) -> None:
    assert publisher_of(head + ARTICLE + foot) == (name, "publisher.masthead")


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("财经 股票 基金 行情\n", "更多财经资讯请下载客户端\n"),
        ("首页 新闻 专题 视频\n", ""),
        ("深度观察\n", ""),
        ("岚江新闻\n", "相关阅读\n岚江新闻发布会将于下月举行\n"),
    ],
)
def test_no_name_rather_than_a_column(head: str, foot: str) -> None:
    assert publisher_of(head + ARTICLE + foot) is None
