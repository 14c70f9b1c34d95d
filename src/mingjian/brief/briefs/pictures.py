"""Charts as SVG, drawn with the fonts of whoever looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mingjian.brief.briefs.wording import printable_line
from mingjian.core.ledger.briefing.parts import worded_bounds
from mingjian.core.model.brief import Bars, Dot, Timeline

_FONTS = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, SimSun, sans-serif"
_COLOURS = ("#b42318", "#175cd3", "#067647", "#b54708", "#6941c6", "#475467", "#98a2b3")
_WIDTH, _ROW, _HEAD = 760, 30, 48
_LABELS, _DATES = 190, 240


def timeline_svg(line: Timeline) -> str:
    """Events from top to bottom, each with its date, its number and its words."""
    return _picture(line.title, _HEAD + _ROW * len(line.dots), _dots(line))


def bars_svg(bars: Bars) -> str:
    """One bar a category, its series one behind the other, each with its number."""
    legend = _ROW if len(bars.series) > 1 else 0
    return _picture(bars.title, _HEAD + legend + _ROW * len(bars.categories), _bars(bars, legend))


def colour_of(number: int) -> str:
    """The colour of a series, as six hexadecimal digits behind a #."""
    return _COLOURS[number % len(_COLOURS)]


def _picture(title: str, height: int, drawn: Iterator[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}" font-family="{_FONTS}" font-size="14">'
    )
    name = _text(0, 22, title, ' font-weight="bold" font-size="16"')
    return "".join([head, f"<title>{escape(title)}</title>", name, *drawn, "</svg>\n"])


def _dots(line: Timeline) -> Iterator[str]:
    low, high = _HEAD - 4, _HEAD + _ROW * (len(line.dots) - 1) + 8
    yield f'<line x1="{_DATES}" y1="{low}" x2="{_DATES}" y2="{high}" stroke="#98a2b3" stroke-width="2"/>'
    for number, dot in enumerate(line.dots):
        yield from _dot(dot, _HEAD + _ROW * number)


def _dot(dot: Dot, y: int) -> Iterator[str]:
    yield f'<circle cx="{_DATES}" cy="{y}" r="5" fill="{_COLOURS[0]}"/>'
    yield _text(_DATES - 16, y + 5, worded_bounds(dot.start, dot.end), ' text-anchor="end" fill="#475467"')
    yield _text(_DATES + 16, y + 5, f"[{dot.number}] {dot.label}")


def _bars(bars: Bars, legend: int) -> Iterator[str]:
    if legend:
        yield from _legend(bars)
    totals = [sum(series.values[at] for series in bars.series) for at in range(len(bars.categories))]
    scale = (_WIDTH - _LABELS - 60) / max(totals)
    for at, category in enumerate(bars.categories):
        y = _HEAD + legend + _ROW * at
        yield _text(_LABELS - 10, y + 5, category, ' text-anchor="end"')
        x = float(_LABELS)
        for number, series in enumerate(bars.series):
            width = series.values[at] * scale
            if width:
                yield f'<rect x="{x:.1f}" y="{y - 9}" width="{width:.1f}" height="18" fill="{colour_of(number)}"/>'
            x += width
        yield _text(int(x) + 8, y + 5, str(totals[at]), ' fill="#475467"')


def _legend(bars: Bars) -> Iterator[str]:
    x = _LABELS
    for number, series in enumerate(bars.series):
        yield f'<rect x="{x}" y="{_HEAD - 9}" width="12" height="12" fill="{colour_of(number)}"/>'
        yield _text(x + 18, _HEAD + 2, series.name)
        x += 40 + 14 * len(series.name)


def _text(x: int, y: int, words: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}"{more}>{escape(printable_line(words))}</text>'
