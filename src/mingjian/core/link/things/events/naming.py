"""Names of what events are about, as they are compared: marks, script, width and case do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from mingjian.core.link.things.settings import thing_cues, thing_settings
from mingjian.core.text.folding import fold
from mingjian.core.text.numerals import parse_digits

_INSIDE = "+."
_TITLE = re.compile("《([^《》\n]{2,120})》")


def normal_name(words: str) -> str:
    """The words in one script, one width and one case, without marks and without what stands aside in brackets.

    >>> normal_name("《云州市“算力券”管理办法（试行）》"), normal_name("雲州大模型 V2.1")
    ('云州市算力券管理办法', '云州大模型v2.1')
    """
    folded = unicodedata.normalize("NFKC", thing_cues()["aside"].sub("", fold(words)))
    return "".join(sign for sign in folded if sign.isalnum() or sign in _INSIDE).strip(".").lower()


def document_name(words: str) -> str:
    """The title of a document as it is compared.

    >>> document_name("关于支持“算力券”的若干措施")
    '支持算力券若干措施'
    """
    return thing_cues()["filler"].sub("", normal_name(thing_cues()["about"].sub("", fold(words))))


def programme_name(words: str) -> str:
    """The name of a programme without the words that say whose it is or what is done with it.

    >>> programme_name("央企“AI+”专项行动"), programme_name("深入實施中央企業“AI＋”專項行動")
    ('ai+专项行动', 'ai+专项行动')
    """
    name = normal_name(words)
    for cue in ("owner", "trailing-owner"):
        short = thing_cues()[cue].sub("", name)
        name = short if len(short) >= thing_settings().events.telling else name
    return name


def titles_in(words: str) -> tuple[str, ...]:
    """The titles that stand in the words."""
    return tuple(dict.fromkeys(_TITLE.findall(words)))


def editions_of(words: str) -> tuple[str, ...]:
    """Which of a row the words mean: unit and number.

    >>> editions_of("2024年第十八次专题学习"), editions_of("首批清单")
    (('年2024', '次18'), ('批1',))
    """
    return tuple(sorted(set(_editions(fold(words)))))


def _editions(folded: str) -> Iterator[str]:
    for found in thing_cues()["edition"].finditer(folded):
        ordinal, year, quarter, version = found["ordinal"], found["year"], found["quarter"], found["version"]
        if ordinal:
            yield f"{found['unit']}{parse_digits(ordinal)}"
        elif year:
            yield f"年{year}"
        elif version:
            yield f"v{version.lower().lstrip('vr')}"
        elif quarter:
            yield f"季{parse_digits(quarter)}"
        else:
            yield f"{found['first_unit']}1"


def differ(ones: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """The editions that cannot both hold: of one unit, each side has numbers, and none in common.

    >>> differ(("批1", "年2024"), ("批2",)), differ(("年2023", "年2024"), ("年2024",)), differ(("届3",), ())
    (('批1', '批2'), (), ())
    """
    if not ones or not others:
        return ()
    for unit in dict.fromkeys(one[0] for one in ones):
        here = [one for one in ones if one[0] == unit]
        there = [other for other in others if other[0] == unit]
        if there and not set(here) & set(there):
            return (here[0], there[0])
    return ()


def figures_of(words: str) -> tuple[str, ...]:
    """The numbers with what they count in the words, in order.

    >>> figures_of("10家企业7月31日签约，金额12.5亿元")
    ('10', '12.5')
    """
    return tuple(sorted({found.group() for found in thing_cues()["figure"].finditer(fold(words))}))


def common_part(name: str) -> str:
    """What all of a row are called: the name without what says which one it is."""
    return thing_cues()["ordinal"].sub("", name) or name


def is_name(words: str) -> bool:
    """Whether the words name something: they do not count, point, say what thousands of things are called, or which.

    >>> is_name("云州智算中心"), is_name("两项政策"), is_name("战略合作协议"), is_name("第二次会议")
    (True, False, False, False)
    """
    return thing_cues()["counted"].match(fold(words)) is None and is_title(words)


def is_title(words: str) -> bool:
    """Whether the words may be a title: titles may count, too (十条措施).

    >>> is_title("十条措施"), is_title("通知")
    (True, False)
    """
    name = normal_name(words)
    if thing_cues()["vague"].match(name):
        return False
    return len(common_part(name)) >= thing_settings().events.telling


def holds(ones: str, others: str) -> bool:
    """Whether one name holds the other, which ends and begins there as a word would: V3 is not in V3.1.

    >>> holds("云州算力大会", "第三届云州算力大会"), holds("模型v3", "模型v3.1"), holds("中央会议", "中央会")
    (True, False, True)
    """
    short, long = (ones, others) if len(ones) <= len(others) else (others, ones)
    start = long.find(short)
    if not short or start < 0:
        return False
    end = start + len(short)
    return not (_runs_on(long, start) or _runs_on(long, end))


def _runs_on(name: str, place: int) -> bool:
    """Whether a run of letters or digits goes on over the place."""
    if not 0 < place < len(name):
        return False
    before, behind = name[place - 1], name[place]
    return behind == "." or (before.isascii() and behind.isascii() and before.isalnum() and behind.isalnum())


def is_filled_otherwise(ones: str, others: str, most: int) -> bool:
    """Whether two tellings differ in one place alone, where each has other words: one form, filled with two names.

    >>> is_filled_otherwise("法院对周岚作出决定", "法院对陈屿作出决定", 8), is_filled_otherwise("投产", "正式投产", 8)
    (True, False)
    """
    least = min(len(ones), len(others))
    head = _shared_head(ones, others)
    tail = min(_shared_head(ones[::-1], others[::-1]), least - head)
    first, second = ones[head : len(ones) - tail], others[head : len(others) - tail]
    return 0 < len(first) <= most and 0 < len(second) <= most and head + tail > len(first) + len(second)


def _shared_head(ones: str, others: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(ones, others, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(ones), len(others)))
