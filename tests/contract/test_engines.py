"""The suites that engines must pass: sound ones are met with silence, each way of being wrong is named."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.contract.fake_engines import FixedAnswer, FixedNames, ListedNames

from mingjian.core.ports import Name
from mingjian.testing import check_language_model, check_recognizer


def test_sound_engines_are_met_with_silence() -> None:
    check_recognizer(ListedNames(周岚="PER", 岚州="LOC"))
    check_language_model(FixedAnswer("{}"))


@pytest.mark.parametrize(
    ("name", "problem"),
    [((0, 1, "PER"), "outside"), ((3, 2, "PER"), "outside"), ((0, 900, "PER"), "outside"), ((0.0, 1, "PER"), "int")],
)
def test_names_that_do_not_stand_in_the_text_are_named(name: Name, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        check_recognizer(FixedNames(name))


class _Odd(ListedNames):
    """Wrong in one way each."""

    def __init__(self, name: str = "odd@1", more: Sequence[Name] = (), each: bool = True, change: bool = False) -> None:
        super().__init__(岚州="LOC")
        self.name = name
        self._more, self._each, self._change = more, each, change
        self._times = 0

    def recognize(self, texts: Sequence[str]) -> list[list[Name]]:
        self._times += 1
        found = [
            names + list(self._more) if text else []
            for text, names in zip(texts, super().recognize(texts), strict=True)
        ]
        if self._change and self._times > 1:
            return [[] for _ in texts]
        return found if self._each else found[1:]


@pytest.mark.parametrize(
    ("engine", "problem"),
    [
        (_Odd(name="two words"), "holds blanks"),
        (_Odd(name=""), "empty"),
        (_Odd(more=[(0, 1, "DATE")]), "label 'DATE'"),
        (_Odd(each=False), "answers 5 texts of 6"),
        (_Odd(change=True), "second time"),
    ],
)
def test_each_way_of_being_wrong_is_named(engine: _Odd, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        check_recognizer(engine)
