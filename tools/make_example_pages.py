"""Write the example pages that are no text: a Word file, a web archive, a feed. All of their content is invented.

python -m tools.make_example_pages
"""

from __future__ import annotations

from pathlib import Path

from tools.sample_files import (
    docx_file,
    heading_styles,
    http_answer,
    numbered,
    numbering,
    packed_members,
    paragraph,
    table,
    warc_record,
)

_FOLDER = Path(__file__).parents[1] / "examples" / "pages"


def notice() -> bytes:
    """A notice whose clauses Word numbers, with a table."""
    body = [
        paragraph("岚州市工业和信息化局关于组织申报2026年人工智能赋能制造业示范项目的通知", style="Title"),
        paragraph("岚工信发〔2026〕27号"),
        paragraph("各县（区）工业和信息化主管部门，各有关企业："),
        paragraph(
            "为落实《岚州市人工智能产业行动方案》，加快大模型在制造业的应用，现就组织申报示范项目有关事项通知如下。"
        ),
        numbered("申报方向", 0),
        numbered("工业质检。支持企业用机器视觉替代人工检测，单个项目补助不超过200万元。", 1),
        numbered("设备运维。支持企业建设预测性维护系统，单个项目补助不超过150万元。", 1),
        numbered("申报条件", 0),
        numbered("在岚州市登记注册，具有独立法人资格。", 1),
        numbered("项目总投资不低于500万元，2025年12月31日前已投入运行。", 1),
        numbered("资金安排", 0),
        paragraph("本年度共安排专项资金3000万元，分配如下："),
        table([["方向", "项目数", "资金（万元）"], ["工业质检", "10", "1800"], ["设备运维", "8", "1200"]]),
        numbered("时间要求", 0),
        paragraph("请各主管部门于2026年4月30日前将推荐名单报送市工业和信息化局。"),
        paragraph("岚州市工业和信息化局"),
        paragraph("2026年3月12日"),
    ]
    lists = numbering([("chineseCounting", "%1、"), ("chineseCounting", "（%2）")])
    footer = paragraph("第 1 页")
    return docx_file("".join(body), parts={"numbering": lists, "styles": heading_styles(), "footer": footer})


def archive() -> bytes:
    """Two pages as a crawler keeps them."""
    pages = (
        (
            "https://www.lanzhou-ribao.example/2026-03/05/content_1001.html",
            "岚州首个智能算力中心投运",
            "2026-03-05 09:30",
            "本报讯（记者 林远舟）3月4日，岚州智能算力中心投入运行。中心由岚州云枢科技有限公司建设，总投资12亿元。",
        ),
        (
            "https://www.lanzhou-ribao.example/2026-03/06/content_1002.html",
            "衡川机器人发布新一代装配机器人",
            "2026-03-06 15:10",
            "本报讯（记者 周闻笛）3月6日，衡川机器人有限公司在岚州发布新一代装配机器人，首批200台已交付两家企业。",
        ),
    )
    records = [warc_record("warcinfo", b"software: example\r\n")]
    for number, (url, title, published, words) in enumerate(pages, start=2):
        markup = (
            f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}_岚州日报</title></head>'
            f'<body><h1>{title}</h1><div class="info">{published} 来源：岚州日报</div>'
            f'<div class="article-content"><p>{words}</p></div></body></html>'
        )
        records.append(warc_record("response", http_answer(markup.encode()), number=number, url=url))
    return packed_members(records)


def feed() -> bytes:
    """A feed of two items, one whole and one in short."""
    return """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>澜山产业观察</title>
<link>https://news.lanshan.example/</link>
<language>zh-cn</language>
<item>
<title>澜山港启用无人集卡调度系统</title>
<link>https://news.lanshan.example/2026/0318/201.html</link>
<guid isPermaLink="false">lanshan-201</guid>
<pubDate>Wed, 18 Mar 2026 10:20:00 +0800</pubDate>
<dc:creator>沈知行</dc:creator>
<content:encoded><![CDATA[<p>3月17日，澜山港集团启用无人集卡智能调度系统，首批投入60台无人驾驶集卡。</p>
<p>港方介绍，系统由澜山智航科技有限公司研发，作业效率提升18%，每年可节约运营成本2400万元。</p>]]></content:encoded>
</item>
<item>
<title>澜山市设立10亿元人工智能产业基金</title>
<link>https://news.lanshan.example/2026/0319/202.html</link>
<guid isPermaLink="false">lanshan-202</guid>
<pubDate>Thu, 19 Mar 2026 08:05:00 +0800</pubDate>
<description>澜山市财政局3月19日宣布，设立总规模10亿元的人工智能产业基金，重点投向智能芯片和具身智能企业。</description>
</item>
</channel>
</rss>
""".encode()


def main() -> None:
    """Write all of them."""
    for name, content in (("14-notice.docx", notice()), ("15-archive.warc.gz", archive()), ("16-feed.xml", feed())):
        (_FOLDER / name).write_bytes(content)
        print(name, len(content))


if __name__ == "__main__":
    main()
