"""What targets are called: the clause that sets one; of several in one clause, the words of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from mingjian.core.link.things.identities import identity_cues
from mingjian.core.link.things.spheres import is_country
from mingjian.core.model.facts import Target
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold

_SAYS = 2  # characters beside its number from which a piece of a clause says what is aimed at
_SHORT = 4  # characters of an aim without a number that say too little by themselves (启用)


def target_names(targets: Sequence[Target]) -> tuple[str, ...]:
    """What each of the targets of a page is called: no two numbers of one clause bear one name.

    Of 建成8个园区、培育300家企业 the second is 培育300家企业; where the words for what is counted stand apart from the
    number, they are put before it.
    """
    shared: dict[tuple[int, int], list[Target]] = defaultdict(list)
    for target in targets:
        if target.value_span is not None:
            shared[target.evidence.pair].append(target)
    return tuple(_name(target, shared[target.evidence.pair]) for target in targets)


def words_of_target(target: Target) -> str:
    """The words that say what is aimed at: of an aim that says too little by itself those of its clause."""
    aim = target.qualitative or ""
    return aim if len(aim) > _SHORT else target.evidence.text


def _name(target: Target, beside: Sequence[Target]) -> str:
    whole = words_of_target(target)
    number = target.value_span
    if number is None or len(beside) < 2 or number.layer != target.evidence.layer:
        return whole
    low, high = target.evidence.pair
    others = [other.value_span.pair for other in beside if other.value_span is not None]
    start = max((end for _, end in others if end <= number.start), default=low)
    end = min((first for first, _ in others if first >= number.end), default=high)
    text = target.evidence.text
    first = 0 if start == low else _break(text, start - low, number.start - low)[1]
    last = len(text) if end == high else _break(text, number.end - low, end - low)[0]
    piece = text[first:last].strip("、，,；; ")
    said = sum(1 for sign in piece.replace(number.text, "") if sign.isalnum())
    return piece if said >= _SAYS else f"{''.join(_told(target))}{number.text}"


def _break(text: str, low: int, high: int) -> Pair:
    """The last mark of a list between two places, which parts one number from the next."""
    marks = [found.span() for found in identity_cues()["list-mark"].finditer(fold(text), low, high)]
    return marks[-1] if marks else (high, high)


def _told(target: Target) -> Iterator[str]:
    """Whose it is and what is counted."""
    if target.subject and not is_country(fold(target.subject)):
        yield target.subject
    if target.metric:
        yield target.metric
