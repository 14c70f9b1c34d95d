"""What was wrong with a request, in Chinese: errors tell it in English sentences that ``words/details.toml`` knows."""

from __future__ import annotations

import re
from functools import cache

from mingjian.errors import AccessError
from mingjian.serve.problems import Problem
from mingjian.serve.web.words import Word, has_word, word, words_of

_PLACE = re.compile(r"\\\{(\w+)\\\}")
_NEAR = re.compile(r"did you mean (.+)\?")


def detail_of(error: Exception, problem: Problem) -> Word:
    """What is told of the error; the Chinese is empty where nobody wrote any for it."""
    english = f"{problem.detail}; {problem.mend}"
    key = f"refused.{error.key}" if isinstance(error, AccessError) else ""
    if isinstance(error, AccessError) and has_word(key):
        return Word(word(key, seconds=error.seconds).zh, english)
    for pattern, chinese in _known():
        if match := pattern.fullmatch(problem.detail):
            return Word(chinese.format(**_unquoted(match)) + _near(problem.mend), english)
    return Word("", english)


def _unquoted(match: re.Match[str]) -> dict[str, str]:
    """What stands at the places, without the marks that English sentences put round what was given."""
    return {name: told.strip("'") for name, told in match.groupdict().items()}


def _near(mend: str) -> str:
    """The names that may have been meant."""
    near = _NEAR.fullmatch(mend)
    return word("problem-near.names", names=near[1]).zh if near else ""


@cache
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences, with a group for each of their places, and the Chinese of each."""
    return tuple((_pattern(told.en), told.zh) for told in words_of("problem-detail"))


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub(r"(?P<\1>.*)", re.escape(english)), re.DOTALL)
