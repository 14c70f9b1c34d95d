"""The header of an official document: a table of labels above the text, or what the document prints of itself."""

from __future__ import annotations

from collections.abc import Mapping

from mingjian.core.clean.layout import Found, Layout
from mingjian.core.clean.titles import Headline
from mingjian.core.model.article import DocumentHeader
from mingjian.core.model.outcome import Cited, Missing, Outcome
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.calendar import bounds_of
from mingjian.core.text.sentences import trim

_LABELLED = ("index_number", "issuer", "doc_no", "signed", "topic", "validity")
_REASONS = {
    "index_number": "no-index-number-in-page",
    "issuer": "no-issuer-in-page",
    "doc_no": "no-document-number-in-page",
    "signed": "no-signing-day-in-page",
    "topic": "no-topic-in-page",
    "validity": "no-validity-in-page",
}
_OWN = frozenset({"index_number", "doc_no"})  # labels that only official documents have
_ABOVE = 60
_BELOW = 20
_LEAST_LABELS = 2
_LONGEST = 80
_OPENING = 6
_CLOSING = 12
_SAMPLE = 400
_BEHIND = 3
_MOST_ISSUERS = 8
_LONGEST_ISSUER = 40
_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))

_Values = dict[str, Cited[str]]


def find_document(layout: Layout, stretch: Pair, headline: Headline | None) -> DocumentHeader | None:
    """What the page says of the official document that it shows, or ``None`` where it shows none."""
    values = _labelled(layout, stretch)
    if len(values) < _LEAST_LABELS and not _OWN & values.keys():
        values = {}
    own = _own_number(layout, stretch, headline)
    if own is not None:
        values.setdefault("doc_no", own)
    if values or _is_document(layout, stretch, headline):
        for name, value in _signature(layout, stretch).items():
            values.setdefault(name, value)
    if not values or not (_OWN | {"issuer", "signed"}) & values.keys():
        return None
    return DocumentHeader(**{name: _outcome(name, values) for name in _LABELLED})


def _outcome(name: str, values: Mapping[str, Cited[str]]) -> Outcome[str]:
    return values.get(name) or Missing(_REASONS[name])


def _labelled(layout: Layout, stretch: Pair) -> _Values:
    """The values behind the labels of the table, each from the first label that has one."""
    low, high = stretch
    values: _Values = {}
    for found in layout.fields.get("document", ()):
        name = str(found.match.rule.fields["value"])
        if name in values or not (low - _ABOVE <= found.index < low + _OPENING or high <= found.index < high + _BELOW):
            continue
        value = _value_behind(layout, found, name)
        if value is not None:
            values[name] = value
    return values


def _value_behind(layout: Layout, found: Found, name: str) -> Cited[str] | None:
    """The words behind a label: in the same cell or line, or in the next, up to the next label."""
    start = found.match.end
    while start < len(layout.folded) and (layout.folded[start].isspace() or layout.folded[start] in ":："):
        start += 1
    labels = (other.match.start for other in layout.fields["document"] if other.match.start >= start)
    last = min(len(layout.folded), start + _LONGEST, *labels)
    ending = layout.cues["value-end"].search(layout.folded, start, last)
    start, end = trim(layout.folded, start, ending.start() if ending else last)
    check = layout.cues[f"value-{name.replace('_', '-')}"].match(layout.folded, start, end)
    if check is None:
        return None
    return _cited(layout, name, check.span(), found.match.rule.id)


def _cited(layout: Layout, name: str, pair: Pair, by: str) -> Cited[str] | None:
    words = layout.text[slice(*pair)]
    if name != "signed":
        return Cited(words, cite(layout.text, *pair), by)
    day = _day(layout, pair)
    return Cited(day, cite(layout.text, *pair), by, (), "day") if day is not None else None


def _day(layout: Layout, pair: Pair) -> str | None:
    """The day in figures of either kind as ISO 8601, where it exists."""
    found = layout.cues["value-signed"].match(layout.folded, *pair)
    if found is None:
        return None
    year = "".join(_DIGITS.get(mark, mark) for mark in found["year"])
    bounds = bounds_of(int(year), _number(found["month"]), _number(found["day"]))
    return bounds[0].isoformat() if bounds is not None else None


def _number(words: str) -> int:
    """A number below a hundred, in figures or in characters.

    >>> _number("二十一"), _number("十"), _number("07")
    (21, 10, 7)
    """
    if words.isdigit() and words.isascii():
        return int(words)
    tens, mark, ones = words.partition("十")
    if not mark:
        return int("".join(_DIGITS[sign] for sign in words))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))


def _own_number(layout: Layout, stretch: Pair, headline: Headline | None) -> Cited[str] | None:
    """The number that stands in a line of its own between the headline and the text."""
    low, high = stretch
    first = min(low, headline.index) if headline is not None else low
    for index in range(max(0, first - _OPENING), min(low + _OPENING, high)):
        line = layout.lines[index]
        if layout.cues["value-doc-no"].fullmatch(layout.folded, line.start, line.end):
            return _cited(layout, "doc_no", (line.start, line.end), "document.own-number")
    return None


def _is_document(layout: Layout, stretch: Pair, headline: Headline | None) -> bool:
    """Whether the headline is a document's, or the first words say that one is issued."""
    words = layout.folded[headline.start : headline.end] if headline is not None else ""
    if words.endswith(layout.limits.title.policy_words) and layout.cues["document-title"].search(words):
        return True
    low, high = stretch
    first = layout.lines[low].start if low < high else 0
    return layout.limits.words.issued.search(layout.folded, first, first + _SAMPLE) is not None


def _signature(layout: Layout, stretch: Pair) -> _Values:
    """Who issued the document and when, as its last lines sign it, or those of the notice before what it issues."""
    low, high = stretch
    last = min(high + _BEHIND, len(layout.lines)) - 1
    for index in (*range(last, max(low, last - _CLOSING), -1), *range(low + 1, min(low + _CLOSING, last))):
        line = layout.lines[index]
        if layout.cues["value-signed"].fullmatch(layout.folded, line.start, line.end) is None:
            continue
        first = index
        while first > low and index - first < _MOST_ISSUERS and _is_issuer(layout, first - 1):
            first -= 1
        day = _cited(layout, "signed", (line.start, line.end), "document.signature")
        if first < index and day is not None:
            start, end = layout.lines[first].start, layout.lines[index - 1].end
            names = "、".join(layout.text[place.start : place.end] for place in layout.lines[first:index])
            return {"issuer": Cited(names, cite(layout.text, start, end), "document.signature"), "signed": day}
    return {}


def _is_issuer(layout: Layout, index: int) -> bool:
    """Whether the line is nothing but the name of an authority."""
    pair = layout.lines[index].start, layout.lines[index].end
    named = layout.cues["value-issuer"].fullmatch(layout.folded, *pair) is not None
    return (
        named
        and pair[1] - pair[0] <= _LONGEST_ISSUER
        and layout.cues["authority"].search(layout.folded, *pair) is not None
    )
