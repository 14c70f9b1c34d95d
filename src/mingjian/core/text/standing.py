"""Which stretches of a text can stand alone: from where they read without what came before, and up to where."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Event, Statistic, Target
from mingjian.core.model.span import Pair
from mingjian.core.text.clauses import clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.mentions import Mention

# Forms of writing, not words: what opens must close.
_PAIRED = re.compile(r"[“”‘’「」『』《》（）()【】]")
_CLOSES = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "）": "（", ")": "（", "】": "【"}
_SAME = {"(": "（"}
_MARKS = "，,。；;：: \n\t\u3000"
# A form of writing, not words: a bracket that gives a short name.
SHORT_NAME = re.compile(r"[（(](?:以下|下)?[简下]?[称稱简簡][^（()）\n]{1,24}[)）]|[（(]以下[^（()）\n]{1,24}[)）]")
_ADJACENT = 4  # characters between two sentences that stand side by side
_SHELLS = 3  # that stand one in the other: a mark of a list, a dateline, and who told it


class Contents(msgspec.Struct, frozen=True):
    """What a page tells: events and figures, the names that its body mentions, and its title, folded."""

    events: Sequence[Event]
    figures: Sequence[Target | Statistic]
    mentions: Sequence[Mention] = ()
    title: str = ""

    def title_pairs(self) -> frozenset[str]:
        """The title's words, as pairs of characters."""
        pairs = {self.title[at : at + 2] for at in range(len(self.title) - 1)}
        return frozenset(pair for pair in pairs if pair.isalnum())


class Standing:
    """The sentences of a page by number, each asked once what of it can stand alone."""

    def __init__(self, article: Article, found: GroupFindings) -> None:
        self.article, self.found = article, found
        self._alone: dict[int, Pair | None] = {}
        self._worth: dict[int, bool] = {}

    def is_worth_telling(self, number: int) -> bool:
        """Whether the sentence is prose that says something of its own, and no greeting, question or caption."""
        known = self._worth.get(number)
        if known is None:
            known = self._worth[number] = self._is_worth_telling(number)
        return known

    def _is_worth_telling(self, number: int) -> bool:
        sentence, settings, folded = self.article.sentences[number], self.found.settings, self.article.folded
        start, end = sentence.start, sentence.end
        role = self.article.body[sentence.block].role
        if end - start < settings["shortest"] or role not in settings["paragraph_roles"]:
            return False
        last = folded[end - 2] if folded[end - 1] in "”」" else folded[end - 1]
        ended = last in settings["ended"] or end - start > settings["longest_heading"]
        if not ended and self._is_block(number):
            return False
        if last in settings["idle_ends"] or self.found.cues["idle"].match(folded, start, end):
            return False
        return not self.found.cues["idle-inside"].search(folded, start, end)

    def _is_block(self, number: int) -> bool:
        """Whether the sentence is all of its paragraph, and others follow: without a full stop it is a heading."""
        sentences = self.article.sentences
        block = sentences[number].block
        around = (sentences[at].block for at in (number - 1, number + 1) if 0 <= at < len(sentences))
        return block not in around and number + 1 < len(sentences)

    def alone(self, number: int) -> Pair | None:
        """The sentence from its first telling word, if that stands alone."""
        if number not in self._alone:
            self._alone[number] = self._stretch(number) if self.is_worth_telling(number) else None
        return self._alone[number]

    def _stretch(self, number: int) -> Pair | None:
        sentence, folded = self.article.sentences[number], self.article.folded
        start = opening(self.found, folded, sentence.start, sentence.end)
        end = without_tail(self.found, folded, start, sentence.end)
        if end - start < self.found.settings["shortest"] or not stands_alone(self.found, folded, start, end):
            return None
        return start, end

    def is_labelled(self, start: int) -> bool:
        """Whether a label and a colon open the words, as in a list of particulars."""
        return self.found.cues["label"].match(self.article.folded, start) is not None

    def is_spoken(self, start: int, end: int) -> bool:
        """Whether somebody speaks in the words, rather than the page tells."""
        cues, folded = self.found.cues, self.article.folded
        return bool(cues["quoted"].match(folded, start, end) or cues["voice"].search(folded, start, end))


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


def reads_on(found: GroupFindings, folded: str, place: Pair, told: int | None) -> bool:
    """Whether the words lean on nothing, or on what stands shortly before; ``told`` is where the told words end."""
    if found.cues["ordinal"].match(folded, *place):
        near = _ADJACENT
    elif found.cues["leaning"].match(folded, *place):
        near = found.settings["near"]
    else:
        return True
    return told is not None and place[0] - told <= near


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


def whole_ends(found: GroupFindings, folded: str, stretch: Pair, limit: int) -> list[int]:
    """The ends of clauses up to which a stretch reads whole, in order, without its own end and those past the limit."""
    if found.cues["purpose"].match(folded, *stretch):
        return []
    clauses = clauses_between(folded, *stretch)
    return [
        end
        for number, (start, end) in enumerate(clauses[:-1])
        if end - stretch[0] <= limit
        and is_balanced(folded, stretch[0], end)
        and not _breaks_off(found, folded, (start, end), clauses[number + 1])
    ]


def _breaks_off(found: GroupFindings, folded: str, clause: Pair, after: Pair) -> bool:
    """Whether what the clause begins to say is said only by the clause after it."""
    if folded[clause[1] : clause[1] + 1] in ("：", ":") or found.cues["broken-off"].search(
        folded[clause[0] : clause[1]]
    ):
        return True
    return found.cues["predicate"].match(folded, *after) is not None
