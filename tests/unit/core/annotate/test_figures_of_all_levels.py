"""Targets and statistics of sentences in the language of every level: State Council to county, groups, listed firms."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.unit.core.annotate.reading import read

from mingjian.core.annotate.figures import Setting, annotate_figures
from mingjian.core.annotate.measured import annotate_measured
from mingjian.core.annotate.quantities import annotate_quantities
from mingjian.core.annotate.tabular import annotate_tables
from mingjian.core.annotate.times import annotate_times
from mingjian.core.model.annotation import Anchor
from mingjian.core.model.article import Article, BodyBlock, Role
from mingjian.core.model.facts import Statistic, Target
from mingjian.core.pipeline.findings import find_all
from mingjian.core.pipeline.naming import find_names
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.scenes import read_scenes
from mingjian.core.text.sentences import split_sentences

ANCHOR = Anchor("2025-11-10", "published")
_LINES = Path(__file__).with_name("figures.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in _LINES if "\t" in line]


def article_with_headings(words: str) -> Article:
    """An article of paragraphs parted by ⏎; those that begin with # are headings."""
    body, kept, start = [], [], 0
    for paragraph in words.split("⏎"):
        text = paragraph.strip().removeprefix("# ")
        role: Role = "heading" if paragraph.strip().startswith("# ") else "paragraph"
        body.append(BodyBlock(start, start + len(text), role))
        kept.append(text)
        start += len(text) + 1
    text = "\n".join(kept)
    return Article(
        text=text, folded=fold(text), body=tuple(body), boilerplate=(), sentences=split_sentences(text, body)
    )


def figures_of(words: str) -> list[Target | Statistic]:
    """All targets and statistics of the words, tables too."""
    article, book = article_with_headings(words), bundled_rulebook()
    found = find_all(article, book)
    rules, names = found.rules, find_names(article, found)
    times = annotate_times(article, book, ANCHOR)
    quantities = annotate_quantities(article, book, times)
    scenes = read_scenes(article, rules["figures"], quantities, times, names, ANCHOR)
    measured = annotate_measured(quantities, scenes, rules["measuring"])
    tabled = annotate_tables(article, rules["figures"], times, None, ANCHOR)
    told = annotate_figures(rules["figures"], measured, scenes, Setting(rows=tabled[2]))
    targets, statistics = (*tabled[0], *told[0]), (*tabled[1], *told[1])
    return [*targets, *statistics]


def _kind(fact: Target | Statistic) -> str:
    return "S" if isinstance(fact, Statistic) else "T" if fact.value is not None else "Q"


def _fits(fact: Target | Statistic, wanted: str) -> bool:
    kind, rest = wanted.split(" ", 1)
    words, _, end = rest.partition("@")
    bound = fact.as_of if isinstance(fact, Statistic) else fact.deadline
    if kind != _kind(fact) or end.strip() not in ("*", (bound and bound.end) or ""):
        return False
    if isinstance(fact, Target) and kind == "Q":
        return words.strip() in (fact.qualitative or "")
    comparator, value = words.split()[:2]
    return fact.comparator == comparator and fact.value == Decimal(value)


@pytest.mark.parametrize("case", CASES, ids=[case[0][:20] for case in CASES])
def test_the_figures_are_these_and_no_others(case: list[str]) -> None:
    left = figures_of(case[0])
    for wanted in filter(None, map(str.strip, case[1].split(";"))):
        fitting = next((fact for fact in left if _fits(fact, wanted.lstrip("?"))), None)
        assert fitting is not None or wanted.startswith("?"), f"missed: {wanted}"
        if fitting is not None:
            left.remove(fitting)
    assert [fact.evidence.text for fact in left] == []


def test_a_lead_gives_its_deadline_to_the_items_and_is_cited() -> None:
    first, second = figures_of("到2026年底，主要目标如下：⏎一是算力规模达到15EFLOPS；⏎二是建成数据集80个。")
    assert isinstance(first, Target)
    assert first.deadline is not None
    assert (first.deadline.text, first.deadline.basis) == ("到2026年底", "shared")
    assert first.parts["deadline"] == second.parts["deadline"] == ((0, 7),)


def test_what_a_change_is_measured_against() -> None:
    facts = figures_of("2024年产值120亿元，同比增长12%；比2020年增长80%，年均增长15.8%，环比下降2%。")
    kinds = [(fact.change.kind, fact.change.base) for fact in facts if fact.change is not None]
    assert kinds == [
        ("year_on_year", None),
        ("since_base", "2020年"),
        ("annual_average", None),
        ("period_on_period", None),
    ]
    assert all("change" in fact.parts for fact in facts if fact.change is not None)


def test_binding_and_expected_are_told_apart() -> None:
    binding, expected = figures_of("到2027年，能耗强度降低13.5%（约束性），数字经济占比达到12%（预期性）。")
    assert isinstance(binding, Target)
    assert isinstance(expected, Target)
    assert (binding.nature, expected.nature) == ("binding", "expected")


def test_a_table_tells_unit_day_and_nature() -> None:
    after, before = figures_of("指标\t2024年\t2027年\t属性⏎算力规模（EFLOPS）\t12\t30\t预期性")
    assert isinstance(before, Statistic)
    assert isinstance(after, Target)
    assert (before.metric, before.unit, after.nature) == ("算力规模", "EFLOPS", "expected")
    assert after.normalized is not None
    assert after.normalized.value == Decimal(30) * 10**18


def test_the_body_that_tells_a_statistic_is_its_source() -> None:
    first, second = figures_of("据岚州省统计局数据，2024年全省企业达860家。其中，上市公司32家。")
    assert isinstance(first, Statistic)
    assert isinstance(second, Statistic)
    assert first.source_body == second.source_body == "岚州省统计局"


def targets_of(*paragraphs: str) -> tuple[Target, ...]:
    """The targets of a page of these paragraphs, with the documents that set them."""
    reading, book = read(*paragraphs, day="2025-11-10"), bundled_rulebook()
    rules = find_all(reading.article, book).rules
    times = annotate_times(reading.article, book, ANCHOR)
    quantities = annotate_quantities(reading.article, book, times)
    scenes = read_scenes(reading.article, rules["figures"], quantities, times, reading.names, ANCHOR)
    measured = annotate_measured(quantities, scenes, rules["measuring"])
    return annotate_figures(rules["figures"], measured, scenes, Setting(reading.policies))[0]


def test_a_target_names_the_document_that_asks_for_it() -> None:
    (target, *_) = targets_of("近日，云河市印发《云河市人工智能行动方案》。方案明确，到2028年，产业规模突破800亿元。")
    assert target.policy == "云河市人工智能行动方案"


def test_the_items_of_a_list_are_of_the_document_that_opens_it() -> None:
    first, second, other = targets_of(
        "近日，云河市印发《云河市人工智能行动方案》。",
        "《方案》明确，目标分两步走：",
        "第一步，到2028年，产业规模突破800亿元。",
        "第二步，到2030年，产业规模突破1500亿元。",
        "业内人士表示，到2030年全国企业将达到9000家。",
    )
    assert (first.policy, second.policy) == ("云河市人工智能行动方案",) * 2
    assert other.policy is None
