"""The gate itself can fail: a lowered score and another gold are both caught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.gate import gate

SCORER = """
import json, sys, pathlib
n = len(list(pathlib.Path(sys.argv[1]).glob("*.json")))
print("=== all documents")
print(f"title                            tp      {n} pred      {n} gold      {n}  P 1.000 R 1.000 F1 0.{n}00")
"""


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "gold"
    (folder / "seeds").mkdir(parents=True)
    (folder / "pages").mkdir()
    (folder / "score.py").write_text(SCORER)
    for name in ("000_a", "001_b"):
        (folder / "seeds" / f"{name}.txt").write_text("岚州市印发《岚州市人工智能行动计划》。", encoding="utf-8")
    monkeypatch.setattr(gate, "FLOORS", tmp_path / "floors.json")
    return folder


def test_floors_are_pinned_and_held(gold: Path) -> None:
    assert gate.main([str(gold), "--update"]) == 0
    assert json.loads(gate.FLOORS.read_text())["floors"] == {"title": 0.2}
    assert gate.main([str(gold)]) == 0


def test_a_lower_score_fails_and_is_not_pinned_unasked(gold: Path) -> None:
    gate.FLOORS.write_text(json.dumps({"gold": gate.hash_of(gold), "floors": {"title": 0.9}}))
    assert gate.main([str(gold)]) == 1
    assert gate.main([str(gold), "--update"]) == 1
    assert json.loads(gate.FLOORS.read_text())["floors"] == {"title": 0.9}
    assert gate.main([str(gold), "--update", "--allow-lower"]) == 0


def test_another_gold_fails(gold: Path) -> None:
    assert gate.main([str(gold), "--update"]) == 0
    (gold / "pages" / "001.txt").write_text("又一页。", encoding="utf-8")
    assert gate.main([str(gold)]) == 1
