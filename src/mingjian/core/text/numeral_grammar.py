"""What numerals are worth and how their parts are written: the one home of both."""

from __future__ import annotations

import re
from functools import cache

import msgspec

# The figures of the script, plain and formal, 0 to 9. Folded text is simplified: 貳 參 陸 arrive as 贰 参 陆.
FIGURES = {character: value for value, row in enumerate(
    ("零〇○", "一壹", "二两贰", "三叁参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
) for character in row}  # fmt: skip
TENS = {"廿": 20, "卅": 30, "卌": 40}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GREAT = {"万": 10**4, "亿": 10**8, "兆": 10**12}
# Two or three people told together; no other numeral stands beside them.
TOGETHER = {"俩": 2, "仨": 3}
LETTERS = {"k": 10**3, "K": 10**3, "w": 10**4, "W": 10**4, "M": 10**6, "G": 10**9, "T": 10**12}
# 几十, 数百: from two of them to ten; 二十几: from none more to ten more.
FEW = (2, 10)
FEW_MORE = (0, 10)

# No number has more figures than that; a longer row is a code.
LONGEST = 24

ZEROS = "零〇○"
# 参 (also for 參) is a figure only beside the formal units: it begins 参加, 参与, 参考.
ONE_TO_NINE = "".join(character for character, value in FIGURES.items() if value and character != "参")
FORMAL_THREE = "参(?= {0,4}[拾佰仟万亿])"
IN_A_ROW = ZEROS + ONE_TO_NINE.replace("两", "")
# ○ alone is a mark of lists; it is a figure only after another.
_TO_START = IN_A_ROW.replace("○", "")
HAN = "".join((*FIGURES, *TENS, *SMALL, *GREAT))
_SMALL = f"[{''.join(SMALL)}]"
_GREAT = f"[{''.join(GREAT)}]"
# Neighbours of which one says "about that many": 七八 is from seven to eight, 三五 from three to five.
_PAIR = "(?:一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九)"
# An Arabic figure among words; before these marks and words it begins something else: 3万5年, 2亿5G.
_OTHER_THING = "(?![0-9.,，:%A-Za-z年月日号时])"
_LAST_THREE = "(?<=[拾佰仟零])参(?![数与加展会考股赛见谋观军战照保评选])"
_DIGIT = f"(?:{_PAIR}|[几数]|[{ONE_TO_NINE}]|{FORMAL_THREE}|{_LAST_THREE}|[1-9]{_OTHER_THING})"


# Figures printed one by one, known by their point: 1 2 . 6
_SPACED = r"(?<![0-9.] )[0-9](?: [0-9]){0,8} \. [0-9](?: [0-9]){0,8}(?![0-9]| \.)"


class NumberForms(msgspec.Struct, frozen=True):
    """Which ways of writing are numbers."""

    spaces: bool = False
    """Blanks stand between the parts: 三 百 五, 1000  万, 五 分之 一, 10 000, 1 200 000, 1 2 . 6."""
    wide_comma: bool = True
    """A full-width comma parts groups of three: 82，225.00."""
    powers: bool = False
    """2^5, 12.32e+14, -2.5^-1."""
    letters: bool = False
    """15k, -2.5M, 30w, .0012G."""
    slash: bool = False
    """1/2; with ``spaces`` also 1 4/3."""
    sign: bool = True
    """负三, -2.5 where the sign stands after no figure and no Latin letter."""
    colloquial: bool = True
    """两千四百五, 千三, 百二万, 万九; 二份一, 四分一; 一半半."""


class NumeralGrammar(msgspec.Struct, frozen=True):
    """The patterns of the parts, for one choice of forms; ``blank`` matches nothing where blanks are not allowed."""

    figure: re.Pattern[str]
    small: re.Pattern[str]
    chain: re.Pattern[str]
    part: re.Pattern[str]
    digit: re.Pattern[str]
    few: re.Pattern[str]
    row: re.Pattern[str]
    later: re.Pattern[str]
    point: re.Pattern[str]
    letter: re.Pattern[str]
    over: re.Pattern[str]
    plus: re.Pattern[str]
    minus: re.Pattern[str]
    slash: re.Pattern[str]
    colloquial: bool


@cache
def numeral_grammar_of(forms: NumberForms) -> NumeralGrammar:
    """The patterns by which numbers in these forms are read."""
    blank = " {0,4}" if forms.spaces else ""
    minus = rf"负{blank}(?=[0-9.半{HAN}])|(?:\A-{blank}|(?<![0-9A-Za-z])-)(?=\.?[0-9])"
    figures = "[0-9]{1,9}"
    whole = f"(?:{figures} {{1,2}})?" if forms.spaces else ""
    return NumeralGrammar(
        figure=re.compile(_figure(forms)),
        small=re.compile(f"{blank}(?P<small>{_SMALL})(?!{blank}分)(?P<great>(?={blank}[多余来]?{blank}{_GREAT}))?"),
        chain=re.compile(f"{blank}(?P<more>[多余来]?){blank}(?P<words>{_GREAT}(?:{blank}{_GREAT}){{0,2}})"
            f"(?:{blank}[多余来]{blank}(?P<last>{_GREAT}))?"),
        part=re.compile(
            f"{blank}(?P<zero>[{ZEROS}]{blank})?"
            f"(?:(?P<digit>{_DIGIT})?{blank}(?P<unit>{_SMALL})|(?P<tens>[{''.join(TENS)}])|(?P<last>{_DIGIT}))"
        ),
        digit=re.compile(f"{_PAIR}(?![{IN_A_ROW}])|[{_TO_START}](?![{IN_A_ROW}])|两|{FORMAL_THREE}|\\A参\\Z"),
        few=re.compile(f"[几数](?={blank}{_GREAT})"),
        later=re.compile(f"{blank}(?P<figure>[1-9][0-9]{{1,7}}(?={blank}[多余来]?{blank}{_GREAT})|[1-9][0-9]{{3}}{_OTHER_THING})"),
        row=re.compile(f"[{_TO_START}][{IN_A_ROW}]{{1,{LONGEST}}}"),
        point=re.compile(
            f"{blank}点{blank}(?P<figures>[{IN_A_ROW}]{{1,{LONGEST}}})(?![{IN_A_ROW}]|{blank}[十拾廿刻]|分(?!之))"
        ),
        letter=re.compile(f"{blank}(?P<letter>[{''.join(LETTERS)}])(?![0-9A-Za-z])"),
        over=re.compile(f"{blank}分{blank}之{blank}"),
        plus=re.compile(f"{blank}又{blank}"),
        minus=re.compile(minus),
        slash=re.compile(rf"(?P<whole>{whole})(?P<upper>{figures})/(?P<lower>{figures})(?![0-9/.A-Za-z])"),
        colloquial=forms.colloquial,
    )  # fmt: skip


def _figure(forms: NumberForms) -> str:
    """An Arabic figure: groups of three or a plain row, then perhaps decimals.

    A blank parts groups only where there are two of them, or where the one begins with 0: 12 345 may be two numbers.
    """
    first = "[1-9][0-9]{0,2}"
    commas = [","] + (["，"] if forms.wide_comma else [])
    groups = [f"{first}(?:{comma}[0-9]{{3}}){{1,7}}+(?![0-9]|{comma}[0-9])" for comma in commas]
    if forms.spaces:
        groups.insert(0, _SPACED)
        groups.append(f"{first}(?:(?: [0-9]{{3}}){{2,7}}+| 0[0-9]{{2}})(?! ?[0-9])")
    whole = "|".join((*groups, f"[0-9]{{1,{LONGEST}}}(?![0-9])"))
    decimals = rf"\.[0-9]{{1,{LONGEST}}}"
    row = f"(?<=[0-9]\\.)[0-9]{{1,{LONGEST}}}(?![0-9])"
    return (
        rf"(?<![0-9])(?:{row}|(?:{whole})(?:{decimals}(?![0-9]|\.[0-9]))?)|(?<![0-9A-Za-z.]){decimals}(?![0-9]|\.[0-9])"
    )
