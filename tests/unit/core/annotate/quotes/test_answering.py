from __future__ import annotations

import re
from typing import Any

from mingjian.core.annotate.quotes.answering import Answering
from mingjian.core.model.article import Article, BodyBlock
from mingjian.core.text.sentences import split_sentences


class Counted:
    """A pattern that counts how many characters it was asked to search."""

    def __init__(self, source: str) -> None:
        self._pattern = re.compile(source)
        self.searched = 0

    def search(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        self.searched += (len(text) if end is None else end) - start
        return self._pattern.search(text, start, len(text) if end is None else end)


def article_of(text: str) -> Article:
    body = (BodyBlock(0, len(text), "paragraph"),)
    return Article(text=text, folded=text, body=body, boilerplate=(), sentences=split_sentences(text, body))


def answering(text: str, **cues: Any) -> Answering:
    return Answering(article_of(text), (), cues)


def test_the_page_is_searched_once_however_many_turns_it_has() -> None:
    text = "答:好。" * 500 + "市局负责人回答。" + "答:好。" * 500
    office = Counted("(?P<who>市局负责人)(?=回答)")
    asked = answering(text, answers=office)
    place = text.index("市局")
    found = [asked.office(high) for high in range(0, len(text), 4)]
    assert found[-1] == (place, place + 5)
    assert found[place // 4] is None
    assert office.searched < 10 * len(text)


def test_what_stands_behind_the_turn_tells_nothing_of_it() -> None:
    text = "市局负责人回答。答:好。"
    asked = answering(text, answers=re.compile("(?P<who>市局负责人)(?=回答)"))
    assert [asked.office(high) for high in (0, 5, 6, 7, len(text))] == [None, None, None, (0, 5), (0, 5)]
