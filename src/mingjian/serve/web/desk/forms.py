"""What the forms of the desk send, as the desk takes it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mingjian.core.model.outcome import value_of
from mingjian.core.model.review import PartChange
from mingjian.core.model.span import Pair
from mingjian.core.review.parts import place_of_words, typed_changes
from mingjian.core.text.normal import on_one_line
from mingjian.corpus.desk.desk import ReviewedPage
from mingjian.errors import ReviewError

Form = Mapping[str, str]
_MOST = 50  # changes of one correction
_DIGITS = 9


def changes_of(form: Form, kind: str, told: ReviewedPage) -> tuple[PartChange, ...]:
    """The changes that wait and the one that the form makes; a part that is changed again is changed by the last.

    ``part`` names the part, ``start`` and ``end`` (code points) or ``words`` the words that say it, ``value-PART`` the
    value where words alone do not, and ``drop`` takes it away. Raises ``ReviewError`` for what cannot be meant.
    """
    new = _new_changes(form, kind, told)
    if not new:
        return waiting_changes(form)
    named = {change.part for change in new}
    return (*(change for change in waiting_changes(form) if change.part not in named), *new)


def waiting_changes(form: Form) -> tuple[PartChange, ...]:
    """The changes that were made before and wait to be kept."""
    sent = form.get("changes", "") or "[]"
    try:
        found = msgspec.json.decode(sent, type=tuple[PartChange, ...])
    except (msgspec.DecodeError, UnicodeError):
        raise ReviewError("changes", "cannot be read", "begin the correction anew") from None
    return found[:_MOST]


def _new_changes(form: Form, kind: str, told: ReviewedPage) -> tuple[PartChange, ...]:
    part = form.get("part", "")
    if not part:
        return ()
    spans = _spans(form, part, told.text)
    typed = form.get(f"value-{part}", "").strip()
    if form.get("drop") == part:
        return (PartChange(part),)
    if typed:
        published = value_of(told.reviewed.record.published)
        return typed_changes(kind, part, typed, spans, published)
    return (PartChange(part, spans),) if spans else ()


def _spans(form: Form, part: str, text: str) -> tuple[Pair, ...]:
    """The words that are meant, by their places, else by what they are."""
    words, ends = form.get("words", ""), (form.get("start", "").strip(), form.get("end", "").strip())
    if not any(ends):
        return (place_of_words(text, part, words),) if words.strip() else ()
    if not all(end.isascii() and end.isdigit() and len(end) <= _DIGITS for end in ends):
        raise ReviewError(part, "the places of the words are no numbers", "select the words again")
    start, end = map(int, ends)
    if words and on_one_line(text[start:end]) != on_one_line(words):
        raise ReviewError(part, "the words do not stand there", "select them again", "not-there")
    return ((start, end),)
