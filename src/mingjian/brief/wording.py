"""How values are worded for people, in Chinese, from ``rules/labels.zh.toml``."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from mingjian.core.ledger.places import name_of_place
from mingjian.core.model.annotation import DateValue
from mingjian.core.model.facts import Fact, Normalized, Person, Post, Relation, Statistic, Target, TimeBound
from mingjian.core.model.graph import NODE_KINDS
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.record import Damage, Record
from mingjian.core.model.relevance import TopicScore
from mingjian.core.model.resources import Fund
from mingjian.core.model.span import Span
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.normal import on_one_line
from mingjian.errors import QuestionError

NOTHING = "—"
_SHOWN_OF_DAY = {"year": 4, "month": 7, "day": 10}
_SHOWN_OF_MOMENT = {"day": 10, "minute": 16, "second": 19}
_ENDS = tuple("。！？；!?;….”’」』）)")  # forms of writing: marks with which a sentence is over
_HOME_ZONE = "+08:00"
_DAY = 10  # characters of an ISO day
_TOPIC_WORDS = 6


@cache
def labels() -> dict[str, Any]:
    """All of ``labels.zh.toml``."""
    return dict(bundled_rulebook().tables["labels.zh"])


@cache
def _values() -> dict[str, str]:
    event_types = bundled_rulebook().lexicon("event_types").entries
    return {**{entry.id: entry.name for entry in event_types}, **labels()["values"]}


def field_label(name: str) -> str:
    """The Chinese name of a field of the record."""
    return str(labels()["fields"].get(name, name))


def summary_in_prose(record: Record) -> str:
    """The summary's sentences one after the other; where the words of a sentence go on, that is shown."""
    words = (on_one_line(span.text) for span in record.summary)
    return "".join(each if each.endswith(_ENDS) else f"{each}……" for each in words)


def document_rows(record: Record) -> list[tuple[str, Cited[str]]]:
    """What the table above an official document states, by name; nothing where the page has none."""
    header = record.document
    values = [(name, getattr(header, name)) for name in header.__struct_fields__] if header else []
    return [(name, value) for name, value in values if isinstance(value, Cited)]


def topic_rows(record: Record) -> list[tuple[str, str, TopicScore]]:
    """What the page is about: for each topic its label, the answer with its score and heaviest words, and the score."""
    scores = [(name, getattr(record.relevance, name)) for name in record.relevance.__struct_fields__]
    return [(phrase(f"topic_{name}"), _worded_topic(score), score) for name, score in scores]


def _worded_topic(topic: TopicScore) -> str:
    """Yes or no, the score, and the words that say most, with how often they stand there."""
    counts: dict[str, int] = {}
    for word in topic.words:
        text = on_one_line(word.evidence.text)
        counts[text] = counts.get(text, 0) + 1 + len(word.evidence.also)
    shown = [phrase("topic_word", word=text, count=count) for text, count in list(counts.items())[:_TOPIC_WORDS]]
    words = phrase("topic_words", words="、".join(shown)) if shown else ""
    return phrase("topic", answer=worded(topic.relevant), score=topic.score, words=words)


@cache
def _class_names() -> dict[str, str]:
    """The divisions of industries and the strategic emerging industries by their codes."""
    book = bundled_rulebook()
    divisions = {entry.id: entry for entry in book.lexicon("gbt4754").entries if entry.fields["level"] == "division"}
    named = {code: f"{code} {entry.name}" for code, entry in divisions.items()}
    return named | {entry.id: entry.name for entry in book.lexicon("emerging_industries").entries}


def column_label(name: str, kind: str = "") -> str:
    """The Chinese name of a part of a fact, which some kinds of facts call otherwise."""
    columns = labels()["columns"]
    return str(columns.get(f"{kind}.{name}") or columns.get(name, name))


def field_beside(label: str) -> str:
    """The field of the record that says the same as a field which the page carries; empty where none does."""
    return next((name for name, labels in labels()["carried"].items() if label in labels), "")


def group_label(name: str) -> str:
    """The Chinese name of a group of kinds of facts."""
    return str(labels()["groups"].get(name, name))


def graph_label(name: str) -> str:
    """The Chinese name of a kind of nodes or of a relation."""
    return str(labels()["graph"].get(name, name))


def node_kind_called(words: str) -> str:
    """The kind of nodes, in code or as labels call it; raises ``QuestionError`` for none."""
    found = next((kind for kind in NODE_KINDS if words in (kind, graph_label(kind))), None)
    if found is None:
        raise QuestionError(words, "is no kind of thing", f"give one of {', '.join(NODE_KINDS)}")
    return found


