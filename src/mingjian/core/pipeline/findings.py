"""One pass of every rule and every lexicon over the body."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.rulebook import Rulebook
from mingjian.core.text.group import GroupFindings, group_of
from mingjian.core.text.lexicon_matching import LexiconHit, LexiconScanner
from mingjian.core.text.matching import Match, Scanner


class Findings(msgspec.Struct, frozen=True):
    """What the rules and lexicons found in the body, in page order: by rule group, and by family of lexicons."""

    rules: Mapping[str, GroupFindings]
    lexicons: Mapping[str, list[LexiconHit]]


def find_all(article: Article, book: Rulebook) -> Findings:
    """Every match of the body's rule groups and every hit of the lexicon families; a rule sees one block at a time."""
    scanner, families, blank = _scanners(book)
    hiding = book.tables["scanning"]["hiding"]
    rules: dict[str, list[Match]] = {group: [] for group in blank}
    lexicons: dict[str, list[LexiconHit]] = {family: [] for family in families}
    for block in article.body:
        for match in scanner.scan(article.folded, block.start, block.end):
            rules[match.rule.group].append(match)
        for family, lexicon_scanner in families.items():
            hits = lexicon_scanner.scan(article.folded, block.start, block.end)
            lexicons[family].extend(hit for hit in hits if hit.entry.lexicon != hiding)
    groups = {
        name: GroupFindings(tuple(matches), blank[name].cues, blank[name].settings) for name, matches in rules.items()
    }
    return Findings(groups, lexicons)


@lru_cache(maxsize=4)
def _scanners(book: Rulebook) -> tuple[Scanner, dict[str, LexiconScanner], dict[str, GroupFindings]]:
    scanning = book.tables["scanning"]
    rules = [rule for group in scanning["body_groups"] for rule in book.group(group)]
    families = {
        family: LexiconScanner([book.lexicon(name) for name in (*names, scanning["hiding"])])
        for family, names in scanning["families"].items()
    }
    return Scanner(rules), families, {group: group_of(book, group) for group in scanning["body_groups"]}
