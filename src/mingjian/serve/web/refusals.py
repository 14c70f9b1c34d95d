"""What access refused, in the words of the pages."""

from __future__ import annotations

from mingjian.errors import AccessError
from mingjian.serve.problems import problem_of
from mingjian.serve.web.details import detail_of
from mingjian.serve.web.parts import Message
from mingjian.serve.web.words import has_word, word

_DONE = "done"


def refusal(error: AccessError) -> Message:
    """What went wrong, as a message."""
    key = f"refused.{error.key}"
    if not has_word(key):
        told = detail_of(error, problem_of(error))
        return Message(told.zh, "bad", told.en)
    told = word(key, seconds=error.seconds)
    return Message(told.zh, "bad", told.en)


def was_done(key: str) -> tuple[Message, ...]:
    """What was done, by the word for it in an address; nothing for one that there is not."""
    known = f"{_DONE}.{key}"
    return (Message(word(known).zh, "good"),) if key and has_word(known) else ()
