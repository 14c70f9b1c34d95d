# ruff: noqa: E501 (pages are easier to read in long lines)
"""Error pages and lists of links are told from articles, and from documents that are lists themselves."""

from __future__ import annotations

import pytest

import mingjian
from mingjian.brief.wording import fact_columns
from mingjian.core.model.outcome import Missing
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

MENU = "首页\n新闻\n政务公开\n办事服务\n互动交流\n登录\n注册\n"
FOOTER = "\n关于我们 | 联系我们 | 网站地图\n版权所有：某市人民政府办公室\n京ICP备00000000号\n"
HEADS = (
    "全市数字经济工作推进会召开", "我市新增三家国家级专精特新企业", "人工智能产业园一期工程封顶", "市领导调研智能制造企业", "关于征集人工智能应用场景的通知",
    "第六届工业互联网大赛开赛", "我市出台算力券发放办法", "数据要素市场化配置改革启动", "新能源汽车产量同比增长三成", "智慧医院建设取得新进展",
    "两家企业入选制造业单项冠军", "港口自动化码头投入使用",
)  # fmt: skip
DATES = tuple(f"2024-05-{day}" for day in (20, 18, 17, 17, 15, 11)) + tuple(
    f"2024-04-{day}" for day in (30, 29, 28, 26, 25, 22)
)
DATED = list(zip(HEADS, DATES, strict=True))
FIRMS = "\n".join(
    f"某市{name}智能科技有限公司"
    for name in ("云海", "明川", "启航", "凌云", "中智", "星图", "江南", "华远", "博思", "同创")
)

ERRORS = {
    "status": "404 Not Found\nnginx\n",
    "not found": MENU
    + "抱歉，您访问的页面不存在或已被删除！\n您可以：\n1、检查您输入的网址是否正确\n2、返回首页\n3、联系网站管理员\n"
    + FOOTER,
    "not found, appeal": "404 - 找不到您要访问的页面\n宝贝回家\n姓名：某某\n失踪时间：2010年5月6日\n特征：右手有一颗痣，会说普通话。\n返回首页\n",
    "denied": 'Access Denied\nYou don\'t have permission to access "http://www.example.com/" on this server.\n',
    "blocked": "405\n很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。\n",
    "too often": "您的IP访问过于频繁，请稍后再试\n",
    "captcha": "安全验证\n请完成下方验证后继续操作\n请拖动滑块完成拼图\n意见反馈\n",
    "removed": "该内容已被发布者删除\n",
    "forum": "提示信息 - 某论坛\n登录 立即注册\n抱歉，指定的主题不存在或已被删除或正在被审核\n[ 点击这里返回上一页 ]\n",
    "login": "登录\n欢迎回来\n手机号登录 账号登录\n请输入验证码\n忘记密码\n注册\n",
    "wall": "某期刊\n您尚未登录，请先登录后查看全文\n登录\n注册\n",
    "moving": "正在跳转\n页面正在跳转，请稍候……\n如果浏览器没有自动跳转，请点击这里\n",
    "script": "某平台\nYou need to enable JavaScript to run this app.\n",
    "maintenance": "系统维护中，给您带来不便敬请谅解。\n",
    "empty frame": "首页\n新闻\n登录\n搜索\n",
    "loading": MENU + "加载中...\n" + FOOTER,
}
LISTS = {
    "headline and date": MENU
    + "\n".join(f"{head}\n{day}" for head, day in DATED)
    + "\n首页 上一页 1 2 3 下一页 尾页\n"
    + FOOTER,
    "in one line": MENU + "\n".join(f"· {head} [{day}]" for head, day in DATED) + FOOTER,
    "paging": MENU + "通知公告\n" + "\n".join(HEADS) + "\n第1页/共25页\n下一页 尾页\n" + FOOTER,
    "search": "搜索\n人工智能\n为您找到相关结果约1,240个结果\n"
    + "\n".join(f"{head}\n{head}，有关部门表示将继续推进..." for head in HEADS),
    "tag": "标签：算力 的文章\n" + "\n".join(f"{day} {head}" for head, day in DATED) + FOOTER,
    "portal": "\n".join(f"频道{place}" for place in range(20))
    + "\n"
    + "\n".join(f"{head}第{place}期" for place in range(4) for head in HEADS)
    + FOOTER,
    "page in one line": " ".join(f"{head} {day}" for head, day in DATED) + " 首页 上一页 1 2 3 下一页 尾页",
}
ARTICLES = {
    "short notice": MENU
    + "停水通知\n发布时间：2024-05-06\n因管网检修，5月8日8时至18时某区停水，请提前储水。\n某市自来水公司\n2024年5月6日\n"
    + FOOTER,
    "tiny notice": "放假通知\n本馆5月1日至5日闭馆，5月6日照常开放。\n某市图书馆\n",
    "news of an error": "网站故障影响办事\n2024-05-06 10:00 来源：某报\n5月6日，有市民反映，某市政务网站页面无法访问，显示“页面不存在”。该市数据局回应，系统升级导致链接失效。\n"
    + FOOTER,
    "notice of maintenance": "关于网站系统升级维护的公告\n2024-05-06\n各位用户：\n因系统升级，本网站将于5月8日0时至6时暂停服务，请提前办理业务。敬请谅解。\n某市数据局\n2024年5月6日\n",
    "names": "2024年度某市人工智能骨干企业名单公示\n" + FIRMS,
    "names with a notice": MENU
    + f"关于拟认定企业的公示\n发布时间：2024-05-06\n现将拟认定企业名单公示如下，公示期为5月6日至5月12日。\n{FIRMS}\n某市工业和信息化局\n2024年5月6日\n"
    + FOOTER,
    "policies": "近期政策文件清单\n"
    + "\n".join(f"{number}. 《{head}》 {day}" for number, (head, day) in enumerate(DATED, 1)),
    "table": "一季度主要指标统计表\n指标\n数值\n增速\n工业增加值\n1200亿元\n6.5%\n算力规模\n800PFLOPS\n32%\n",
    "round-up": "科技早报\n2024-05-06\n" + "\n".join(f"{number}. {head}" for number, head in enumerate(HEADS, 1)),
    "poem": MENU + "夜行\n作者：某人\n云过山头月未明\n江声入耳夜潮平\n孤舟一点渔灯远\n犹有行人踏浪声\n" + FOOTER,
    "chronicle": "人工智能产业大事记\n"
    + "\n".join(f"202{year}-03-01\n第{year}批应用场景对外发布。" for year in range(7)),
    "flash": MENU
    + "2024-05-06 09:30\n某社5月6日电，某公司发布新一代推理芯片，算力提升一倍。\n登录后查看评论\n加载中...\n相关新闻\n"
    + "\n".join(f"{head} {day}" for head, day in DATED)
    + FOOTER,
    "one headline": "某市召开大会",
}


