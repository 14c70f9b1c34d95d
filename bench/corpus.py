"""A large corpus made of the sample pages: always the same, no two pages alike.

Every page keeps the shape of a sample page (portal text, notice, HTML of a news site …) and gets its own numbers, day,
order and choice of paragraphs, so that no cache can help. The sample pages are denser in facts than real ones, so
paragraphs of comment and list lines stand between them, as on real pages; HTML pages also get the menus, styles and
scripts that real sites carry. ``dense`` leaves the comment out.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from mingjian.core.model.page import Page
from mingjian.read import read_paths
from mingjian.read.html import html_page
from mingjian.read.plain import text_page

_NUMBER = re.compile(r"(?<![\d.\-年])\d{2,5}(?![\d年月日:.\-])")
_DAY = re.compile(r"(?<=月)\d{1,2}(?=日)")
_TEXT_NODE = re.compile(r"(?<=>)[^<>]+(?=<)")
_FILLER = tomllib.loads(Path(__file__).with_name("filler.toml").read_text(encoding="utf-8"))
_COMMENTS = 8
_LONG = 40
_MENU_WORDS = [
    "首页",
    "要闻",
    "财经",
    "科技",
    "产业",
    "数据",
    "政策",
    "研究",
    "专题",
    "视频",
    "图片",
    "直播",
    "论坛",
    "招聘",
    "教育",
    "健康",
    "汽车",
    "房产",
    "文化",
    "体育",
]


def make_corpus(examples: Path, size: int, *, dense: bool = False, seed: int = 20261122) -> Iterator[Page]:
    """``size`` pages, the same for the same sample pages, size and seed."""
    samples = [page for page in read_paths([str(examples)]) if isinstance(page, Page)]
    source = random.Random(seed)
    for number in range(size):
        sample = samples[number % len(samples)]
        name = f"{number:05d}-{Path(sample.doc_id).name}"
        yield (_vary_markup if sample.html else _vary_text)(sample, name, source, 0 if dense else _COMMENTS)


def _vary_markup(sample: Page, name: str, source: random.Random, comments: int) -> Page:
    markup = _TEXT_NODE.sub(lambda match: _renumber(match.group(), source), sample.html)
    ends = [match.end() for match in re.finditer("</p>", markup)]
    for end in sorted(source.sample(ends, min(comments, len(ends))), reverse=True):
        markup = f"{markup[:end]}<p>{_comment(source)}</p>{markup[end:]}"
    markup = markup.replace("<body>", f"<body>{_furniture(source)}", 1)
    return html_page(name, markup.encode(), path=name)


def _vary_text(sample: Page, name: str, source: random.Random, comments: int) -> Page:
    lines = _shuffle_some(sample.text.split("\n"), source)
    for place in _long_lines(lines, source, comments):
        lines[place] += f"\n{_comment(source)}"
    if comments:
        lines += [f"{source.choice(_FILLER['list_heads'])}：{line}" for line in _FILLER["list_lines"]]
    return text_page(name, _renumber("\n".join(lines), source).encode(), path=name)


def _long_lines(lines: list[str], source: random.Random, most: int) -> list[int]:
    long = [index for index, line in enumerate(lines) if len(line) > _LONG]
    return source.sample(long, min(most, len(long)))


def _comment(source: random.Random) -> str:
    return "".join(source.sample(_FILLER["comment"], 3))


def _renumber(text: str, source: random.Random) -> str:
    text = _NUMBER.sub(
        lambda match: str(source.randrange(10 ** (len(match.group()) - 1), 10 ** len(match.group()))), text
    )
    return _DAY.sub(lambda _: str(source.randrange(1, 29)), text)


def _shuffle_some(lines: list[str], source: random.Random) -> list[str]:
    """The same lines with two neighbouring long ones exchanged, and at times one left out or doubled."""
    long = [index for index, line in enumerate(lines[:-1]) if min(len(line), len(lines[index + 1])) > _LONG]
    if not long:
        return lines
    at = source.choice(long)
    lines = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    cut = source.choice(long)
    return lines[:cut] + lines[cut + source.choice((0, 0, 1)) :]


def _furniture(source: random.Random) -> str:
    menu = "".join(f'<li><a href="/c{source.randrange(999)}">{source.choice(_MENU_WORDS)}</a></li>' for _ in range(60))
    rules = "".join(
        f".c{index}{{margin:{source.randrange(40)}px;color:#{source.randrange(4096):03x}}}" for index in range(400)
    )
    script = "".join(f"var v{index}={source.randrange(10**6)};" for index in range(1200))
    return f'<style>{rules}</style><script>{script}</script><div class="nav"><ul>{menu}</ul></div>'
