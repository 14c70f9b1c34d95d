"""How the cost of ``extract`` grows with the length of a page: linear, if microseconds a character stay the same.

    python -m bench.speed --growth

The text is the bodies of corpus pages, one behind the other, so that facts, names and numbers are as dense in a long
page as in a short one. Every stage is timed by itself, since one that grows faster hides behind the others for long.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from bench.corpus import make_corpus
from bench.stages import stages_timed
from mingjian.core.pipeline import extract as pipeline
from mingjian.read.plain import text_page

_SIZES = (1_000, 10_000, 100_000, 1_000_000)
_PAGES = 84
_CHARACTERS_OF_A_PAGE = 1_000  # fewer than the body of any page of the corpus holds, so that the text is long enough
_SHOWN = 24
_MORE_OFTEN_BELOW = 50_000  # characters: what is quick is timed three times, and the least counts


def report_lengths(examples: Path) -> None:
    """A table of microseconds a character by stage and size; ``*`` where the longest page costs twice the third."""
    text = _long_text(examples, _SIZES[-1])
    costs = {size: _costs(text[:size]) for size in _SIZES}
    last, before = _SIZES[-1], _SIZES[-2]
    print("microseconds a character   " + "".join(f"{size:>11,}" for size in _SIZES))
    for stage, _ in costs[last].most_common(_SHOWN):
        shown = "".join(f"{costs[size][stage] / size / 1e3:11.3f}" for size in _SIZES)
        grows = costs[last][stage] / last > 2 * costs[before][stage] / before
        print(f"  {stage:25s}{shown}{' *' if grows else ''}")


def _long_text(examples: Path, size: int) -> str:
    bodies: list[str] = []
    for page in make_corpus(examples, size // _CHARACTERS_OF_A_PAGE + _PAGES, seed=5):
        record = pipeline.extract(page)
        bodies.append("\n".join(page.text[block.start : block.end] for block in record.body))
        if sum(map(len, bodies)) > size and len(bodies) % _PAGES == 0:
            break
    return "\n".join(bodies)[:size]


def _costs(text: str) -> Counter[str]:
    """Nanoseconds by stage, and of all together."""
    best: Counter[str] = Counter()
    for _ in range(3 if len(text) < _MORE_OFTEN_BELOW else 1):
        seconds: Counter[str] = Counter()
        page = text_page("lengths", text.encode(), path="lengths.txt")
        with stages_timed(seconds):
            start = time.process_time_ns()
            pipeline.extract(page)
            seconds["all"] = time.process_time_ns() - start
        best = Counter({stage: min(spent, best.get(stage, spent)) for stage, spent in seconds.items()})
    return best
