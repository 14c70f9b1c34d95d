"""One pass of every rule and every lexicon over the body."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.rulebook import Rulebook
from mingjian.core.rulebook.nouns import Entry
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings, group_of
from mingjian.core.text.lexicon_matching import FamilyScanner, LexiconHit, LexiconScanner
from mingjian.core.text.matching import Match, Scanner


class Findings(msgspec.Struct, frozen=True):
    """What the rules and lexicons found in the body, in page order: by rule group, and by family of lexicons.

    ``gazetteer`` are the regions by code and ``bodies`` the state bodies by entity, for names that mean one of them.
    """

    rules: Mapping[str, GroupFindings]
    lexicons: Mapping[str, list[LexiconHit]]
    gazetteer: Mapping[str, Entry]
    bodies: Mapping[str, Entry]
    _book: Rulebook

    def regions_in(self, words: str) -> list[LexiconHit]:
        """The regions in a few words that are not the body's, also inside other names: 浙江 in 浙江日报."""
        return _regions(self._book).scan(fold(words))


def find_all(article: Article, book: Rulebook) -> Findings:
    """Every match of the body's rule groups and every hit of the lexicon families; a rule sees one block at a time."""
    scanner, families, blank = _scanners(book)
    gazetteer, bodies = _entries(book)
    folded = article.folded
    rules: dict[str, list[Match]] = {group: [] for group in blank}
    lexicons: dict[str, list[LexiconHit]] = {family: [] for family in book.tables["scanning"]["families"]}
    blocks = [(block.start, block.end) for block in article.body]
    for match in scanner.scan_pieces(folded, blocks):
        rules[match.rule.group].append(match)
    lexicons |= families.found_in_pieces(folded, blocks)
    groups = {name: _filled(group, rules[name]) for name, group in blank.items()}
    return Findings(groups, lexicons, gazetteer, bodies, book)


def find_in_title(title: Outcome[str], book: Rulebook) -> dict[str, list[LexiconHit]]:
    """The hits of every lexicon family in the headline, counted from its first character."""
    _, families, _ = _scanners(book)
    return families.scan(fold(title.evidence.text) if isinstance(title, Cited) else "")


def _filled(blank: GroupFindings, matches: list[Match]) -> GroupFindings:
    return GroupFindings(tuple(matches), blank.cues, blank.settings, blank.lexicons) if matches else blank


@lru_cache(maxsize=4)
def _regions(book: Rulebook) -> LexiconScanner:
    return LexiconScanner([book.lexicon("regions")])


@lru_cache(maxsize=4)
def _entries(book: Rulebook) -> tuple[Mapping[str, Entry], Mapping[str, Entry]]:
    """The regions by code, former ones last, and the state bodies by entity."""
    former = {entry.fields["code"]: entry for entry in book.lexicon("former_regions").entries if entry.fields["code"]}
    shared = {
        code: entry for entry in book.lexicon("shared_place_names").entries for code in entry.fields["codes"].split("|")
    }
    regions = {entry.id: entry for entry in book.lexicon("regions").entries}
    bodies = {f"state_bodies:{entry.id}": entry for entry in book.lexicon("state_bodies").entries}
    return former | shared | regions, bodies


@lru_cache(maxsize=4)
def _scanners(book: Rulebook) -> tuple[Scanner, FamilyScanner, dict[str, GroupFindings]]:
    scanning = book.tables["scanning"]
    hiding = scanning["hiding"]
    rules = [rule for group in scanning["body_groups"] for rule in book.group(group)]
    families = {
        family: [book.lexicon(name) for name in (*names, hiding)] for family, names in scanning["families"].items()
    }
    blank = {group: group_of(book, group) for group in (*scanning["body_groups"], *scanning["asked_groups"])}
    return Scanner(rules), FamilyScanner(families, hiding=hiding), blank
