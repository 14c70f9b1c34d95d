"""Stub."""
from __future__ import annotations
import re
from decimal import Decimal
import msgspec
from mingjian.core.text.numerals import parse_numeral
class Number(msgspec.Struct, frozen=True, gc=False):
    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    form: str
    denominator: int | None
    more: bool
    magnitude: str
    head: Decimal
class NumberForms(msgspec.Struct, frozen=True):
    spaces: bool = False
    wide_comma: bool = True
    powers: bool = False
    letters: bool = False
    slash: bool = False
    sign: bool = True
    colloquial: bool = True
NUMBER_START = re.compile("[0-9零〇○一二两三四五六七八九十百千万亿半几数廿卅]")
_R = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[零〇○一二两三四五六七八九十百千万亿廿卅]+|[半几数]")
def read_number(folded: str, start: int, forms: NumberForms = NumberForms()) -> Number | None:
    m=_R.match(folded,start)
    if not m: return None
    w=m.group()
    if w=="半": v=Decimal("0.5"); form="decimal"
    elif w in "几数": return Number(start,m.end(),Decimal(2),Decimal(9),"han",None,True,"",Decimal(2))
    else:
        v=parse_numeral(w)
        if v is None: return None
        form="decimal" if "." in w else "integer" if w[0].isdigit() else "positional" if len(w)>1 and not any(c in "十百千万亿廿" for c in w) else "han"
    return Number(start,m.end(),v,None,form,None,False,"",v)
