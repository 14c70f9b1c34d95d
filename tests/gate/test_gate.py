"""The gate itself can fail: a lowered score and another gold are both caught."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tests.gate import expressions_gate, gate, pages_gate
from tests.gate.floors import hash_of

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
    gate.FLOORS.write_text(json.dumps({"gold": hash_of(gold), "floors": {"title": 0.9}}))
    assert gate.main([str(gold)]) == 1
    assert gate.main([str(gold), "--update"]) == 1
    assert json.loads(gate.FLOORS.read_text())["floors"] == {"title": 0.9}
    assert gate.main([str(gold), "--update", "--allow-lower"]) == 0


def test_another_gold_fails(gold: Path) -> None:
    assert gate.main([str(gold), "--update"]) == 0
    (gold / "pages" / "001.txt").write_text("又一页。", encoding="utf-8")
    assert gate.main([str(gold)]) == 1


PAGES_SCORER = """
def page(gold, pred, lang, neutral):
    return (1, 0, 0) if gold == pred else (0, 1, 1)
def prf(tp, fp, fn):
    return (float(tp),) * 3
def score(gold, pred):
    bodies = {row["id"]: row["body"] for row in pred}
    return {"F1mean": sum(bodies.get(row["id"]) == row["body"] for row in gold) / max(1, len(gold)), "date_wrong": 0.25}
"""


def test_the_gate_of_pages_scores_every_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = "岚州市工业和信息化局昨日发布消息，全市新建三座算力中心。", "项目总投资十二亿元，明年六月建成投用。"
    body = f"{first}\n{second}"
    (tmp_path / "pages").mkdir()
    (tmp_path / "flat").mkdir()
    (tmp_path / "score.py").write_text(PAGES_SCORER)
    markup = "<h1>岚州新建三座算力中心</h1>" + "".join(f"<p>{line}</p>" for line in body.split("\n"))
    (tmp_path / "pages" / "a.html.gz").write_bytes(gzip.compress(markup.encode()))
    (tmp_path / "flat" / "a.txt.gz").write_bytes(gzip.compress(f"岚州新建三座算力中心\n{body}".encode()))
    truth = {"id": "a", "lang": "zh", "genre": "news", "split": "dev", "page": "pages/a.html.gz", "body": body}
    (tmp_path / "gold.jsonl").write_text(json.dumps(truth) + "\n")
    monkeypatch.setattr(pages_gate, "FLOORS", tmp_path.parent / "pages_floors.json")
    scores = pages_gate.measure(tmp_path)
    assert scores["html zh news F1mean"] == scores["flat zh news F1mean"] == 1.0
    assert scores["html zh news not date_wrong"] == 0.75
    assert "one-line zh news F1mean" in scores
    assert pages_gate.main([str(tmp_path), "--update"]) == 0


EXPRESSIONS_SCORER = """
import argparse, json
parser = argparse.ArgumentParser()
for name in ("gold", "pred", "family", "by"):
    parser.add_argument("--" + name)
options = parser.parse_args()
gold, found = ([json.loads(line) for line in open(path, encoding="utf-8")] for path in (options.gold, options.pred))
right = sum(len(one["predicted"]) == len(row["expected"]) for row, one in zip(gold, found))
print("news/News", json.dumps({"e2eF1": right / max(1, len(gold)), "metric_acc": None}))
"""


def test_the_gate_of_expressions_scores_every_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "news-1-1", "source": "news", "model": "News", "reference_datetime": "2025-03-05"}
    told = [
        {**row, "text": "去年产值3亿元", "expected": [0, 1]},
        {**row, "id": "news-2-1", "text": "如此", "expected": [0]},
    ]
    for name in ("peers_dev", "sentences"):
        lines = "".join(json.dumps(one | {"half": "dev"}) + "\n" for one in told)
        (tmp_path / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "score.py").write_text(EXPRESSIONS_SCORER)
    monkeypatch.setattr(expressions_gate, "FLOORS", tmp_path.parent / "expressions_floors.json")
    monkeypatch.setattr(expressions_gate, "SENTENCES", tmp_path)
    monkeypatch.setattr(expressions_gate, "_SETS", (("sentences", "dev"),))
    assert expressions_gate.main([str(tmp_path), "--update"]) == 0
    assert json.loads(expressions_gate.FLOORS.read_text())["floors"] == {
        f"{name}news/News {family} e2eF1": 0.5 for name in ("", "sentences dev ") for family in ("time", "quantity")
    }
    expressions_gate.FLOORS.write_text(json.dumps({"gold": hash_of(tmp_path), "floors": {"news/News time e2eF1": 0.9}}))
    assert expressions_gate.main([str(tmp_path)]) == 1
