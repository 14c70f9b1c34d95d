"""Whatever a page says, it stays within its quotation."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from mingjian.serve.mcp.quoting import count_unseen, fenced, quoted, seen

_SIGNS = st.characters(exclude_categories=["Cs"]) | st.sampled_from('"\\\n\r\x1b\u202e\u200b\u2028\U000e0041![]()<`>')
WORDS = st.text(_SIGNS, max_size=60)
_FENCE = re.compile(r"<<<UNTRUSTED QUOTATION ([0-9a-f]{24})")


@given(WORDS)
def test_quoted_words_are_one_visible_line_of_json_that_says_the_same(words: str) -> None:
    shown = quoted(words)
    assert json.loads(shown) == words
    assert shown.replace("\u3000", "").isprintable()
    assert count_unseen(shown) == 0
    assert not re.search(r"!\[|\]\(|<|`", shown)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_no_line_within_ends_the_fence(lines: list[str]) -> None:
    text = fenced([quoted(line) for line in lines])
    first, *within, last = text.split("\n")
    begun = _FENCE.fullmatch(first)
    assert begun is not None
    assert last == f"END OF UNTRUSTED QUOTATION {begun[1]}>>>"
    assert len(within) == len(lines)
    assert begun[1] not in "\n".join(within)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_a_page_that_knows_the_fence_of_an_answer_does_not_know_the_next(lines: list[str]) -> None:
    stolen = fenced(lines)
    again = fenced([*lines, stolen])
    outer = again.split("\n")[0].split()[-1]
    assert outer not in stolen
    assert again.endswith(f"\nEND OF UNTRUSTED QUOTATION {outer}>>>")


@given(WORDS)
def test_seen_words_hold_nothing_unseen(words: str) -> None:
    assert count_unseen(seen(words)) == 0
