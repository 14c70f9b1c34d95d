"""The cues that end at a verb of speaking: they are looked for in the last words before it alone."""

from __future__ import annotations

import re._parser as parser  # type: ignore[import-not-found]

import pytest

from mingjian.core.annotate.quotes.speakers import LONGEST_AT_VERB
from mingjian.core.pipeline.findings import find_all
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.bare_text import article_of

_AHEAD = 24  # characters that a cue looks at behind its match

CUES = find_all(article_of("甲"), bundled_rulebook()).rules["quotes"].cues
AT_VERB = (
    "document", "firm", "folk", "bare-name", "meeting", "office", "plain-name", "platform", "post", "post-name",
    "pronoun",
)  # fmt: skip


@pytest.mark.parametrize("cue", AT_VERB)
def test_no_match_is_longer_than_what_is_searched(cue: str) -> None:
    _, most = parser.parse(CUES[cue].pattern).getwidth()
    assert most + (_AHEAD if cue == "pronoun" else 0) < LONGEST_AT_VERB


@pytest.mark.parametrize("cue", AT_VERB)
def test_a_match_ends_where_the_words_do(cue: str) -> None:
    assert CUES[cue].search("有关负责人他的会议王女士报告总经理，。") is None
