"""What an event is called, everywhere: words of its page, joined so that they say who did what, or its headline.

Nothing is added that the page does not say: who acts and what it is about are put to the clause as they are printed,
and what frames the clause (記者…獲悉, 在…上, 而且) or stands aside in brackets is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from typing import NamedTuple

from mingjian.core.link.things.settings import thing_cues, thing_settings
from mingjian.core.model.facts import Event
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.text.folding import fold
from mingjian.core.text.normal import on_one_line

_NAMED = 3  # of those who act
_BETWEEN, _APART = "、", "："
_SHORT = 4  # characters of a trigger that says no more than that something was done
_BESIDE = 2  # characters beside its title and trigger from which a clause says what became of a document


class Titled(NamedTuple):
    """What an event is called, and which parts beside its evidence the words are from: ``headline`` is the page's."""

    words: str
    parts: tuple[str, ...] = ()
    headline: bool = False


class Naming(NamedTuple):
    """What the page says beside the clause: its headline, full titles and issuers of what is done with a document.

    ``called`` gives names their full form; ``places`` are names of places, which may stand for their governments.
    """

    headline: Outcome[str]
    titles: Sequence[str] = ()
    issuers: Sequence[str] = ()
    called: Callable[[str], str] = str
    places: Container[str] = ()


def event_title(event: Event, naming: Naming) -> Titled:
    """Who did what, and to what.

    The clause, with who acts before it and what it is about behind it where those stand apart from it; of a document
    who issued it, what was done with it and its full title. Where the page says neither, or only that something was
    announced, it is the headline of the page.
    """
    headline = naming.headline
    if not naming.titles and says_little(event) and isinstance(headline, Cited) and headline.value.strip():
        return Titled(on_one_line(headline.value), headline=True)
    if naming.titles:
        return _of_document(event, naming)
    words, parts = _clause(event), list[str]()
    if event.actors and not any(_stands_in(event, "actors", name) for name in event.actors):
        words, parts = f"{_who(event, event.actors)}{_joint(event, words)}{words}", ["actors"]
    if event.object and not _stands_in(event, "object", event.object):
        words, parts = f"{words}{_APART}{event.object}", [*parts, "object"]
    return Titled(words, tuple(parts))


def says_little(event: Event) -> bool:
    """Whether the clause says hardly anything beside its date and who acts, or points at what it does not name."""
    settings = thing_settings().events
    if event.object is not None or event.recipients:
        return False
    if thing_cues()["points-at"].search(fold(event.title)) is not None:
        return True
    if event.actors and event.type not in settings.reporting:
        return False
    said = sum(1 for sign in _rest(event) if sign.isalnum())
    return said + max(0, len(event.trigger_span.text) - _SHORT) < settings.saying


def _of_document(event: Event, naming: Naming) -> Titled:
    """Who does what with which document; its clause where that says who it is by a common word alone (会议审议通过)."""
    titles = "".join(f"《{title}》" for title in naming.titles)
    done = f"{event.trigger_span.text}{titles}"
    who = tuple(dict.fromkeys(map(naming.called, event.actors)))
    by_issuer = naming.issuers and event.type in thing_settings().events.by_issuer
    if by_issuer and all(name in naming.places for name in event.actors):
        return Titled(f"{_who(None, naming.issuers)}{done}", ("object",))
    if who:
        return Titled(f"{_who(event, who)}{done}", ("actors", "object"))
    clause = _clause(event)
    rest = clause.replace(event.trigger_span.text, "").replace(titles, "").strip("《》")
    tells = all(title in clause for title in naming.titles) and sum(map(str.isalnum, rest)) >= _BESIDE
    return Titled(clause, ()) if tells else Titled(done, ("object",))


def _who(event: Event | None, names: Sequence[str]) -> str:
    """Those who act, the first of many, and how the clause counts the others: 等七部门."""
    settings = thing_settings().events
    others = _others(event) if event is not None else ""
    many = others or (settings.others if len(names) > _NAMED else "")
    return f"{_BETWEEN.join(names[:_NAMED])}{many}"


def _others(event: Event) -> str:
    """What of the clause counts those of whom only some are named, right behind the last who is."""
    text, low = event.evidence.text, event.evidence.start
    ends = [end - low for _, end in event.parts.get("actors", ()) if 0 < end - low <= len(text)]
    found = thing_cues()["and-others"].match(fold(text), max(ends)) if ends else None
    return text[found.start() : found.end()] if found is not None else ""


def _joint(event: Event, clause: str) -> str:
    """A clause that begins with what is done follows who does it at once."""
    return "" if clause.startswith(event.trigger_span.text) else _APART


def _clause(event: Event) -> str:
    """The clause without what leads to it, what frames it, and what stands aside in brackets.

    Of 在…举办的…大会上 and 记者从…获悉 it is who holds what.
    """
    words = on_one_line(event.title)
    words = _held(event, words) or words
    return _without_asides(words[_end_of("leads-in", words) :]).strip() or event.title


def _held(event: Event, words: str) -> str | None:
    """Who holds what, of a clause that only says where something was told or learnt."""
    settings, done = thing_settings().events, event.trigger_span.text
    if event.type not in settings.gatherings or not event.object or thing_cues()["framed"].search(fold(words)) is None:
        return None
    before, told, _ = words.partition(event.object)
    head, done, between = before.rpartition(done)
    if not told or not done or fold(between) not in settings.between_held:
        return None
    return f"{head[_end_of('frame', head) :]}{done}{told}"


def _end_of(cue: str, words: str) -> int:
    """Where the words end that the cue finds at the beginning: 0 where it finds none."""
    found = thing_cues()[cue].match(fold(words))
    return found.end() if found is not None else 0


def _without_asides(words: str) -> str:
    folded, kept, last = fold(words), list[str](), 0
    for found in thing_cues()["short-for"].finditer(folded):
        kept.append(words[last : found.start()])
        last = found.end()
    return "".join((*kept, words[last:]))


def _stands_in(event: Event, part: str, name: str) -> bool:
    """Whether the clause says it: by this name, or by the words that the part was read from."""
    extents = (event.evidence.pair, *event.evidence.also)
    pairs = event.parts.get(part, ())
    return name in event.title or any(low <= start < end <= high for start, end in pairs for low, high in extents)


def _rest(event: Event) -> str:
    """The clause without its trigger, its date and who acts."""
    rest = event.title
    for words in sorted(_named(event), key=len, reverse=True):
        rest = rest.replace(words, "")
    return rest


def _named(event: Event) -> Iterator[str]:
    yield from filter(None, (event.trigger_span.text, *event.actors))
    if event.date_span is not None:
        yield event.date_span.text
