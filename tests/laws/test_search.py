"""Laws of search: a query never fails, and what is highlighted stands in the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.search.highlights import best_snippets, find_words
from mingjian.core.search.parsing import parse_query
from mingjian.core.search.tokens import Compacted, compact, searchable

BOOK = bundled_rulebook()
_PIECES = [
    "国资委",
    "算力",
    "達",
    "４０",
    "EFLOPS",
    "3,000",
    "亿元",
    "机构:",
    "年:",
    "类型：",
    "“",
    "”",
    '"',
    "「",
    "-",
    "|",
    " ",
    "　",
    "OR",
    "\u200b",
    "\n",
    "𠮷",
    "İ",
    "ß",
    "\0",
    "*",
    "é",
    "2025",
    "..",
    "大模型",
    "GPT-4",
]
_TEXTS = (
    st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=24)
    .map("".join)
    .map(lambda text: text.encode("utf-8", "replace").decode())
)


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_parsing_never_raises_and_says_where(text: str) -> None:
    query = parse_query(text, BOOK)
    assert query == parse_query(text, BOOK)
    for note in query.notes:
        assert text[note.start :].startswith(note.words) or note.kind == "cut"
    for clause in query.clauses:
        assert all(0 <= term.start < len(text) for term in clause.options)


@given(_TEXTS)
@settings(max_examples=150, deadline=None)
def test_folding_keeps_places(text: str) -> None:
    folded = searchable(text)
    assert len(folded) == len(text)
    closed = Compacted(folded)
    assert closed.text == compact(folded)
    places = [closed.place(index) for index in range(len(closed.text))]
    assert [folded[place] for place in places] == list(closed.text)
    assert [closed.before(place) for place in range(len(folded) + 1)] == [
        sum(1 for each in places if each < place) for place in range(len(folded) + 1)
    ]


@given(_TEXTS, _TEXTS)
@settings(max_examples=150, deadline=None)
def test_marks_lie_in_the_text_apart(words: str, text: str) -> None:
    query = parse_query(words, BOOK)
    reached = -1
    for start, end in find_words(query, text):
        assert reached < start < end <= len(text)
        reached = end
    for snippet in best_snippets(query, text, most=3):
        assert 0 <= snippet.start < snippet.end <= len(text)
        assert all(snippet.start <= start < end <= snippet.end for start, end in snippet.marks)


@given(_TEXTS, st.sampled_from(["国资委", "算力", "大模型", "40EFLOPS", "3000亿元"]), _TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_word_that_stands_there_is_marked(before: str, word: str, after: str) -> None:
    text = f"{before}，{word}，{after}"
    marks = find_words(parse_query(f'"{word}"', BOOK), text)
    place = len(before) + 1
    assert any(start <= place and end >= place + len(word) for start, end in marks)
