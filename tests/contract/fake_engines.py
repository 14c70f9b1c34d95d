"""Stand-ins for engines: they find what they were told to find."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingjian.core.ports import Name


class ListedNames:
    """A recogniser that finds these words, wherever they stand."""

    name = "listed@1"

    def __init__(self, **labels: str) -> None:
        self._labels = labels
        self._pattern = re.compile("|".join(sorted(map(re.escape, labels), key=len, reverse=True)) or r"(?!)")

    def recognize(self, texts: Sequence[str]) -> list[list[Name]]:
        return [[(*match.span(), self._labels[match[0]]) for match in self._pattern.finditer(text)] for text in texts]


class FixedNames:
    """A recogniser that answers the same to every text, whether it stands there or not."""

    name = "fixed@1"

    def __init__(self, *names: Name) -> None:
        self._names = names

    def recognize(self, texts: Sequence[str]) -> list[list[Name]]:
        return [list(self._names) for _ in texts]


class FixedAnswer:
    """A language model that always answers the same."""

    name = "fixed-model@1"

    def __init__(self, answer: str) -> None:
        self._answer = answer
        self.prompts: list[str] = []

    def complete(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self._answer
