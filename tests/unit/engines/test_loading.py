"""Engines by name: none, those of plug-ins, and what is no engine."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
from tests.contract.fake_engines import FixedAnswer, ListedNames

from mingjian.core.ports import Engines
from mingjian.engines import loading
from mingjian.engines.loading import load_engines
from mingjian.errors import EngineError


def listed(said: str) -> ListedNames:
    return ListedNames(**{said: "PER"})


def told(said: str) -> FixedAnswer:
    return FixedAnswer(said)


def nothing(said: str) -> str:
    return said


def plug_in(monkeypatch: pytest.MonkeyPatch, name: str, value: str, group: str = "mingjian.recognizers") -> None:
    point = EntryPoint(name, value, group)
    monkeypatch.setattr(loading, "entry_points", lambda group: [point] if group == point.group else [])


def test_no_name_is_no_engine() -> None:
    assert load_engines(None) == load_engines("") == Engines()
    assert Engines().names == ()


def test_a_plug_in_is_told_what_was_said_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, "mine", f"{__name__}:listed")
    engines = load_engines("mine:周岚")
    assert engines.recognizer is not None
    assert engines.recognizer.recognize(["周岚"]) == [[(0, 2, "PER")]]
    plug_in(monkeypatch, "mine", f"{__name__}:told", "mingjian.models")
    engines = load_engines("mine:a:b")
    assert engines.model is not None
    assert engines.model.complete("?") == "a:b"
    assert engines.names == ("fixed-model@1",)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("no_such_module:x", "broken-plug-in: its package raised ModuleNotFoundError"),
        (f"{__name__}:nothing", "neither"),
    ],
)
def test_what_is_no_engine_is_named(value: str, problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, "mine", value)
    with pytest.raises(EngineError, match=f"^mine: .*{problem}"):
        load_engines("mine")


def test_a_name_that_nothing_has_is_met_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, "mine", f"{__name__}:listed")
    with pytest.raises(EngineError, match="name one of hanlp, lac, ltp, mine, openai, uie"):
        load_engines("lak")
