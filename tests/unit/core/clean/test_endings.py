# ruff: noqa: E501 (pages are easier to read in long lines)
"""Articles that are no run of paragraphs, and pages in one line."""

from __future__ import annotations

from mingjian.core.clean.article import clean
from mingjian.core.clean.joints import rejoin
from mingjian.core.model.article import Article
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.read.plain import text_page

HEADLINE = "某省出台措施支持智能网联汽车产业"
PROSE = (
    "某省近日出台支持智能网联汽车产业发展的十二条措施，明确对首台套产品给予最高五百万元奖励。",
    "措施提出，到2027年全省智能网联汽车产量达到80万辆，建成 3 个国家级测试示范区，培育 20 家以上骨干企业。",
    "该省工业和信息化厅有关负责人表示，下一步将会同交通、公安等部门制定实施细则，并建立季度调度机制。",
    "业内专家认为，地方政策的重点正在从拼补贴转向拼场景，谁先开放道路与数据，谁就更可能吸引头部企业落户。",
)


def cleaned(text: str) -> Article:
    return clean(text_page("page", text.encode()), fold(text), bundled_rulebook())[0]


def body_of(text: str) -> str:
    return "\n".join(text[block.start : block.end] for block in cleaned(text).body)


def pieces(text: str) -> list[str]:
    spans, place = [], 0
    for piece in text.split(" "):
        spans.append((place, place + len(piece)))
        place += len(piece) + 1
    return [text[start:end] for start, end in rejoin(text, spans)]


def test_gaps_inside_of_sentences_are_joined_and_those_of_menus_are_not() -> None:
    assert pieces("采用骁龙 865 处理器，支持 5G 网络。 下一句。") == ["采用骁龙 865 处理器，支持 5G 网络。", "下一句。"]
    assert pieces("体育 NBA 综合 中超") == ["体育", "NBA", "综合", "中超"]
    assert pieces("拥抱着这样的爱， 他走了。") == ["拥抱着这样的爱， 他走了。"]
    assert pieces("产量 2024-05-06 10:20 某市，某日。") == ["产量", "2024-05-06", "10:20", "某市，某日。"]


def test_page_in_one_line_with_everything_between_its_sentences() -> None:
    text = (
        f"首页 新闻 体育 财经 {HEADLINE} 2024-05-06 09:30:12 来源：某某日报 字号：大 中 小 {PROSE[0]} {PROSE[1]} 相关阅读： 智能汽车产业迎来新拐点 "
        f"{PROSE[2]} 点击查看更多 广告 {PROSE[3]} 责任编辑：李晓红 热搜榜 1 某地地铁开通新线 2 今日油价上调 网友评论 路人甲 补贴又要花多少钱？ "
        "关于我们 版权所有 某网"
    )
    assert body_of(text) == "\n".join(PROSE)


def test_promotion_and_credits_fused_into_the_last_paragraph() -> None:
    text = f"{HEADLINE}\n某某网 2024-05-06 09:30 {PROSE[0]}\n{PROSE[2]}{PROSE[3]}更多精彩资讯请关注某某财经！图片 | 某某图库制作 | 王小明举报/反馈\n评论"
    assert body_of(text) == f"{PROSE[0]}\n{PROSE[2]}{PROSE[3]}"


def test_column_labels_are_cut_off_and_first_words_are_not() -> None:
    head = f"{HEADLINE}\n2024-05-06 09:30 来源：某报\n"
    assert body_of(f"{head}产业观察丨{PROSE[0]}\n{PROSE[2]}") == f"{PROSE[0]}\n{PROSE[2]}"
    assert body_of(f"{head}深度学习正在改变质检环节，{PROSE[0]}\n{PROSE[2]}").startswith("深度学习正在")


def test_verses_before_the_credits_are_taken_in() -> None:
    verses = "道路开放了，\n数据流动了，\n企业来了，\n明天会更好。"
    text = f"{HEADLINE}\n2024-05-06 10:00\n{PROSE[0]}\n{PROSE[2]}\n{verses}\n来源：某某日报\n编辑：王某"
    assert body_of(text) == f"{PROSE[0]}\n{PROSE[2]}\n{verses}"


def test_names_before_the_signature_are_taken_in() -> None:
    names = "\n".join(
        f"{number} 某市{name}装备有限公司"
        for number, name in enumerate(("云海", "明川", "启航", "凌云", "中智", "星图"), 1)
    )
    text = f"智能工厂名单公示\n发布时间：2024-05-06\n现将拟认定名单予以公示，公示期5个工作日。\n{names}\n某市工业和信息化局\n2024年5月6日\n打印本页 关闭窗口"
    assert names in body_of(text)


def test_related_links_at_the_end_stay_outside() -> None:
    text = f"{HEADLINE}\n2024-05-06 来源：某报\n{PROSE[0]}\n{PROSE[2]}\n相关新闻\n三部门联合发文规范辅助驾驶\n网友评论\n支持，希望早点落地，多给企业机会。\n责任编辑：某甲"
    assert body_of(text) == f"{PROSE[0]}\n{PROSE[2]}"


def test_the_article_under_the_title_of_the_page_wins_over_a_longer_neighbour() -> None:
    neighbour = "\n".join(
        f"第{place}段：另一件事说来话长，经过十分曲折，当事人至今仍不愿多谈，外界众说纷纭。" for place in range(12)
    )
    text = f"{HEADLINE}_某某网\n首页\n新闻\n{HEADLINE}\n某某网\n2024-05-06 09:30\n{PROSE[0]}\n分享至：\n往事知多少\n某号\n2023-06-01 00:48\n{neighbour}"
    assert body_of(text) == PROSE[0]


def test_rows_below_the_heading_of_an_attachment_are_taken_in() -> None:
    rows = "\n".join(f"0{place} 应用技术\n{place}人" for place in range(1, 6))
    text = f"某院招生简章\n2024-05-06\n{PROSE[0]}\n{PROSE[2]}\n附：招生专业\n{rows}\n版权所有 某院"
    assert body_of(text).endswith(rows)
