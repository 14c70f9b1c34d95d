"""Who said what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mingjian.core.ledger.briefing.clauses import spoken_words
from mingjian.core.ledger.briefing.frames import fill, fixed, sentence_of
from mingjian.core.ledger.briefing.material import Desk, Told, ranked
from mingjian.core.ledger.briefing.parts import Parts, published_of, source_of, words_of
from mingjian.core.ledger.briefing.settings import brief_settings
from mingjian.core.model.brief import Part, Sentence
from mingjian.core.model.ledger.rows import QuoteRow


def tell_quotes(desk: Desk, rows: Iterable[Told[QuoteRow]]) -> Iterator[Sentence]:
    """What was said in the time asked about: one sentence a speaker and page, the direct words first."""
    settings = brief_settings().clauses
    said = [told for told in rows if desk.was_told(told) and told.row.speaker.value not in settings.idle_speakers]
    heard: set[tuple[str | None, str]] = set()
    for told in sorted(ranked(said, lambda row: row.first_published), key=_worth):
        row, page = told.row, told.members[0].page
        words = _words(row)
        if not words or (row.speaker.value, page.group) in heard:
            continue
        slots = {
            "speaker": _speaker(row),
            "words": words,
            "source": words_of(row.first_source) or source_of(page),
            "date": published_of(page),
        }
        frame = "quote" if row.mode.value == "direct" else "quote_indirect"
        sentence = sentence_of(frame, row.id, slots)
        if sentence is not None:
            heard.add((row.speaker.value, page.group))
            yield sentence


def _worth(told: Told[QuoteRow]) -> tuple[bool, bool]:
    """A speaker with a post before one without, direct words before those that a page retells."""
    return told.row.title.value is None, told.row.mode.value != "direct"


def _speaker(row: QuoteRow) -> Parts:
    slots = {"affiliation": words_of(row.affiliation), "title": words_of(row.title), "name": words_of(row.speaker)}
    behind = not slots["affiliation"] and row.title.value in brief_settings().clauses.title_behind
    return fill("speaker_first" if behind else "speaker", slots) or ()


def _words(row: QuoteRow) -> Parts:
    """What was said, without what does not fit, which a mark then stands for."""
    if row.words.value is None:
        return ()
    words, cut = spoken_words(row.words.cites[0].text)
    if len(words) < brief_settings().clauses.quote_least:
        return ()
    return (Part(words, "words", row.words.cites[:1]), *((fixed("cut"),) if cut else ()))
