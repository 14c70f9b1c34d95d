"""What the core asks of the world outside: engines that find names, and language models.

Both are optional and passed as one argument, ``Engines``. What they answer is material to judge: words that do not
stand in the text are dropped. ``mingjian.testing`` holds the suites that an implementation must pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import msgspec

Name: TypeAlias = tuple[int, int, str]
"""Where a name begins and ends, in code points of its text, and its label: one of ``LABELS``."""

LABELS = ("PER", "ORG", "LOC")


@runtime_checkable
class Recognizer(Protocol):
    """An engine that finds the names of people, organisations and places."""

    @property
    def name(self) -> str:
        """The engine and its version, as the ``by`` of its facts shows it: ``lac-small@0.42.1``."""
        ...

    def recognize(self, texts: Sequence[str]) -> Sequence[Sequence[Name]]:
        """For every text its names; the same texts must give the same names."""
        ...


@runtime_checkable
class LanguageModel(Protocol):
    """A model that answers a prompt in words."""

    @property
    def name(self) -> str:
        """The model and its version, as the ``by`` of its facts shows it."""
        ...

    def complete(self, prompt: str) -> str:
        """The answer, which is to be JSON where the prompt asks for JSON."""
        ...


class Engines(msgspec.Struct, frozen=True):
    """Outside help: none of it is needed."""

    recognizer: Recognizer | None = None
    model: LanguageModel | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the engines given, as ``Record.engines`` lists them."""
        return tuple(engine.name for engine in (self.recognizer, self.model) if engine is not None)


NO_ENGINES = Engines()