def ledger_label(name: str) -> str:
    """The Chinese name of a ledger."""
    return str(labels()["ledger"]["names"].get(name, name))


def ledger_column_label(name: str, ledger: str = "") -> str:
    """The Chinese name of a column, which some ledgers call otherwise."""
    columns = labels()["ledger"]["columns"]
    return str(columns.get(f"{ledger}.{name}") or columns.get(name, name))


def ledger_shown(name: str) -> tuple[str, ...]:
    """The columns of a ledger that a terminal shows, the most telling first."""
    return tuple(labels()["ledger"]["shown"].get(name, ()))


def backward_form(relation: str) -> str:
    """How a relation reads from the end that it leads to, ``{name}`` for the other end; empty for most."""
    return str(labels()["ledger"]["backward"].get(relation, ""))


def ledger_value_label(slug: str) -> str:
    """The Chinese name of a coded value of a ledger; what is no code stays as it is."""
    known = labels()["ledger"]["values"].get(slug) or _values().get(slug) or labels()["graph"].get(slug)
    return str(known or slug)


def coded_label(column: str, code: str) -> str:
    """What a code is called that a column of this name holds: a place, technology, section of industries or unit."""
    match column:
        case "regions":
            return name_of_place(code)
        case "technologies" | "industries":
            return _names_of(column).get(code, code)
        case _:
            return str(labels()["units"].get(code, code)).strip() or str(labels()["ledger"]["units"].get(code, ""))


@cache
def _names_of(column: str) -> dict[str, str]:
    lexicon = "technologies" if column == "technologies" else "gbt4754"
    return {entry.id: entry.name for entry in bundled_rulebook().lexicon(lexicon).entries}


def ledger_missing_label(reason: str) -> str:
    """Why a cell of a ledger has no value, in words."""
    return str(labels()["ledger"]["missing"].get(reason) or missing_label(reason))


def basis_meaning(basis: str) -> str:
    """What the basis of a date means, in words; empty where no label fits.

    >>> basis_meaning("explicit")
    '原文写明'
    """
    for pattern, says in _bases():
        found = pattern.fullmatch(basis)
        if found is not None:
            words = {name: labels()["basis_words"].get(word, word) for name, word in found.groupdict().items()}
            return str(says.format(**words))
    return ""


@cache
def _bases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["is"], re.DOTALL), row["says"]) for row in labels()["basis"])


def layer_label(name: str) -> str:
    """The Chinese name of a layer of the page other than its text; empty for the text itself."""
    return "" if name == "text" else str(labels()["layers"].get(name, name))


def phrase(name: str, /, **values: object) -> str:
    """A phrase of the views with these values put in."""
    return str(labels()["phrases"][name]).format(**values)


def title_or_place(title: str | None, doc_id: str) -> str:
    """The title of a page; of one without any, that it has none and the last part of where it came from.

    >>> title_or_place("临江市印发方案", "a/b.txt"), title_or_place(None, "../pages/017.txt")
    ('临江市印发方案', '无标题网页 017.txt')
    """
    return title or phrase("untitled", name=doc_id.rstrip("/").rpartition("/")[2] or doc_id)


def fact_columns() -> list[tuple[str, tuple[str, ...]]]:
    """The kinds of facts in the order in which people read them, each with the parts to show."""
    return [(row["kind"], tuple(row["columns"])) for row in labels()["facts"]]


def group_of_kind(kind: str) -> str:
    """The group of a kind of facts, by which views colour it."""
    return next((str(row["group"]) for row in labels()["facts"] if row["kind"] == kind), "record")


def missing_label(reason: str) -> str:
    """Why a value is missing, in words."""
    return str(labels()["missing"].get(reason, reason))


def cell(fact: Fact, column: str) -> str:
    """What a column of ``fact_columns`` shows of the fact; empty where the fact has nothing there."""
    match column:
        case "what":
            return " ".join(part for part in (getattr(fact, "subject", None), getattr(fact, "metric", None)) if part)
        case "figure":
            return _figure(fact)
        case "posts":
            return _posts(fact)
        case "division" | "emerging":
            code = getattr(fact, column)
            return _class_names().get(code, code) if code else ""
        case _:
            value = getattr(fact, column)
            shown = "" if value in (None, (), "") else worded(value)
            return "" if shown == NOTHING else shown


def _posts(fact: Fact) -> str:
    """All posts of a person with what is told of them; empty where title and affiliation say it all."""
    posts = fact.posts if isinstance(fact, Person) else ()
    if len(posts) < 2 and not any(post.status or post.date for post in posts):
        return ""
    return "；".join(map(_post, posts))


