"""Invented articles to compare, and the ways in which they are copied."""

from __future__ import annotations

from mingjian.core.link.reprints.bodies import Body, body_text, compared_title, is_roundup, quoting_places
from mingjian.core.link.reprints.sketches import Sketch, sketch_bodies
from mingjian.core.model.reprints import Published

PARAGRAPHS = (
    "甲市数据局3月12日发布算力券实施细则，全年安排补贴资金2.5亿元，支持中小企业使用公共算力，单个企业每年最高可领取80万元。",
    "细则提出，企业购买智能算力服务的，按合同金额的30%给予补助；购买存储和网络服务的，按合同金额的15%给予补助，同一合同不重复享受。",
    "甲市数据局负责人林某表示，去年全市共有412家企业申领算力券，带动算力消费6.8亿元，今年将把服务机构从9家扩大到21家。",
    "申领企业应当在甲市登记注册，近三年没有严重失信记录。申请材料通过市政务服务平台提交，受理之日起10个工作日内办结。",
    "业内人士认为，算力券降低了模型训练的门槛，但用得好不好，还要看调度平台能否把分散在各区的机房连成一张网。",
)
OTHER = (
    "乙县农业农村局近日组织技术人员走进田间，指导种植户抓好春管。今年全县小麦播种面积稳定在36万亩，苗情总体好于常年。",
    "技术人员提醒，气温回升以后病虫害进入高发期，要及时查看田块，做到早发现、早防治，喷药要避开中午高温时段。",
    "种粮大户赵某说，自家的200亩地已经全部用上水肥一体化设备，每亩能省下40多元人工费。",
)


def body(name: str, paragraphs: tuple[str, ...] = PARAGRAPHS, **known: str) -> Body:
    text = "\n".join(paragraphs)
    day = known.get("day", "2025-03-12")
    compared = body_text(text, [(0, len(text))])
    title = known.get("title", "甲市发布算力券实施细则")
    return Body(
        id=name,
        text=compared,
        quoting=quoting_places(compared),
        title=compared_title(title),
        roundup=is_roundup(title),
        published=Published(day, "minute" if "T" in day else "day"),
        host=known.get("host", ""),
        publisher=known.get("publisher", ""),
        source=known.get("source", ""),
    )


def sketch(name: str, paragraphs: tuple[str, ...] = PARAGRAPHS, **known: str) -> Sketch:
    return sketch_bodies([body(name, paragraphs, **known)])[0]
