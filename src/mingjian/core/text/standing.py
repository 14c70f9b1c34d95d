"""Which stretches of a text can stand alone: from where they read without what came before, and up to where."""

from __future__ import annotations

import re

from mingjian.core.model.span import Pair
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.group import GroupFindings

# Forms of writing, not words: what opens must close.
_PAIRED = re.compile(r"[“”‘’「」『』《》（）()【】]")
_CLOSES = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "）": "（", ")": "（", "】": "【"}
_SAME = {"(": "（"}
_MARKS = "，,。；;：: \n\t\u3000"
_SHELLS = 3  # that stand one in the other: a mark of a list, a dateline, and who told it


def opening(found: GroupFindings, folded: str, start: int, end: int) -> int:
    """Where the words begin that say something: after marks of lists, datelines, who told it, and what joins on."""
    shell, joint = found.cues["shell"], found.cues["joint"]
    for _ in range(_SHELLS):
        match = shell.match(folded, start, end) or joint.match(folded, start, end)
        if match is None or match.end() >= end:
            break
        start = match.end()
        while start < end and folded[start] in _MARKS:
            start += 1
    return start


def stands_alone(found: GroupFindings, folded: str, start: int, end: int) -> bool:
    """Whether the words speak of nothing that only earlier words name, and no quotation or bracket is cut."""
    if found.cues["dangling"].match(folded, start, end) or found.cues["markup"].search(folded, start, end):
        return False
    return is_balanced(folded, start, end)


def without_tail(found: GroupFindings, folded: str, start: int, end: int) -> int:
    """Where the words end that tell something: before what a notice asks of its readers."""
    tail = found.cues["tail"].search(folded, start, end)
    return tail.start() if tail else end


def is_balanced(folded: str, start: int, end: int) -> bool:
    """Whether every quotation mark and bracket in the stretch opens and closes there.

    >>> is_balanced("他说：“好。", 0, 6), is_balanced("他说：“好。”", 0, 7)
    (False, True)
    """
    opened: list[str] = []
    for mark in _PAIRED.findall(folded, start, end):
        opener = _CLOSES.get(mark)
        if opener is None:
            opened.append(_SAME.get(mark, mark))
        elif not opened or opened.pop() != opener:
            return False
    return not opened and folded.count('"', start, end) % 2 == 0


def whole_clauses(found: GroupFindings, folded: str, stretch: Pair, least: int, limit: int) -> Pair | None:
    """The leading clauses of a stretch, to ``least`` at least and ``limit`` characters at most, that read whole.

    ``None`` where no clause ends so.
    """
    if found.cues["purpose"].match(folded, *stretch):
        return None
    best = None
    clauses = clauses_between(folded, *stretch)
    for number, (start, end) in enumerate(clauses):
        if end - stretch[0] > limit:
            break
        if end - stretch[0] < least or not is_balanced(folded, stretch[0], end):
            continue
        after = clauses[number + 1] if number + 1 < len(clauses) else None
        if not _breaks_off(found, folded, (start, end), after):
            best = (stretch[0], end)
    return best


def _breaks_off(found: GroupFindings, folded: str, clause: Pair, after: Pair | None) -> bool:
    """Whether what the clause begins to say is said only by the clause after it."""
    if folded[clause[1] : clause[1] + 1] in ("：", ":") or found.cues["broken-off"].search(folded[clause[0] : clause[1]]):
        return True
    return after is not None and found.cues["predicate"].match(folded, *after) is not None
