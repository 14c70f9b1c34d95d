"""A term looked up in the lexicons: the rows that name it, and what the scanner makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from mingjian.core.rulebook import Entry, Rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.lexicon_matching import FamilyScanner, LexiconHit


class NamedRow(msgspec.Struct, frozen=True):
    """A row that the term leads to, and how: by ``id``, ``name``, ``alias``, a ``retired`` name, or ``inside`` one."""

    match: str
    entry: Entry


class Verdict(msgspec.Struct, frozen=True):
    """What the scanner makes of the term in one family of lexicons.

    ``kind`` is ``hit`` (the term is a name), ``weak`` (a name that counts only beside others), ``ambiguous`` (a name of
    several rows, of which the first counts), ``hidden`` (a phrase that is no name), ``longest`` (no name, but holds
    ``hits``, of overlapping ones the longest) or ``nothing``.
    """

    family: str
    kind: str
    hits: tuple[LexiconHit, ...]


def rows_of(book: Rulebook, term: str) -> list[NamedRow]:
    """The rows that the term leads to, in either script: those that are called so first, then names that hold it."""
    folded = fold(term)
    named: list[NamedRow] = []
    inside: list[NamedRow] = []
    for lexicon in book.lexicons.values():
        for entry in () if lexicon.like else lexicon.entries:
            match = _match(entry, term, folded)
            if match:
                (inside if match == "inside" else named).append(NamedRow(match, entry))
    return named + inside


def _match(entry: Entry, term: str, folded: str) -> str:
    """How the term leads to the row; empty where it does not."""
    if entry.id == term:
        return "id"
    joined = fold("\n".join((entry.name, *entry.aliases)))
    if folded not in joined:
        return ""
    names = joined.split("\n")
    if folded not in names:
        return "inside"
    if folded in {fold(name) for name in entry.retired}:
        return "retired"
    return "name" if names[0] == folded else "alias"


def verdicts(book: Rulebook, term: str) -> tuple[Verdict, ...]:
    """What the scanner makes of the term, family by family."""
    scanning = book.tables["scanning"]
    folded = fold(term)
    families = {
        family: [book.lexicon(name) for name in (*names, scanning["hiding"])]
        for family, names in scanning["families"].items()
    }
    found = FamilyScanner(families).scan(folded)
    return tuple([_verdict(family, folded, hits, scanning["hiding"]) for family, hits in found.items()])


def _verdict(family: str, folded: str, hits: list[LexiconHit], hiding: str) -> Verdict:
    whole = [hit for hit in hits if hit.surface == folded]
    if not hits:
        return Verdict(family, "nothing", ())
    if any(hit.entry.lexicon == hiding for hit in whole):
        return Verdict(family, "hidden", tuple(whole))
    if not whole:
        return Verdict(family, "longest", tuple(hit for hit in hits if hit.entry.lexicon != hiding) or tuple(hits))
    if sum(entry.lexicon != hiding for entry in whole[0].entries) > 1:
        return Verdict(family, "ambiguous", tuple(whole))
    weak = folded in whole[0].entry.fields.get("weak", "").split("|")
    return Verdict(family, "weak" if weak else "hit", tuple(whole))


def families_of(book: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """The families in which each lexicon is searched; lexicons that rules alone ask have none."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(book.lexicons, ())
    for family, name in _searched(book):
        found[name] = (*found.get(name, ()), family)
    for lexicon in book.lexicons.values():
        if lexicon.like:
            found[lexicon.name] = found.get(lexicon.like, ())
    return found


def _searched(book: Rulebook) -> Iterator[tuple[str, str]]:
    scanning = book.tables["scanning"]
    for family, names in scanning["families"].items():
        for name in (*names, scanning["hiding"]):
            yield family, name
