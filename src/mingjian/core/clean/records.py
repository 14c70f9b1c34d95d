"""Pages that are a record themselves: labelled fields, one of which holds the article.

The labels stand at the heads of lines, in a table, in JSON, or glued to the value before them on one line. What stands
between two labels is a value. Of several records in one page the first is read, and the rest is none of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from mingjian.core.clean.lines import Line
from mingjian.core.clean.thresholds import RecordLabels
from mingjian.core.model.span import Pair
from mingjian.core.text.sentences import trim

_FIRST = 800  # characters in which the first label stands
_FIRST_LINES = 12  # and lines
_MOST = 200  # places in a record where labels are looked for
_SHORT_VALUE = 60
_SENTENCE_ENDS = "。！？!?”…）)；;"
_QUOTES = " \t\r\n\"',，"
_JSON_END = " \t\r\n\"',]}"
_RULE_LINE = re.compile(r"\n[-=—*#_~|: \t\r\n]{2,}$")
_BREAK = re.compile(r"(?:\\[rnt])+")  # a line feed as JSON writes it
_ADDRESS = re.compile(r"https?://[^\s\"'<>，。）)|\]】]{3,2000}")


class Mark(msgspec.Struct, frozen=True):
    """A place where a label may stand: its name, where it begins and ends, and how it stands there."""

    name: str
    start: int
    end: int
    head: bool
    parted: bool
    quoted: bool = False
    bare: bool = False


class Field(msgspec.Struct, frozen=True):
    """A labelled field: the name of its label, where the label begins, and where the value stands."""

    name: str
    start: int
    value: Pair


class PageRecord(msgspec.Struct, frozen=True):
    """The fields of the first record of a page in their order, which of them is the article, and its lines."""

    fields: tuple[Field, ...]
    article: Field
    labels: RecordLabels
    breaks: tuple[Pair, ...] = ()
    body: Pair = (0, 0)

    def first(self, names: Sequence[str]) -> Field | None:
        """The first field with one of these labels that has a value."""
        found = (field for field in self.fields if field.name in names and field.value[0] < field.value[1])
        return next((field for field in found if field is not self.article), None)

    def carried(self) -> Iterator[Field]:
        """The fields with a value that are neither headline nor address nor article."""
        known = (self.first(self.labels.title), self.first(self.labels.url), self.article)
        return (field for field in self.fields if field not in known and field.value[0] < field.value[1])

    def cuts(self) -> tuple[int, ...]:
        """Where units of the page are parted: at every label, and round the article and its escaped line feeds."""
        ends = {place for pair in (self.article.value, *self.breaks) for place in pair}
        return tuple(sorted(ends | {field.start for field in self.fields}))

    def left_out(self, lines: Sequence[Line]) -> list[int]:
        """The indexes of the lines that are none of the article: labels, other fields, escaped line feeds."""
        low, high = self.body
        starts = {start for start, _ in self.breaks}
        return [index for index, line in enumerate(lines) if not low <= index < high or line.start in starts]


def find_record(text: str, folded: str, labels: RecordLabels) -> PageRecord | None:
    """The fields of a page that is a record, or ``None`` for any other page."""
    marks = _marks(folded, labels)
    if not marks:
        return None
    end = _end_of_first(marks, labels, len(text))
    chosen = _choose(folded, [mark for mark in marks if mark.start < end][:_MOST], labels)
    ends = [mark.start for mark in chosen[1:]] + [end]
    fields = tuple(
        Field(mark.name, mark.start, _value(text, mark, stop)) for mark, stop in zip(chosen, ends, strict=True)
    )
    record = _checked(fields, labels)
    needed = any(mark.bare for mark in chosen) or (record is not None and record.first(labels.title) is None)
    if record is None or (needed and not _is_addressed(text, record)):
        return None
    if not any(mark.quoted for mark in chosen):
        return record
    breaks = tuple(found.span() for found in _BREAK.finditer(text, *record.article.value))
    return msgspec.structs.replace(record, breaks=breaks)


def _checked(fields: tuple[Field, ...], labels: RecordLabels) -> PageRecord | None:
    """The record, if enough fields are there and those that make it one have values."""
    bodies = [field for field in fields if field.name in labels.body and field.value[0] < field.value[1]]
    if len(fields) < labels.least_fields or not bodies:
        return None
    record = PageRecord(fields, max(bodies, key=lambda field: field.value[1] - field.value[0]), labels)
    return record if record.first(labels.title) or record.first(labels.url) else None


def _is_addressed(text: str, record: PageRecord) -> bool:
    url = record.first(record.labels.url)
    return url is not None and _ADDRESS.match(text, *url.value) is not None


def address_of(text: str, field: Field) -> Pair:
    """Where the address stands in the value of its field."""
    found = _ADDRESS.search(text, *field.value)
    return found.span() if found else field.value


def headline_of(text: str, field: Field) -> Pair:
    """Where the headline stands in the value of its field: its first line."""
    start, end = field.value
    line_end = text.find("\n", start, end)
    return trim(text, start, end if line_end < 0 else line_end)


def _marks(folded: str, labels: RecordLabels) -> list[Mark]:
    """All places where labels may stand, in order; none where the page does not begin with one."""
    heads, glued = _patterns(labels)
    reach = _reach(folded)
    if not any(found["name"] in (*labels.title, *labels.url) for found in glued.finditer(folded, 0, reach)) and not any(
        found["name"] in (*labels.title, *labels.url) for found in heads.finditer(folded, 0, reach)
    ):
        return []
    marks: dict[int, Mark] = {}
    for found in heads.finditer(folded):
        closing = found["close"]
        bare = not closing.strip("\n\r ") and not found["open"].strip(" \t")
        marks[found.start("name")] = Mark(
            found["name"], found.start(), found.end(), True, True, quoted='"' in closing, bare=bare
        )
    for found in glued.finditer(folded):
        start = found.start()
        parted = start == 0 or not (folded[start - 1].isalnum())
        mark = Mark(found["name"], start, found.end(), False, parted, quoted='"' in found["close"])
        marks.setdefault(found.start("name"), mark)
    ordered = [marks[place] for place in sorted(marks)]
    first = next((place for place, mark in enumerate(ordered) if mark.parted), len(ordered))
    if first == len(ordered) or ordered[first].start >= reach:
        return []
    return [mark for mark in ordered[first:] if ordered[first].bare or not mark.bare]


def _reach(folded: str) -> int:
    """How far the first label may stand: so many characters, and no more lines than that."""
    place = 0
    for _ in range(_FIRST_LINES):
        after = folded.find("\n", place, _FIRST)
        if after < 0:
            return _FIRST
        place = after + 1
    return place


def _end_of_first(marks: Sequence[Mark], labels: RecordLabels, length: int) -> int:
    """Where the first record ends: at a second label like its first, if another article stands behind that."""
    opening = next((mark for mark in marks if mark.name in labels.title), marks[0])
    body = next((mark for mark in marks if mark.name in labels.body), None)
    if body is None:
        return length
    later = [mark for mark in marks if mark.start > body.start and mark.parted and mark.name == opening.name]
    last = max((mark.start for mark in marks if mark.name in labels.body or mark.name in labels.url), default=0)
    return next((mark.start for mark in later if mark.start < last), length)


def _choose(folded: str, marks: Sequence[Mark], labels: RecordLabels) -> list[Mark]:
    """The marks that are labels: each name once, and inside of the article only where no sentence can hold it."""
    lasts = {mark.name: mark.start for mark in marks if not mark.head}
    heads = {mark.name: mark.start for mark in reversed(marks) if mark.head}
    closing = max((place for name, place in heads.items() if name in labels.sure), default=0)
    chosen: list[Mark] = []
    names: set[str] = set()
    stage = "head"
    for place, mark in enumerate(marks):
        if mark.name in names or (not mark.head and heads.get(mark.name, mark.start) > mark.start):
            continue
        if stage == "head":
            taken = _opens(mark, labels)
        elif stage == "body":
            last = mark.head or lasts[mark.name] == mark.start
            taken = last and _closes(folded, marks[place:], labels, closing)
        else:
            taken = mark.head or mark.name in labels.sure or mark.start - chosen[-1].end <= _SHORT_VALUE
        if taken:
            chosen.append(mark)
            names.add(mark.name)
            stage = "body" if mark.name in labels.body else "tail" if stage == "body" else stage
    return chosen


def _opens(mark: Mark, labels: RecordLabels) -> bool:
    """Whether the mark before the article is a label."""
    return mark.parted or mark.name in (*labels.sure, *labels.source, *labels.published, *labels.authors)


def _closes(folded: str, marks: Sequence[Mark], labels: RecordLabels, closing: int) -> bool:
    """Whether the first of the marks ends the article: it is no word of it, or fields alone follow."""
    mark = marks[0]
    if mark.name not in labels.sure:
        if mark.head and mark.name in labels.body:
            return True
        return mark.head and _alone(folded, marks, labels)
    if mark.head:
        return True
    before = folded[max(0, mark.start - 3) : mark.start].rstrip()
    if closing > mark.start:
        return before[-1:] in _SENTENCE_ENDS
    return mark.parted or any(other.name in labels.sure and other.name != mark.name for other in marks[1:])


def _alone(folded: str, marks: Sequence[Mark], labels: RecordLabels) -> bool:
    """Whether every line from the first mark on has a label of its own, to the end or to a label that is sure."""
    heads = [mark for mark in marks if mark.head]
    for mark, stop in zip(heads, [*(mark.start for mark in heads[1:]), len(folded)], strict=True):
        if mark.name in labels.sure:
            return True
        value = folded[mark.end : stop].strip()
        if len(value) > _SHORT_VALUE or "\n" in value:
            return False
    return True


def _value(text: str, mark: Mark, stop: int) -> Pair:
    """Where the value stands, without the quotes, bars and rules that part it from the next label."""
    start, end = trim(text, mark.end, stop)
    ruled = _RULE_LINE.search(text, start, end)
    if ruled:
        end = ruled.start()
    if mark.quoted:
        while start < end and text[start] in _QUOTES + "[":
            start += 1
        while start < end and text[end - 1] in _JSON_END:
            end -= 1
    while start < end and (text[end - 1] in "|{【[" or text[end - 1].isspace()):
        end -= 1
    return trim(text, start, max(start, end))


@lru_cache(maxsize=4)
def _patterns(labels: RecordLabels) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a label at the head of a line looks like, and one anywhere."""
    fields: Mapping[str, Sequence[str]] = {
        name: getattr(labels, name) for name in ("title", "url", "body", "source", "published", "authors", "other")
    }
    listed = sorted({name for names in fields.values() for name in names}, key=lambda name: (-len(name), name))
    names = "|".join(map(re.escape, listed))
    head = re.compile(
        r"(?m)^(?P<open>[ \t\u3000>*#•·|{\[,\"“'【\-]{0,12}(?:\d{1,2}[.、．)）][ ]?)?[*【\[“\"']{0,3})"
        rf"(?P<name>{names})"
        r"(?P<close>[*】\]”\"']{0,3}[ \t]{0,2}(?:[:：](?:\*\*)?|[|\t])|[】\]]|\*{0,2}[ \t\r]{0,4}$)[ \t]{0,4}"
    )
    glued = re.compile(rf"[【\[“\"*]{{0,3}}(?P<name>{names})(?P<close>[】\]”\"*]{{0,3}}[ ]{{0,2}}[:：])[ \t]{{0,4}}")
    return head, glued


def place_record(record: PageRecord | None, lines: Sequence[Line]) -> PageRecord | None:
    """The record with the indexes of the lines in which its article stands."""
    if record is None:
        return None
    start, end = record.article.value
    inside = [index for index, line in enumerate(lines) if start <= line.start and line.end <= end]
    return msgspec.structs.replace(record, body=(inside[0], inside[-1] + 1))
