"""Why a record holds a fact: its words, its rules asked again, and the reasons for its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from mingjian.core.model.explanation import Explanation, Passage, Reason, RuleNamed
from mingjian.core.model.facts import Fact
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.explaining.parts import absent_of, marks_of, parts_of, unused_in, words_of
from mingjian.core.pipeline.explaining.reasons import (
    dates_of,
    found_again,
    readers_of,
    reasons_of,
    rule_named,
    support_of,
)
from mingjian.core.pipeline.explaining.rows import entries_of, rows_for
from mingjian.core.pipeline.explaining.source import Source, called, page_with_words, source_of
from mingjian.core.pipeline.identity import fact_kinds, record_id_of
from mingjian.core.pipeline.recognition import engine_of
from mingjian.core.rulebook import Entry, Rule, Rulebook
from mingjian.errors import RecordError

__all__ = ["called", "explain", "explain_all", "page_with_words"]


def explain(record: Record, page: Page, fact_id: str, book: Rulebook) -> Explanation:
    """Why the record holds the fact of this id.

    Raises ``RecordError`` where it holds none of this id, ``EvidenceError`` where the page has another text than the
    one that the record was made of.
    """
    for kind, facts in fact_kinds(record).items():
        for fact in facts:
            if fact.id == fact_id:
                return _explanation(fact, kind, source_of(record, page, book))
    raise RecordError(f"the record {record.id} has no fact of the id {fact_id!r}")


def explain_all(record: Record, page: Page, book: Rulebook) -> dict[str, Explanation]:
    """The explanation of every fact of the record by its id; raises what ``explain`` raises."""
    source = source_of(record, page, book)
    facts = ((kind, fact) for kind, facts in fact_kinds(record).items() for fact in facts)
    return {fact.id: _explanation(fact, kind, source) for kind, fact in facts}


def _explanation(fact: Fact, kind: str, source: Source) -> Explanation:
    rule = source.book.called(fact.by)
    named = (words for entry in entries_of(fact, source) for words in _said_by(entry))
    parts = parts_of(fact, source, rule if isinstance(rule, Rule) else None, named)
    reasons, silences = reasons_of(fact, kind, source)
    dates, support = dates_of(fact, source), support_of(fact, source)
    made = rule_named(source.book, fact.by, found_again(fact, source))
    passage = _passage(fact, source)
    words = [each for part in parts for each in part.words]
    record = source.record
    return Explanation(
        id=fact.id,
        kind=kind,
        record=record.id,
        page=record.page.path or record.page.url or source.page.doc_id,
        same_rules=_made_by(record, source.book),
        passage=passage,
        evidence=words_of(source, fact.evidence, fact.id),
        parts=parts,
        absent=absent_of(fact),
        rules=_once(chain([made], readers_of([*words, *support], source, fact.id), _speaking(reasons, source))),
        dates=dates,
        reasons=reasons,
        silences=silences,
        rows=rows_for(fact, source),
        support=support,
        unused=unused_in(source, passage, [each.pair for each in (*words, *support)], fact.id),
    )


def _said_by(entry: Entry) -> Iterator[str]:
    """What a row says: its id, alone and behind its lexicon, its name, and its other cells."""
    yield from (entry.id, f"{entry.lexicon}:{entry.id}", f"{entry.home}:{entry.id}", entry.name)
    yield from entry.fields.values()


def _speaking(reasons: Iterable[Reason], source: Source) -> Iterator[RuleNamed]:
    """The rules and cues of the reasons, which say there what they find."""
    return (rule_named(source.book, reason.by) for reason in reasons)


def _once(rules: Iterable[RuleNamed]) -> tuple[RuleNamed, ...]:
    """Each rule once, as it comes first."""
    every: dict[str, RuleNamed] = {}
    for rule in rules:
        every.setdefault(rule.id, rule)
    return tuple(every.values())


def _passage(fact: Fact, source: Source) -> Passage:
    """The sentences of the evidence, and its marks."""
    low, high = source.to_page(source.sentences_of(source.at(fact.evidence.pair)))
    return Passage(source.page.text[low:high], low, high, marks_of(fact, low, high))


def _made_by(record: Record, book: Rulebook) -> bool:
    """Whether these rules made the record, with the engines whose names it holds."""
    engines = {engine for facts in fact_kinds(record).values() for fact in facts if (engine := engine_of(fact.by))}
    return record.id in (
        record_id_of(record.page.sha256, book, tuple(sorted(engines))),
        record_id_of(record.page.sha256, book),
    )
