"""The fast engine finds exactly what ``re.finditer`` of each rule finds: a rule means what ``re`` says it means."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjian.core.rulebook import Rulebook, bundled_file, bundled_rulebook, load_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.matching import Scanner, scanner_for

PATTERNS = [
    "(?P<trigger>印发|出台)了?{COMMA}?《",
    "{N}(?:多|余)?(?:万|亿|万亿)?元",
    "{YEAR}年{MONTH}月(?:{DAY}日)?",
    "(?:约|超过?|达到?){N}(?:个|家|%)",
    "(?<![0-9]){N}家(?!里|了)",
    "(?P<subject>{CLAUSE})(?:表示|指出|强调){COLON}",
    "到{YEAR}年{PHRASE}(?:达到|超过)",
    "(?i:ai)大?模型",
    "{HAN_N}(?:个|家)",
    "^近日",
    "公司$",
    "(?:有限)?公司",
    "有限公司?",
    "a{2,3}b",
    "(?:{N}亿元|第{NUM}条)",
    '(?P<mark>[“"])[^”"]{1,12}(?:算力|智能)(?P=mark)',
    "(?P<open>《)?方案(?(open)》|、)",
    "(?:20|30)(?:a|b){0,3}",
    "(?:年|月)底?前",
    "[^，。]{2,12}(?:局|厅|委)(?=[，,。]|$)",
    "(?:ab|a)(?:b|bc)c?",
    r"\bAI\b",
    "(?:第[0-9]{1,3}条、?){2,3}",
    "(?>近日|近日公)司?",
    "(?:[甲乙]{1,2}?局){1,2}+家",
    "[^，。]{1,6}?(?:a|b|公司)(?=[0-9]{0,2}委|局)",
    "(?<=[月年])前(?=出|(?<!年前)印)",
    "(?:甲(?<=甲)|a?(?<=b))公(?=司)司?",
    "(?=.{0,4}近日)[^，]{2,5}",
    "(?:约(?=[0-9])|[甲乙](?=a|b{0,2}c))[^，]{1,3}",
    "(?:^|(?<=[。，]))(?:印发|出台|公司)",
    r"\A[^，]{0,3}近日|公司\Z",
    "(?<![月年甲])[^，。]{1,6}(?:公司|近日)(?![0-9a]|乙|$)",
    "(?![公近]|甲乙)[公近甲乙]{1,4}(?:司|日)",
    "(?m:^(?:近日|公司)$)",
    "a?(?=[公近])[公近]?(?<!近)司?公司",
    r"(?<!\w)公司(?!\w)",
]
FRAGMENTS = [
    *'印发出台了,，《》元亿万多余年月日底前约超达到家里个%.:：a b c甲乙。、\n0123“”"𠮷\ufffd',
    *["2024年", "2025年3月", "AI大模型", "ai模型", "AI", "近日", "公司", "有限", "表示：", "第3条、", "第三条", "方案"],
    *["20", "30ab", "1,000", "局，", "委", "厅", "算力", "智能", "印发", "出台", "达到", "超过"],
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


def _book() -> Rulebook:
    rules = [
        f"[[rule]]\nid = 'law.rule-{number}'\npattern = '''{pattern}'''\nnote = 'n'\n"
        "example = [{ text = 'x', match = 'x' }]\ncounter_example = ['x']\n"
        for number, pattern in enumerate(PATTERNS)
    ]
    return load_rulebook({"pieces.toml": bundled_file("pieces.toml"), "law.toml": "\n".join(rules)})


BOOK = _book()
SCANNER = Scanner(BOOK.rules)


_compiled = cache(re.compile)  # re itself remembers fewer patterns than the book holds


def one_by_one(book: Rulebook, piece: str, base: int = 0) -> list[tuple[object, ...]]:
    found = [(rule, match) for rule in book.rules for match in _compiled(rule.pattern).finditer(piece)]
    found.sort(key=lambda pair: (pair[1].start(), -pair[1].end()))
    return [(rule.id, match.start() + base, match.end() + base, match.groupdict()) for rule, match in found]


def by_scanner(scanner: Scanner, text: str, start: int = 0, end: int | None = None) -> list[tuple[object, ...]]:
    return [
        (match.rule.id, match.start, match.end, {name: match.group(name) for name in match.groups})
        for match in scanner.scan(text, start, end)
    ]


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_the_engine_equals_re_on_generated_text(text: str) -> None:
    assert by_scanner(SCANNER, text) == one_by_one(BOOK, text)


@settings(deadline=None)
@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_a_slice_is_a_text_of_its_own(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    assert by_scanner(SCANNER, text, start, end) == one_by_one(BOOK, text[start:end], start)


@cache
def _bundled_texts() -> list[str]:
    rules = bundled_rulebook().rules
    texts = [example["text"] for rule in rules for example in rule.examples]
    return [fold(text) for text in texts + [text for rule in rules for text in rule.counter_examples]]


@pytest.mark.parametrize("separator", ["", "。", "\n"])
def test_the_engine_equals_re_on_the_examples_of_the_bundled_rules(separator: str) -> None:
    book = bundled_rulebook()
    text = separator.join(_bundled_texts())
    assert by_scanner(scanner_for(book), text) == one_by_one(book, text)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_the_engine_equals_re_on_shuffled_examples_of_the_bundled_rules(data: st.DataObject) -> None:
    book = bundled_rulebook()
    texts = _bundled_texts() or [""]
    chosen = data.draw(st.lists(st.sampled_from(texts), min_size=1, max_size=4))
    cuts = [data.draw(st.integers(0, len(text))) for text in chosen]
    text = "".join(part[:cut] for part, cut in zip(chosen, cuts, strict=True))
    assert by_scanner(scanner_for(book), text) == one_by_one(book, text)
