"""Every ``by`` of a record can be looked up: it names a rule, a lexicon or a method of ``rules/methods.toml``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.laws.pages import page_of

from mingjian.core.model.page import Page
from mingjian.core.model.wire import encode_record
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook
from mingjian.read import read_paths

ROOT = Path(__file__).parents[2]
METHODS = bundled_rulebook().tables["methods"]["method"]
PAGES = [page for page in read_paths([str(ROOT / "examples" / "pages")]) if isinstance(page, Page)]
PROSE = "岚州市市长周岚表示，到2027年全市算力规模达到30EFLOPS，同比增长12%，企业数量翻番，形成全国领先的产业集群。"
ODD = {
    "record": f"标题: 岚州市加快建设智算中心\n链接: https://a.example/1\n总结: {PROSE}\n关键词: 算力\n行业: 制造业",
    "account": f"晓梦\n{PROSE}\n{PROSE}",
    "line of date": f"岚州市加快建设智算中心_云岭网\n云岭日报\n2025-03-01 10:00\n云岭晨报\n{PROSE}\n{PROSE}",
    "name after time": f"岚州市加快建设智算中心\n2025-03-01 10:00 云岭晨报\n{PROSE}",
    "name before time": f"岚州市加快建设智算中心\n云岭网 2025-03-01 10:00\n{PROSE}",
    "one line": f"岚州市加快建设智算中心　来源：云岭晨报　时间：2025-03-01 10:00　　{PROSE}　　{PROSE}",
    "nothing": "。",
}


def known() -> set[str]:
    book = bundled_rulebook()
    lexicons = {f"lexicon.{name}" for name in book.lexicons}
    return {rule.id for rule in book.rules} | lexicons | {method["id"] for method in METHODS}


def sources_of(value: object) -> Iterator[str]:
    """Every ``by`` inside a decoded record."""
    if isinstance(value, dict):
        if isinstance(value.get("by"), str):
            yield value["by"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from sources_of(item)


@pytest.mark.parametrize("page", [*PAGES, *map(page_of, ODD.values())], ids=lambda page: page.doc_id)
def test_every_by_can_be_looked_up(page: Page) -> None:
    given = set(sources_of(json.loads(encode_record(extract(page)))))
    assert given <= known()


def test_methods_are_well_formed() -> None:
    ids = [method["id"] for method in METHODS]
    assert len(ids) == len(set(ids))
    assert not set(ids) & {rule.id for rule in bundled_rulebook().rules}
    assert all(set(method) == {"id", "note"} and method["note"].endswith(".") for method in METHODS)


@pytest.mark.parametrize("method", [method["id"] for method in METHODS])
def test_every_method_is_used(method: str) -> None:
    sources = (ROOT / "src" / "mingjian" / "core").rglob("*.py")
    assert any(f'"{method}"' in path.read_text(encoding="utf-8") for path in sources)
