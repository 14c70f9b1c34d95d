from __future__ import annotations

import pytest

from mingjian.core.rulebook.lexicons import read_lexicon
from mingjian.core.text.contexts import has_needed, is_barred, is_weak
from mingjian.core.text.lexicon_matching import LexiconHit, LexiconScanner

LEXICON = read_lexicon(
    "lexicons/things.tsv",
    "id\tname\taliases\tsource\tweak\tneeds\tnot_before\tnot_after\n"
    "agent\t智能体\t代理\thand\t代理\t模型|算法\t检|代理:商\t多\n",
)
PLAIN = read_lexicon("lexicons/plain.tsv", "id\tname\taliases\tsource\ncar\t汽车\t\thand\n")


def hit_in(text: str) -> LexiconHit:
    return LexiconScanner([LEXICON, PLAIN]).scan(text)[0]


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("智能体检", True),
        ("多智能体", True),
        ("智能体商店", False),
        ("代理商", True),
        ("新智能体", False),
        ("汽车", False),
    ],
)
def test_words_beside_it_bar_a_name(text: str, barred: bool) -> None:
    assert is_barred(text, hit_in(text)) is barred


def test_a_weak_name_is_said_to_be_so() -> None:
    assert is_weak(hit_in("代理"))
    assert not is_weak(hit_in("智能体"))
    assert not is_weak(hit_in("汽车"))


def test_needed_words_must_stand_near() -> None:
    assert has_needed("模型的代理", hit_in("模型的代理"), 5)
    assert has_needed("模型，这里隔得很远，代理", hit_in("模型，这里隔得很远，代理"), 5) is False
    assert has_needed("汽车", hit_in("汽车"), 5) is None
