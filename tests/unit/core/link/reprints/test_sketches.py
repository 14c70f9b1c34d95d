from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS, body, sketch

from mingjian.core.link.reprints.bodies import body_text
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.link.reprints.sketches import Sketch, sketch_bodies, sketch_scheme


def share(one: Sketch, two: Sketch) -> float:
    return np.intersect1d(one.fingerprints, two.fingerprints).size / one.size


def slots_of(text: str) -> list[int]:
    return list(sketch("a", (text,)).slots[1])


def test_a_sketch_does_not_depend_on_its_batch() -> None:
    bodies = [body("a"), body("b", OTHER), body("empty", ()), body("c", PARAGRAPHS[:2])]
    assert sketch_bodies(bodies) == [sketch_bodies([one])[0] for one in bodies]
    assert sketch_bodies([]) == []


def test_an_empty_body_has_an_empty_sketch() -> None:
    empty = sketch("empty", ())
    assert (empty.length, empty.size, empty.keys) == (0, 0, b"")


def test_a_part_has_the_fingerprints_of_the_whole() -> None:
    assert share(sketch("part", PARAGRAPHS[1:3]), sketch("whole")) == 1.0
    assert share(sketch("other", OTHER), sketch("whole")) == 0.0


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("数据", "數據").replace("发", "發").replace("实", "實"),
        lambda text: text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        lambda text: "\n".join(text[start : start + 18] for start in range(0, len(text), 18)),
        lambda text: text.replace("，", ", ").replace("。", " . ").replace("；", ";"),
    ],
)
def test_script_width_and_wrapping_change_nothing(change: Callable[[str], str]) -> None:
    whole, changed = sketch("a"), sketch("a", tuple(map(change, PARAGRAPHS)))
    assert changed.hashes == whole.hashes
    assert changed.keys == whole.keys
    assert changed.values == whole.values


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("全年共有1,200家企业参加展会", "全年共有1200家企业参加展会"),
        ("定于二〇二五年举行的大会", "定于2025年举行的大会"),
        ("第十五届大会在甲市开幕了", "第15届大会在甲市开幕了"),
        ("第二十届大会在甲市开幕了", "第20届大会在甲市开幕了"),
        ("第二十五届大会在甲市开幕", "第25届大会在甲市开幕"),
        ("第三批名单今天由甲市公布", "第3批名单今天由甲市公布"),
        ("截至08月05日的统计数据", "截至8月5日的统计数据"),
        ("第十届大会在甲市开幕了的", "第10届大会在甲市开幕了的"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(one: str, two: str) -> None:
    assert slots_of(one) == slots_of(two) != []


@pytest.mark.parametrize("text", ["统一部署一切工作", "没有数的句子说的是别的", "两个企业三位专家"])
def test_han_figures_of_plain_words_are_no_slots(text: str) -> None:
    assert slots_of(text) == []


def test_a_slot_is_known_by_the_words_around_it() -> None:
    one, two = sketch("a", ("全市共有412家企业申领，其中31家",)), sketch("b", ("全市共有377家企业申领，其中8家",))
    assert one.keys == two.keys
    assert one.values != two.values


def test_body_text_sets_spans_apart() -> None:
    assert body_text("甲 乙\n丙丁", [(0, 3), (4, 6)]) == "甲乙\x1d丙丁"


def test_a_sketch_is_small_and_comes_back_from_its_bytes() -> None:
    whole = sketch("a")
    packed = msgspec.msgpack.encode(whole)
    assert len(packed) < 900
    assert msgspec.msgpack.decode(packed, type=Sketch) == whole


def test_the_scheme_follows_what_sketches_are_made_by_and_nothing_else() -> None:
    found = reprint_settings()
    other = msgspec.structs.replace(found, slots=msgspec.structs.replace(found.slots, context=5))
    same = msgspec.structs.replace(found, join=msgspec.structs.replace(found.join, most_pages=5))
    assert sketch_scheme() == sketch_scheme(same) != sketch_scheme(other)
