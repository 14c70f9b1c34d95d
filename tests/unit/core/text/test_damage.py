"""Damage is found and named, and healthy pages have none."""

from __future__ import annotations

import pytest

from mingjian.core.model.page import Box, Page, Stretch
from mingjian.core.text.mojibake import find_mojibake, suspects
from mingjian.core.text.normal import normalise, on_one_line

CHINESE = "人工智能产业发展，中心城市建设。"


def page_of(text: str, stretches: tuple[Stretch, ...] = (), boxes: tuple[Box, ...] = ()) -> Page:
    return Page(
        doc_id="page", content=text.encode(), media_type="text/plain", encoding="utf-8", text=text,
        stretches=stretches, boxes=boxes,
    )  # fmt: skip


def kinds(text: str) -> dict[str, int]:
    return {damage.kind: damage.count for damage in normalise(page_of(text)).damage}


@pytest.mark.parametrize(
    "garbled",
    [
        CHINESE.encode().decode("latin-1"),
        CHINESE.encode().decode("cp1252", "ignore"),
        CHINESE.encode("gbk").decode("latin-1"),
        "人工智能产业发展".encode().decode("gbk"),
        *("锟斤拷锟斤拷", "烫烫烫", "屯屯屯屯", "â€œ", "Ã©", "ï¿½", "ï»¿"),
    ],
)
def test_mojibake_is_named_with_its_place(garbled: str) -> None:
    (damage,) = [one for one in normalise(page_of(f"第一段。{garbled}。第二段。")).damage if one.kind == "mojibake"]
    assert damage.spans[0][0] == 4
    assert 0 <= 4 + len(garbled) - damage.spans[-1][1] <= 2


@pytest.mark.parametrize(
    "healthy",
    [
        "张骞出使西域，李锟、王玮和骊山脚下的洛宁县；汽车烫烫的。",
        "café à la crème, Übergröße «déjà» ANDRÉ·GIDE, São Paulo, l’été… “naïve”",
        "□ 是  □ 否；http://a.example/?a=1?2；真的吗？？2025年吗??2025年再说",
        "AT&T、R&D；a && b；岚州（州）市；人工智能(ai)",
        "【导读】　　全角空格，①②③，㎡，℃，5％，\u00a0不间断",
    ],
)
def test_healthy_pages_have_no_damage(healthy: str) -> None:
    assert kinds(healthy) == {}
    assert normalise(page_of(healthy)).text == healthy


def test_each_kind_is_counted_and_kinds_are_in_order() -> None:
    text = "联(lián)通(tōng)公(gōng)司&nbsp;人\u200b工，\ue001万，5\ufffd%，锟斤拷"
    damage = normalise(page_of(text)).damage
    assert [one.kind for one in damage] == ["entity", "invisible", "lost", "mojibake", "private", "reading"]
    assert [text[slice(*one.spans[0])] for one in damage[:5]] == ["&nbsp;", "\u200b", "\ufffd", "锟斤拷", "\ue001"]


def test_no_more_places_are_listed_than_people_read() -> None:
    (damage,) = normalise(page_of("中\u200b" * 99)).damage
    assert (damage.count, len(damage.spans)) == (99, 20)


def test_entities_and_spaces_are_the_characters_that_they_name() -> None:
    normal = normalise(page_of("&ldquo;人工&amp;nbsp;智能&#8221;&#x4e2d;R&amp;D&shy;，&foo;&#xe001;3万\ue5e5元"))
    assert normal.text == "“人工 智能”中R&D，&foo;\ue0013万 元"
    assert "3" not in normal.folded


def test_icons_are_no_damage_and_dates_beside_them_are_read() -> None:
    icon = Stretch(0, 1, "html/body/p/i", "iconfont")
    normal = normalise(page_of("\ue6052025-03-01", (icon,)))
    assert (normal.folded, normal.damage) == (" 2025-03-01", ())
    assert normalise(page_of("\ue6052025-03-01", (Stretch(0, 1, "html/body/p/span", "num"),))).folded == "\ufffd" * 11


def test_words_read_from_a_picture_are_named() -> None:
    read = Box(0, 2, 1, 0, 0, 9, 9, confidence=0.8)
    (damage,) = normalise(page_of("岚州", boxes=(read,))).damage
    assert (damage.kind, damage.count, damage.spans) == ("recognised", 1, ((0, 2),))


def test_no_suspects_no_search() -> None:
    assert find_mojibake("文" * 9, frozenset()) == []
    assert not suspects() & set(
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    )


def test_broken_evidence_reads_on_one_line() -> None:
    assert on_one_line("岚州\n市有\u200b 12\n家 AI\ncompanies") == "岚州市有 12家 AI companies"