def kind_of(text: str) -> str:
    return mingjian.extract(text_page("page", text.encode())).page_kind


@pytest.mark.parametrize("name", ERRORS)
def test_error_pages(name: str) -> None:
    assert kind_of(ERRORS[name]) == "error"


@pytest.mark.parametrize("name", LISTS)
def test_lists(name: str) -> None:
    assert kind_of(LISTS[name]) == "list"


@pytest.mark.parametrize("name", ARTICLES)
def test_what_is_an_article(name: str) -> None:
    assert kind_of(ARTICLES[name]) == "article"


@pytest.mark.parametrize("text", [*ERRORS.values(), *LISTS.values()])
def test_no_facts_from_what_is_no_article(text: str) -> None:
    record = mingjian.extract(text_page("page", text.encode()))
    assert record.body == ()
    assert all(getattr(record, kind) == () for kind, _ in fact_columns())
    assert record.summary == ()
    assert record.published == Missing("not-an-article")
    covered = sum(block.end - block.start for block in record.boilerplate)
    assert covered >= sum(not letter.isspace() for letter in text)


def test_markup_of_links_is_a_list_and_of_verses_is_not() -> None:
    links = (
        "<ul>" + "".join(f"<li><a href='/{place}'>{head}</a></li>" for place, head in enumerate(HEADS * 2)) + "</ul>"
    )
    poem = "<h1>夜行</h1>" + "".join(
        f"<p>{line}</p>"
        for line in (
            "云过山头月未明，",
            "江声入耳夜潮平。",
            "孤舟一点渔灯远，",
            "犹有行人踏浪声。",
            "风起芦花飞作雪，",
            "舟行何处是归程。",
        )
    )
    assert mingjian.extract(html_page("list", f"<html><body>{links}</body></html>".encode())).page_kind == "list"
    assert (
        mingjian.extract(html_page("poem", f"<html><body>{links}{poem}</body></html>".encode())).page_kind == "article"
    )


def test_a_channel_with_short_paragraphs_is_a_list() -> None:
    cards = "\n".join(
        f"{head}\n有关部门近日表示将继续推进这项工作，各地正抓紧落实。\n{day} 09:26" for head, day in DATED
    )
    assert kind_of(f"{MENU}滚动新闻\n{cards}\n{FOOTER}") == "list"


def test_a_wall_in_whole_sentences_is_an_error_page() -> None:
    wall = "请登录后继续阅读\n本文仅对注册会员开放，请登录或注册后查看全文。\n网络环境存在异常，请完成安全验证后继续访问。\n"
    assert kind_of(f"安全验证 - 某知库\n{MENU}{wall}{FOOTER}") == "error"


def test_running_text_among_buttons_is_an_article() -> None:
    answer = "\n".join(f"第{place}年我在这里做标注，每天看几百张图片，慢慢懂得标准从哪里来。" * 2 for place in range(9))
    page = f"标注工作是什么体验？ - 某问\n登录/注册\n913,405\n15 条评论\n该内容已被删除\n{answer}\n登录后查看评论\n"
    assert kind_of(page) == "article"
