from __future__ import annotations

from tests.unit.core.annotate.reading import read

from mingjian.core.model.article import DocumentHeader
from mingjian.core.model.facts import Policy
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.span import Span
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read.plain import text_page

PAGE = """东江市人民政府网站
索引号：DJ000-2025-001
发文机关：东江市人民政府办公厅
成文日期：2025年03月05日
发文字号：东政办发〔2025〕7号
{validity}发布日期：2025年03月08日

东江市人民政府办公厅关于印发东江市数据要素行动方案（2025—2027年）的通知

各区县人民政府，市政府各部门：
《东江市数据要素行动方案（2025—2027年）》已经市政府同意，现印发给你们，请认真贯彻执行。

东江市人民政府办公厅
2025年3月5日

东江市数据要素行动方案（2025—2027年）
为贯彻落实《国务院关于构建数据基础制度的意见》，根据《中华人民共和国数据安全法》等有关规定，结合我市实际，制定本方案。
一、总体要求
到2027年，建成10个数据基础设施，形成100个应用场景，数据产业规模达到500亿元。
二、重点任务
支持企业建设数据平台，推动公共数据开放共享，完善数据流通规则，培育数据服务企业。
本方案自印发之日起施行，有效期两年。《东江市数据要素三年行动计划》（东政办发〔2021〕3号）同时废止。
"""


def policies_of(text: str) -> dict[str, Policy]:
    page = text_page("page", text.encode())
    record = extract(page)
    verify(record, page)
    return {one.title: one for one in record.policies}


def test_the_header_of_a_page_tells_of_its_own_document() -> None:
    found = policies_of(PAGE.format(validity=""))
    one = found["东江市数据要素行动方案（2025—2027年）"]
    assert (one.issuer, one.doc_no) == (("东江市人民政府办公厅",), "东政办发〔2025〕7号")
    assert (one.date, one.signed, one.status) == ("2025-03-05", "2025-03-05", "in_force")
    assert (one.in_force, one.valid_until) == ("2025-03-05", "2027-03-04")
    assert one.notice == "东江市人民政府办公厅关于印发东江市数据要素行动方案（2025—2027年）的通知"
    assert [(relation.type, relation.target) for relation in one.relations] == [
        ("implements", "国务院关于构建数据基础制度的意见"),
        ("basis", "中华人民共和国数据安全法"),
        ("repeals", "东江市数据要素三年行动计划"),
    ]
    repealed = found["东江市数据要素三年行动计划"]
    assert (repealed.status, repealed.doc_no) == ("repealed", "东政办发〔2021〕3号")


def test_the_header_may_say_that_the_document_is_no_longer_valid() -> None:
    found = policies_of(PAGE.format(validity="有效性：废止\n"))
    assert found["东江市数据要素行动方案（2025—2027年）"].status == "repealed"


def test_a_title_in_boilerplate_alone_is_no_policy_of_a_page_that_speaks_of_none() -> None:
    text = "专家说，数据产业发展很快，企业数量明显增加，市场规模持续扩大。" * 8
    assert policies_of(f"东江市出台行动方案，企业点赞\n\n{text}\n\n相关链接：《东江市数据条例》\n") == {}


def test_own_words_without_the_title_in_the_body_cite_the_title_above() -> None:
    words = "东江市数据局关于发放算力券的通告"
    text = "为规范算力券发放，根据《东江市算力券办法》等有关规定，现就有关事项通告如下：\n一、即日起向企业发放算力券。"
    found = policies_of(
        f"{words}\n发布时间：2025-03-05\n\n{text}\n二、企业可以向东江市数据局申请，每家企业限领一次。\n"
    )
    own = found[words]
    assert (own.status, own.support[0].text, own.evidence.text[:2]) == ("issued", words, "现就")
    assert [(relation.type, relation.policy) for relation in own.relations] == [("basis", "东江市算力券办法")]


def test_the_heading_of_the_text_with_a_header_gets_its_number() -> None:
    heading, number = "东江市人民政府关于发展数据产业的意见", "东政发〔2025〕7号"
    missing = Missing("not-told")
    place = len(heading) + 1
    header = DocumentHeader(
        index_number=missing,
        issuer=missing,
        doc_no=Cited(number, _span(number, place), "test"),
        signed=missing,
        topic=missing,
        validity=missing,
    )
    (own,) = read(heading, number, "现提出以下意见。", document=header).policies
    assert (own.title, own.doc_no, own.issuer) == (heading, number, ("东江市人民政府",))


def _span(words: str, start: int) -> Span:
    return Span(start, start + len(words), words)
