"""Hits of a need as lines for a terminal: each with its reasons and the words of both sides, then what lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mingjian.brief.ledgers.matched import is_faint, reason_words
from mingjian.brief.ledgers.tables import BETWEEN
from mingjian.brief.wording import ledger_label, ledger_value_label, minute_of, phrase, printable
from mingjian.core.model.matching import Hit, Matching, Reason
from mingjian.core.model.outcome import value_of

_ID = 12


def need_line(matching: Matching) -> str:
    """How the need was read: what its words name."""
    told = (phrase("match_aspect", kind=_kind_label(one.kind), label=one.label) for one in matching.need.aspects)
    return printable(phrase("match_read", aspects=BETWEEN.join(dict.fromkeys(told))))


def _kind_label(kind: str) -> str:
    return phrase(f"match_{'text' if kind == 'word' else kind}")


def match_lines(matching: Matching) -> Iterator[str]:
    """The hits as cards for a terminal: each reason with the words of the need and those of pages; then the gaps.

    Passages stand before the hits that are only alike, or over.
    """
    ranked = list(enumerate(matching.hits, 1))
    answering = [each for each in ranked if not is_faint(each[1])]
    for rank, hit in answering:
        yield from hit_lines(rank, hit)
    yield from passages_lines(matching)
    if ranked and not answering:
        yield phrase("match_only_weak")
    for rank, hit in ranked:
        if is_faint(hit):
            yield from hit_lines(rank, hit)
    yield from map(printable, gap_lines(matching))


def passages_lines(matching: Matching, new: Collection[str] = ()) -> Iterator[str]:
    """The passages under a heading that says what they are; those whose ids are ``new`` are marked."""
    if matching.passages:
        yield phrase("match_passages", count=len(matching.passages))
    for one in matching.passages:
        published = minute_of(value_of(one.published) or "")
        told = BETWEEN.join(filter(None, (value_of(one.title), value_of(one.source), published)))
        mark = phrase("match_new_mark") if one.id in new else ""
        yield printable(f"  · {one.score:5.1f}  {phrase('match_quoted', words=one.words.text)}{mark}")
        place = phrase("match_place", page=one.words.page[:_ID], start=one.words.start, end=one.words.end)
        yield printable(f"      {told}  {place}")
        yield from (f"      {printable(line)}" for line in map(_reason_line, one.reasons))


def hit_lines(rank: int, hit: Hit) -> Iterator[str]:
    """A hit as a card."""
    over = phrase("match_over", reason=ledger_value_label(hit.over)) if hit.over else ""
    weak = phrase("match_weak") if hit.weak and not hit.over else ""
    name = printable(f"{hit.name} {over}{weak}".rstrip())
    yield f"{rank:>2}. {hit.score:5.1f}  {ledger_label(hit.ledger)}  {name}  {hit.thing[:_ID]}"
    yield from (f"      {printable(line)}" for line in _told_lines(hit))


def _told_lines(hit: Hit) -> Iterator[str]:
    if hit.row.facets.issuers:
        yield phrase("match_bodies", names=BETWEEN.join(hit.row.facets.issuers))
    yield from map(_reason_line, hit.reasons)
    for cite in hit.over_cites[:1]:
        yield phrase("match_over_words", words=cite.text)
    if hit.also:
        yield phrase("match_also", names=BETWEEN.join(dict.fromkeys(one.name for one in hit.also)))


def _reason_line(reason: Reason) -> str:
    need = _quoted(span.text for span in reason.need)
    pages = _quoted(cite.text for cite in reason.cites)
    return phrase("match_line", kind=_kind_label(reason.kind), reason=reason_words(reason), need=need, pages=pages)


def _quoted(words: Iterable[str]) -> str:
    return "".join(phrase("match_quoted", words=each) for each in dict.fromkeys(words))


def gap_lines(matching: Matching) -> Iterator[str]:
    """What of the need nothing answers."""
    for gap in matching.gaps:
        if gap.region is not None:
            yield phrase("match_gap_region", region=gap.region, label=gap.label)
        else:
            yield phrase("match_gap", kind=_kind_label(gap.kind), label=gap.label)