def _post(post: Post) -> str:
    told = " ".join(worded(value) for value in (post.status, post.date) if value)
    words = on_one_line(f"{post.affiliation or ''}{post.title or ''}")
    return phrase("told", words=words, told=told) if told else words


def _figure(fact: Fact) -> str:
    """Comparator, value and unit as one; of a target without a number that it is qualitative."""
    if isinstance(fact, Fund):
        return "" if fact.amount is None else f"{worded(fact.amount)}{fact.unit or ''}"
    if not isinstance(fact, Target | Statistic):
        return ""
    if fact.value is None:
        return phrase("qualitative") if isinstance(fact, Target) else ""
    upper = "" if fact.value_max is None else f"–{worded(fact.value_max)}"
    before = labels()["comparators"].get(fact.comparator or "", "")
    return f"{before}{worded(fact.value)}{upper}{fact.unit or ''}"


def worded(value: object) -> str:
    """One value as people read it; what is not there is a dash.

    >>> worded(None), worded(Decimal("3E+2")), worded(("甲", "乙"))
    ('—', '300', '甲、乙')
    """
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return _values()["true" if value else "false"]
        case str():
            return _values().get(value, value)
        case Decimal():
            return f"{value:,f}"
        case tuple():
            return "、".join(worded(item) for item in value)
        case _:
            return _worded_struct(value)


def minute_of(time: str) -> str:
    """A time (ISO 8601) as people read it: to the minute, by the clock of this machine; a day, or what is none, stays.

    >>> minute_of("2026-03-05T09:08:07"), minute_of("2026-03-05"), minute_of("spring")
    ('2026-03-05 09:08', '2026-03-05', 'spring')
    """
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return time
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if len(time) > _DAY else time


def printable(text: str) -> str:
    r"""The text on one line without control characters, which could command a terminal.

    >>> printable("a\nb\x1b[31m")
    'a\\nb\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else c.encode("unicode_escape").decode() for c in text)


def _worded_struct(value: object) -> str:
    match value:
        case DateValue():
            return _worded_date(value)
        case Normalized():
            return _worded_amount(value)
        case Relation():
            return f"{worded(value.type)}《{value.target}》"
        case Damage(kind, count):
            return phrase("damage", kind=labels()["damage"].get(kind, kind), count=count)
        case _:
            return _worded_by_words(value)


def _worded_amount(amount: Normalized) -> str:
    """The number in the largest step that it reaches, and its unit: 1.8E FLOPS, 30亿元."""
    steps = labels()["steps"].get(amount.unit, labels()["steps"]["other"])
    power, sign = next((step for step in steps if abs(amount.value) >= Decimal(10) ** step[0]), (0, ""))
    upper = "" if amount.value_max is None else f"–{_scaled(amount.value_max, power)}"
    return f"{_scaled(amount.value, power)}{upper}{sign}{labels()['units'].get(amount.unit, f' {amount.unit}')}"


def _scaled(number: Decimal, power: int) -> str:
    shown = f"{number.scaleb(-power):,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _worded_by_words(value: object) -> str:
    match value:
        case Span():
            return on_one_line(value.text)
        case Cited(inner, _):
            return _worded_moment(str(inner), value.precision)
        case Missing(reason):
            return phrase("missing", reason=missing_label(reason))
        case TimeBound():
            return value.end or value.text
        case msgspec.Struct():
            return _worded_fields(value)
        case _:
            return str(value)


def _worded_fields(value: msgspec.Struct) -> str:
    """What a value of several fields says, without the spans that it says it by."""
    said = (getattr(value, name) for name in value.__struct_fields__)
    return " ".join(worded(part) for part in said if part not in (None, (), "") and not isinstance(part, Span))


def _worded_moment(value: str, precision: str | None) -> str:
    """A moment without what its precision does not vouch for, and without the zone that all pages share."""
    if precision not in _SHOWN_OF_MOMENT:
        return value
    shown = value[: _SHOWN_OF_MOMENT[precision]].replace("T", " ")
    return shown if value.endswith(_HOME_ZONE) or "T" not in value else f"{shown} {value[-6:]}"


def _worded_date(date: DateValue) -> str:
    """The day, month or year where the date is one; else its bounds, or its words where it has none."""
    start, end = date.start, date.end
    if not start and not end:
        return date.text or NOTHING
    if start and end:
        if date.precision in _SHOWN_OF_DAY:
            return start[: _SHOWN_OF_DAY[date.precision]]
        return start if start == end else phrase("interval", start=start, end=end)
    return phrase("since", start=start) if start else phrase("until", end=end)
