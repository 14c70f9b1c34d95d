"""Names are read knowing the page's head: its publisher, its day."""

from __future__ import annotations

from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read.html import html_page

FIRST = "全省企业积极响应，推动人工智能与制造业深度融合，培育发展新质生产力，打造产业集群，取得明显成效。" * 3
SECOND = "国资委要求我省企业加快数字化转型，国家数据局将出台政策。"


def record_of(publisher: str, day: str) -> Record:
    head = f'<title>望溪论坛开幕_{publisher}</title><meta property="og:site_name" content="{publisher}">'
    body = f"<h1>望溪论坛开幕</h1><div>来源：{publisher} 发布时间：{day} 10:00</div><p>{FIRST}</p><p>{SECOND}</p>"
    page = html_page("page", f"<html><head>{head}</head><body>{body}</body></html>".encode())
    record = extract(page)
    verify(record, page)
    return record


def test_the_publisher_says_whose_organ_a_bare_name_means_and_is_cited() -> None:
    named = {one.name: one for one in record_of("浙江望溪网", "2024-05-06").organisations}
    assert named["国资委"].region == "330000"
    assert "浙江" in named["国资委"].support[0].text
    assert named["国家数据局"].entity == "state_bodies:nda"


def test_a_page_older_than_a_body_does_not_mean_it() -> None:
    named = {one.name: one for one in record_of("望溪网", "2020-05-06").organisations}
    assert named["国家数据局"].entity is None
    assert named["国资委"].entity == "state_bodies:sasac"
