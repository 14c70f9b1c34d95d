"""Lines for a terminal: whole words, no closing mark at the beginning, never too wide, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from mingjian.brief.wrapping import wrap

TEXT = "到2027年，全市“人工智能+制造”应用普及率不低于60%，算力超过1,200PFLOPS。"


def test_words_stay_whole_and_marks_follow_their_words() -> None:
    lines = wrap(TEXT, 16)
    assert "".join(lines) == TEXT
    assert all(cell_len(line) <= 16 for line in lines)
    assert not any(line[0] in "，。”" for line in lines)
    assert any("1,200PFLOPS" in line for line in lines)


@given(st.text(alphabet="岚州算力，。“”（）A1 .%\n", max_size=80), st.integers(2, 40))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)
