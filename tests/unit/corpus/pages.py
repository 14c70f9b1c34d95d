"""Small pages of one story for tests of workspaces."""

from __future__ import annotations

from functools import lru_cache

from mingjian.core.model.page import Page
from mingjian.read.json_lines import READER
from mingjian.read.limits import Limits
from mingjian.read.origin import Origin
from mingjian.read.plain import text_page
from mingjian.read.port import Reading

STORY = (
    "澜山市发布算力券实施细则",
    "来源：{source}  2026-03-12 {time}",
    "澜山市工业和信息化局3月12日印发算力券实施细则，每家企业每年最高可申领150万元，按实际支出的35%兑付，首批名额为420家。",
    "细则规定，申领企业须在本市登记满一年，近三年没有严重失信记录，所购算力须来自列入名录的十二家服务商。",
    "市工业和信息化局将在4月底以前开通网上申领，5月起按季度兑付，全年预计安排资金6300万元，超过部分顺延到下一年度。",
    "澜山智算中心一期已经投用，二期计划在2026年9月投用，届时全市智能算力规模将达到4200P，可以满足本地企业八成以上的需求。",
)
OTHER = (
    "栖云县春耕备耕有序推进",
    "来源：栖云融媒  2026-03-14 09:00",
    "眼下正是春耕备耕的时节，栖云县望溪镇的田间一派忙碌景象，农机手正在抢抓晴好天气翻耕土地，全镇已经备足优质稻种86吨。",
    "县农业农村局介绍，今年全县计划种植水稻21万亩，已经检修各类农机具3400台，组织农技人员下乡指导，落实化肥9800吨。",
)


def text_of(lines: tuple[str, ...], source: str = "澜山日报", time: str = "09:00") -> str:
    return "\n".join(lines).format(source=source, time=time)


def page_of(name: str, text: str) -> Page:
    return text_page(name, text.encode())


def web_page(url: str, text: str, retrieved_at: str | None = None) -> Page:
    """A page as a crawl in JSON lines gives it."""
    import io

    import msgspec

    line = msgspec.json.encode({"id": url, "url": url, "text": text, "retrieved_at": retrieved_at})
    reading = Reading(Limits(), lambda _content, _origin: iter(()))
    (page,) = READER.read(io.BytesIO(line), Origin("crawl.jsonl", "crawl.jsonl"), reading)
    assert isinstance(page, Page)
    return page


@lru_cache(maxsize=1)
def story_pages() -> tuple[Page, ...]:
    """The story, two copies of it (one cut), a copy with other numbers, and another story."""
    later = text_of(STORY, "岚讯网", "10:30").replace("澜山市发布算力券实施细则", "算力券来了")
    cut = text_of(STORY[:5], "岚讯网", "13:00").replace("澜山市发布算力券实施细则", "每家最高150万元")
    last_year = (
        text_of(STORY, "澜山日报", "08:00")
        .replace("2026", "2025")
        .replace("150", "100")
        .replace("35%", "30%")
        .replace("420", "260")
        .replace("6300", "2600")
        .replace("4200P", "2800P")
        .replace("十二", "七")
    )
    texts = (text_of(STORY), later, cut, last_year, text_of(OTHER))
    return tuple(page_of(f"{number}.txt", text) for number, text in enumerate(texts, start=1))
