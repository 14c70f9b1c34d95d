"""The chain of the log: whatever is done to its lines is seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingjian.core.access.auditing import FIRST, AuditLine, Deed, chain_problems, line_behind, shortened

WORDS = st.text(max_size=12)
DEEDS = st.lists(st.builds(Deed, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=6)


def chain(deeds: list[Deed]) -> list[AuditLine]:
    lines: list[AuditLine] = []
    for number, deed in enumerate(deeds, start=1):
        before = lines[-1].hash if lines else FIRST
        lines.append(line_behind(number, before, number * 10, shortened(deed)))
    return lines


@given(DEEDS)
def test_a_log_as_it_was_written_has_no_problems(deeds: list[Deed]) -> None:
    lines = chain(deeds)
    assert list(chain_problems(lines, (lines[-1].number, lines[-1].hash))) == []
    assert list(chain_problems([], (0, FIRST))) == []


@given(DEEDS, st.data())
def test_any_change_is_seen(deeds: list[Deed], data: st.DataObject) -> None:
    lines = chain(deeds)
    head = (lines[-1].number, lines[-1].hash)
    at = data.draw(st.integers(0, len(lines) - 1))
    line = lines[at]
    other = shortened(data.draw(DEEDS)[0])
    forged = line_behind(line.number, lines[at - 1].hash if at else FIRST, line.at, other)
    without = lines[:at] + lines[at + 1 :]
    assert list(chain_problems(without, head))
    assert list(chain_problems([*lines, line_behind(len(lines) + 1, head[1], 0, other)], head))
    if other != line.deed:
        assert list(
            chain_problems([*lines[:at], AuditLine(line.number, line.at, other, line.hash), *lines[at + 1 :]], head)
        )
        assert list(chain_problems([*lines[:at], forged, *lines[at + 1 :]], head))


def test_words_of_the_parts_do_not_run_together() -> None:
    one = line_behind(1, FIRST, 0, Deed("a", "bc", "", ""))
    other = line_behind(1, FIRST, 0, Deed("ab", "c", "", ""))
    assert one.hash != other.hash


def test_a_deed_is_cut_and_holds_nothing_that_breaks_a_line() -> None:
    deed = shortened(Deed("a\nb", "\x1b[31m", "\ud800", "x" * 5_000, "中文"))
    assert deed.who == "a\N{REPLACEMENT CHARACTER}b"
    assert deed.via == "\N{REPLACEMENT CHARACTER}[31m"
    assert deed.address == "\N{REPLACEMENT CHARACTER}"
    assert len(deed.action) == 2_000
    assert deed.subject == "中文"
