"""What was wrong with a request, in Chinese: errors tell it in English sentences that ``words/details.toml`` knows."""

from __future__ import annotations

import re
from functools import cache

from mingjian.brief.wording import field_label
from mingjian.errors import AccessError, ReviewError
from mingjian.serve.problems import Problem
from mingjian.serve.web.words import Word, has_word, word, words_of

_PLACE = re.compile(r"\\\{(\w+)\\\}")
_NEAR = re.compile(r"did you mean (.+)\?")


def detail_of(error: Exception, problem: Problem) -> Word:
    """What is told of the error; the Chinese is empty where nobody wrote any for it."""
    english = f"{problem.detail}; {problem.mend}"
    return Word(_by_key(error) or _by_sentence(problem) or _by_kind(error), english)


def _by_key(error: Exception) -> str:
    if isinstance(error, AccessError) and has_word(f"refused.{error.key}"):
        return word(f"refused.{error.key}", seconds=error.seconds).zh
    if isinstance(error, ReviewError) and has_word(f"unkept.{error.key}"):
        return word(f"unkept.{error.key}", part=part_label(error.place)).zh
    return ""


def _by_sentence(problem: Problem) -> str:
    for pattern, chinese in _known():
        if match := pattern.fullmatch(problem.detail):
            return chinese.format(**_unquoted(match)) + _near(problem.mend)
    return ""


def _by_kind(error: Exception) -> str:
    """What is told of all errors of a kind, whose sentences are for those who look after the workspace."""
    keys = (f"problem-kind.{kind.__name__}" for kind in type(error).__mro__)
    return next((word(key).zh for key in keys if has_word(key)), "")


def part_label(part: str) -> str:
    """What a part of a fact is called where it is reviewed."""
    return word("review.evidence").zh if part == "evidence" else field_label(part)


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
