"""Lists of people's names as bylines print them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjian.core.model.span import Pair

_NAME = re.compile(r"[一-鿿]{2,4}(?:·[一-鿿]{1,8})?|[一-鿿](?:[ \u3000]{1,2}[一-鿿])(?![一-鿿])")
_NOT_NAMES = re.compile(
    r"(?:本报|特约|实习|见习)?(?:全媒体)?(?:记者|通讯员|实习生|编辑|作者|报道|摄影|文字|摄影报道|综合|整理|撰文|供图|编译|来源|责编|美编)+"
)


def names_in(folded: str, start: int, end: int) -> Iterator[tuple[str, Pair]]:
    """Every name of the list with its place; single characters set apart by a space are one name."""
    words = _NOT_NAMES.sub(lambda found: "|" * len(found.group()), folded[start:end])
    for found in _NAME.finditer(words):
        name = re.sub(r"[ \u3000]", "", found.group())
        yield name, (start + found.start(), start + found.end())
