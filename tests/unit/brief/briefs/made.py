"""A brief made by hand, with words that mean something to every form that it may be written in."""

from __future__ import annotations

from mingjian.core.model.brief import (
    Bars,
    Brief,
    Dot,
    Footnote,
    Item,
    Part,
    Reference,
    Scope,
    Section,
    Sentence,
    Series,
    Timeline,
)
from mingjian.core.model.ledger.cells import Cite

HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>*号*[链](javascript:x)]]>&\x0b｜1. 一'
CITE = Cite("a", 0, len(HOSTILE), HOSTILE)


def made_brief(link: str = "https://www.lanzhou.example/a?b=1&c=(2)") -> Brief:
    sentence = Sentence(
        parts=(
            Part("2026年3月5日", "date", (CITE,), "2026-03-05/2026-03-05"),
            Part("，", "fixed"),
            Part(HOSTILE.replace("\x0b", ""), "words", (CITE,)),
            Part("2", "count", (CITE, Cite("b", 0, 2, "岚州"))),
            Part("。", "fixed"),
        ),
        frame="event",
        thing="t",
    )
    references = (
        Reference(page="a", title=HOSTILE, source="岚州日报", published="2026-03-06", link=link, cites=(CITE,)),
        Reference(page="b", title="乙", source=None, published=None, link="b.txt", cites=(Cite("b", 0, 2, "岚州"),)),
    )
    items = (Item(sentence, Footnote(1, references)), Item(sentence, Footnote(2, references[1:])))
    return Brief(
        title=f"算力{HOSTILE}情况简报",
        lines=("时间：2026年3月1日至2026年3月31日",),
        sections=(Section("events", "重要事件", items, 3),),
        timeline=Timeline(
            "时间线", (Dot("2026-03-05", "2026-03-05", 1, HOSTILE), Dot("2026-03-06", "2026-03-09", 2, "乙"))
        ),
        charts=(Bars("件数", "events", ("2026-03", HOSTILE), (Series("甲", (1, 0)), Series("乙", (12, 3)))),),
        remark="说明。",
        scope=Scope(day="2026-03-31", since="2026-03-01", until="2026-03-31"),
    )
