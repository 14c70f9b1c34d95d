"""HanLP, LTP and UIE behind the port, with stand-ins for packages that need weights from a network."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from mingjian.core.ports import Recognizer
from mingjian.engines import hanlp, ltp, uie
from mingjian.engines.loading import load_engines
from mingjian.errors import EngineError
from mingjian.testing import TEXTS, check_recognizer

SENTENCE = "周岚在岚州会见青禾公司。"
NAMES = [(0, 2, "PER"), (3, 5, "LOC"), (7, 11, "ORG")]


class Hanlp:
    """Words of one character but for the names it knows."""

    def __call__(self, texts: Sequence[str], tasks: Sequence[str]) -> dict[str, Any]:
        assert all(text.strip() for text in texts)
        words = [
            ["周岚", "在", "岚州", "会见", "青禾", "公司", "。"] if text == SENTENCE else list(text) for text in texts
        ]
        found = [
            ("周岚", "PERSON", 0, 1),
            ("岚州", "LOCATION", 2, 3),
            ("青禾公司", "ORGANIZATION", 4, 6),
            ("会", "DATE", 3, 4),
        ]
        return {"tok/fine": words, "ner/msra": [found if text == SENTENCE else [] for text in texts]}


class Ltp:
    """Names as pairs of label and words, one of them made up."""

    def pipeline(self, texts: Sequence[str], tasks: Sequence[str]) -> SimpleNamespace:
        assert all(text.strip() for text in texts)
        found = [("Nh", "周岚"), ("Ns", "岚州"), ("Ni", "青山公司"), ("Ni", "青禾公司")]
        return SimpleNamespace(ner=[found if text == SENTENCE else [] for text in texts])


def ask_uie(texts: list[str]) -> list[dict[str, Any]]:
    assert all(text.strip() for text in texts)
    found = {
        "人名": [{"text": "周岚", "start": 0, "end": 2, "probability": 0.9}],
        "机构名": [{"text": "青禾公司", "start": 7, "end": 11, "probability": 0.9}, {"text": "生成的"}],
        "地名": [{"text": "岚州", "start": 3, "end": 5, "probability": 0.9}],
    }
    return [found if text == SENTENCE else {} for text in texts]


ENGINES: list[Callable[[], Recognizer]] = [
    lambda: hanlp.HanlpRecognizer(Hanlp(), "hanlp@0:fake"),
    lambda: ltp.LtpRecognizer(Ltp(), "ltp@0:fake"),
    lambda: uie.UieRecognizer(ask_uie, "uie@0:fake"),
]


@pytest.mark.parametrize("make", ENGINES)
def test_an_adapter_passes_the_suite_and_gives_its_names(make: Callable[[], Recognizer]) -> None:
    engine = make()
    check_recognizer(engine)
    assert [list(names) for names in engine.recognize([" ", SENTENCE, ""])] == [[], NAMES, []]
    assert len(list(engine.recognize(TEXTS[1:3]))) == 2


def test_words_of_hanlp_that_do_not_stand_in_the_text_end_the_search() -> None:
    def odd(texts: Sequence[str], tasks: Sequence[str]) -> dict[str, Any]:
        return {"tok/fine": [["周岚", "住", "岚州"]], "ner/msra": [[("周岚", "NR", 0, 1), ("岚州", "NS", 2, 3)]]}

    assert hanlp.HanlpRecognizer(odd, "hanlp@0:fake").recognize([SENTENCE]) == [[(0, 2, "PER")]]


def module(**members: Any) -> ModuleType:
    made = ModuleType("made")
    vars(made).update(members)
    return made


@pytest.mark.parametrize(
    ("engine", "modules", "name"),
    [
        ("hanlp", {"hanlp": {"load": lambda model: Hanlp()}, "hanlp.pretrained.mtl": {}}, f"hanlp@1.0:{hanlp.MODEL}"),
        ("ltp", {"ltp": {"LTP": lambda model: Ltp()}}, "ltp@1.0:LTP/small"),
        ("uie:uie-mini", {"paddlenlp": {"Taskflow": lambda *_, **__: ask_uie}}, "uie@1.0:uie-mini"),
    ],
)
def test_an_adapter_is_loaded_by_name(
    engine: str, modules: dict[str, dict[str, Any]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, members in modules.items():
        monkeypatch.setitem(sys.modules, path, module(**members))
    adapter = importlib.import_module(f"mingjian.engines.{engine.partition(':')[0]}")
    monkeypatch.setattr(adapter, "version", lambda package: "1.0")
    loaded = load_engines(engine).recognizer
    assert loaded is not None
    assert loaded.name == name
    assert loaded.recognize([SENTENCE]) == [NAMES]


@pytest.mark.parametrize(("engine", "package"), [("hanlp", "hanlp"), ("ltp", "ltp"), ("uie", "paddlenlp")])
def test_without_its_package_an_adapter_says_what_to_install(
    engine: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EngineError, match=f"is not installed .*pip install {package}"):
        load_engines(engine)
