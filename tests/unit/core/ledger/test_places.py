"""Places by the names that people type."""

from __future__ import annotations

import pytest

from mingjian.core.ledger import places
from mingjian.core.ledger.places import code_of_place, only_code
from mingjian.errors import QuestionError


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("广东", "440000"), ("广东省", "440000"), ("廣東", "440000"), ("深圳", "440300"), ("440300", "440300"),
        ("长春市朝阳区", "220104"), ("北京朝阳区", "110105"), ("吉林 朝阳区", "220104"),
        ("全国", "156"), ("中国", "156"), ("中國", "156"), ("我国", "156"), ("156", "156"),
    ],
)  # fmt: skip
def test_a_place_goes_by_name_code_and_the_place_before_it(words: str, code: str) -> None:
    assert code_of_place(words) == code


def test_a_name_of_several_places_is_refused_with_all_of_them() -> None:
    with pytest.raises(QuestionError, match=r"110105 \(北京市朝阳区\); 220104 \(吉林省长春市朝阳区\)"):
        code_of_place("朝阳区")


@pytest.mark.parametrize("words", ["岚州", "", "999999", "上海市朝阳区", "国务院"])
def test_what_is_no_place_is_refused(words: str) -> None:
    with pytest.raises(QuestionError):
        code_of_place(words)


@pytest.mark.parametrize(("words", "code"), [("广东", "440000"), ("岚州", None), ("朝阳区", None), ("", None)])
def test_whether_words_are_a_place_is_told_without_looking_for_alike_names(
    words: str, code: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def alike(*_: object, **__: object) -> list[str]:
        raise AssertionError("names were compared")

    monkeypatch.setattr(places, "get_close_matches", alike)
    assert only_code(words) == code
