"""Which company acts: the one that the clause names, the subject of an earlier one, or whom 公司 or 我们 means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from mingjian.core.model.annotation import Quantity, TimeExpression
from mingjian.core.model.article import Article, Sentence
from mingjian.core.model.facts import Names, Organisation
from mingjian.core.model.span import Pair
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of
from mingjian.core.text.places import Stretches
from mingjian.core.text.sentences import sentence_at
from mingjian.core.text.titles import titles_of

LEAD_LENGTH = 16  # a clause that only leads to the next is no longer; a subject begins no later
_LONGEST_FACILITY = 3  # characters of the word for a facility
_FORM = 2  # headings of one form make it one
_SEMICOLONS = 1_200  # characters back in a sentence of parts that semicolons end
_PARAGRAPH = 4_000  # characters back in a paragraph that are read: some pages are one line
_BACK = 6  # companies named before that 公司 may mean


class Actor(NamedTuple):
    """A company where it is named, and what it is called."""

    start: int
    end: int
    name: str

    @property
    def pair(self) -> Pair:
        """The two ends."""
        return (self.start, self.end)


class Field(msgspec.Struct, frozen=True):
    """What the actions of one page are read against.

    ``called`` is the company that the page says 公司 means, ``headline`` the one that its title names,
    ``speaking`` those for which the speaker of a paragraph (which he begins: 姓名：…) works, and ``sections``
    those that the headings over a paragraph begin with.
    """

    article: Article
    found: GroupFindings
    times: Sequence[TimeExpression]
    quantities: Sequence[Quantity]
    companies: Sequence[Mention]
    organisations: Sequence[Mention]
    regions: Sequence[Mention]
    titled: Stretches
    called: Actor | None
    headline: Actor | None
    speaking: Mapping[int, Actor]
    sections: Mapping[int, Actor]


class Place(NamedTuple):
    """A match, the clauses of its sentence up to the one that holds it, those behind, and their block."""

    match: Match
    clauses: Sequence[Pair]
    behind: Sequence[Pair]
    block: int

    @property
    def clause(self) -> Pair:
        """The clause as far as the match reaches."""
        start, end = self.clauses[-1]
        return start, max(end, self.match.end)


def field_of(
    article: Article, found: GroupFindings, measured: tuple[Sequence[TimeExpression], Sequence[Quantity]],
    names: Names, title: str,
) -> Field | None:  # fmt: skip
    """What the actions of one page are read against; None where no company acts on it."""
    acting, cues = found.settings["companies"], found.cues
    companies = mentions_of(bearer for bearer in names.organisations if bearer.type in acting)
    if not found.matches:
        return None
    headline = _headline(article, found, companies, title)
    called = next((one for one in companies if cues["called"].match(article.folded, one.end)), None)
    return Field(
        article=article,
        found=found,
        times=measured[0],
        quantities=measured[1],
        companies=companies,
        organisations=mentions_of(names.organisations),
        regions=mentions_of(names.regions),
        titled=Stretches(titles_of(article)),
        called=actor_of(called) if called else None,
        headline=headline,
        speaking=dict(_speaking(article, companies, (headline, title), names)),
        sections=_sections(article, found, companies),
    )


def actor_of(mention: Mention) -> Actor:
    """The company of a mention."""
    return Actor(mention.start, mention.end, name_of(mention))


def name_of(mention: Mention) -> str:
    """What the bearer of a mention is called in full."""
    bearer = mention.bearer
    return (bearer.canonical or bearer.name) if isinstance(bearer, Organisation) else bearer.name


def _headline(article: Article, found: GroupFindings, companies: Sequence[Mention], title: str) -> Actor | None:
    """The company that the title names, if it is only one, where the body first names it so."""
    named = [one for one in companies if article.folded[one.start : one.end] in title] if title else []
    if named:
        called = {name_of(one) for one in named}
        longest = max(called, key=len)
        return next(map(actor_of, named)) if all(longest.startswith(one) for one in called) else None
    shaped = found.cues["firm-titled"].search(title)
    start = article.folded.find(shaped.group("name")) if shaped else -1
    return _printed(article, (start, start + len(shaped.group("name")))) if shaped and start >= 0 else None


def _printed(article: Article, place: Pair) -> Actor:
    """The company that only the form of its name tells."""
    return Actor(*place, article.text[slice(*place)].strip("“”「」"))


def _speaking(
    article: Article, companies: Sequence[Mention], headline: tuple[Actor | None, str], names: Names
) -> Iterator[tuple[int, Actor]]:
    """The blocks that a colon behind a name gives to a person of a company, by his post or by the page's title."""
    firms = {one.bearer.name: actor_of(one) for one in reversed(companies)}
    starts = [block.start for block in article.body]
    for person in names.people:
        firm = firms.get(person.affiliation or "") or (headline[0] if person.name in headline[1] else None)
        for start, end in person.mentions if firm else ():
            block = bisect_right(starts, start) - 1
            if firm and starts[block] == start and article.folded[end : end + 1] in (":", "："):
                yield block, firm


def _sections(article: Article, found: GroupFindings, companies: Sequence[Mention]) -> Mapping[int, Actor]:
    """The company of each block under a heading 名称：…, where all such headings but one name companies."""
    folded, cues = article.folded, found.cues
    heads = {number: cues["heads"].match(folded, one.start, one.end) for number, one in enumerate(article.body)}
    names = {number: head.span("name") for number, head in heads.items() if head}
    if len(names) < _FORM:
        return {}
    called = {folded[one.start : one.end] for one in companies}
    firms = [folded[slice(*name)] in called or bool(cues["firm"].fullmatch(folded, *name)) for name in names.values()]
    if sum(firms) < max(_FORM, len(firms) - 1):
        return {}
    return {
        block: _printed(article, names[number])
        for number, end in pairwise([*names, len(article.body)])
        for block in range(number + 1, end)
    }


def place_of(field: Field, match: Match) -> Place | None:
    """Where a match stands; None where that is in no sentence."""
    sentence = sentence_at(field.article.sentences, match.start)
    if sentence is None:
        return None
    clauses = clauses_between(field.article.folded, _begun(field.article, sentence), sentence.end)
    reached = clause_number(clauses, match.start) + 1
    return Place(match, clauses[:reached], clauses[reached:], sentence.block)


def _begun(article: Article, sentence: Sentence) -> int:
    """Where the sentence begins, with what a semicolon parts from it."""
    if article.folded[sentence.start - 1 : sentence.start] not in (";", "；"):
        return sentence.start
    start = max(article.body[sentence.block].start, sentence.start - _SEMICOLONS)
    return max(start, article.folded.rfind("。", start, sentence.start) + 1)


def actor_at(field: Field, place: Place) -> Actor | None:
    """The company that acts: named before the verb, or meant by 公司, or the subject of an earlier clause."""
    match, low = place.match, place.clauses[-1][0]
    told = match.span("actor")
    if told is not None:
        return _told(field, told)
    here = [one for one in mentions_between(field.companies, low, match.end) if one.start < match.start]
    if here:
        return _among(field, place, here)
    shaped = _shaped(field, place)
    if shaped is not None:
        return shaped
    return None if _others(field, place) else _subject(field, place)


def _others(field: Field, place: Place) -> bool:
    """Whether somebody who is no company acts: right before the verb, and not as the party it is done with."""
    folded, cues, match, low = field.article.folded, field.found.cues, place.match, place.clauses[-1][0]
    if cues["itself"].match(folded, low):
        return False
    if cues["causes"].search(folded, low, match.start):
        return True
    joined = match.rule.fields.get("together") and cues["goes-on"].match(folded, low)
    return not joined and cues["actor"].search(folded, low, match.start) is not None


def _shaped(field: Field, place: Place) -> Actor | None:
    """The subject of the clause, or whose the thing is that something is said of, if its form or the verb proves it."""
    match, low, thing = place.match, place.clauses[-1][0], place.match.span("object")
    asked = ["firm"]
    if thing is not None and thing[0] == match.start:
        asked.append("firm-owner")
    if match.rule.fields.get("proves"):
        asked.append("firm-proved")
    found = (field.found.cues[cue].fullmatch(field.article.folded, low, match.start) for cue in asked)
    shaped = next(filter(None, found), None)
    return _printed(field.article, shaped.span("name")) if shaped and _a_firm(field, shaped.span("name")) else None


def _a_firm(field: Field, name: Pair) -> bool:
    """Whether nothing else is named there: no other organisation, no place with the word for a trade, no facility."""
    joined = field.found.cues["facility"].search(field.article.folded, name[0], name[1] + _LONGEST_FACILITY)
    if joined is not None and joined.end() > name[1]:
        return False
    words = field.article.folded[slice(*name)]
    place = next(iter(mentions_between(field.regions, *name)), None)
    trade = (
        place is not None and place.start == name[0] and not words.endswith(tuple(field.found.settings["of_places"]))
    )
    return not trade and not mentions_between(field.organisations, *name)


def _told(field: Field, told: Pair) -> Actor | None:
    """The company that the match itself calls the actor: known, or of the form of one, of a plant or of a list."""
    known = mentions_between(field.companies, *told)
    if known:
        return actor_of(known[0])
    cues, folded = field.found.cues, field.article.folded
    if any(cues[cue].fullmatch(folded, *told) for cue in ("plant", "firms-listed")):
        return _printed(field.article, told)
    shaped = cues["firm"].fullmatch(folded, *told)
    return _printed(field.article, shaped.span("name")) if shaped and _a_firm(field, shaped.span("name")) else None


def _among(field: Field, place: Place, here: Sequence[Mention]) -> Actor | None:
    """The company that acts, of those that the clause names before the verb."""
    folded, cues, match = field.article.folded, field.found.cues, place.match
    low, together = place.clauses[-1][0], match.rule.fields.get("together")
    agent = next((one for one in here if cues["agent"].search(folded, low, one.start)), None)
    if agent is None and cues["itself"].match(folded, low):
        return _subject(field, place) or (actor_of(here[0]) if together else None)
    first = agent or here[0]
    if not cues["object"].search(folded, low, first.start):
        return actor_of(first) if first.end <= match.start else None
    if agent is None and together:
        return _subject(field, place) or actor_of(first)
    if cues["causes"].search(folded, low, first.start):
        return None
    return _shaped(field, place) or _subject(field, place)


def _subject(field: Field, place: Place) -> Actor | None:
    """The subject of the nearest earlier clause that begins with a company, or the one that 公司 or 我们 means."""
    folded, cues, clauses = field.article.folded, field.found.cues, place.clauses
    itself = cues["itself"].match(folded, clauses[-1][0])
    for clause in () if itself and _only(field) else reversed(clauses[:-1]):
        subject = _beginning(field, place.block, clause)
        if subject is not None:
            return subject
        if _ended(field, clause):
            if not itself:
                return None
            break
    starts = {clauses[0][0], *(low for low, _ in clauses[-2:])}
    if any(cues["itself"].match(folded, low) for low in starts):
        return _meant(field, place.block, clauses[0][0])
    return _unsaid(field, place)


def _beginning(field: Field, block: int, clause: Pair) -> Actor | None:
    """The company that a clause begins with: named, meant by 公司, or told by the form of its name alone."""
    folded, cues, (low, high) = field.article.folded, field.found.cues, clause
    first = _leading(field, clause)
    if first and not any(cues[cue].search(folded, low, first.start) for cue in ("object", "causes")):
        return actor_of(first)
    if cues["itself"].match(folded, low):
        return _meant(field, block, low)
    shaped = None if first else cues["firm-first"].match(folded, low, high)
    named = shaped is not None and _a_firm(field, shaped.span("name"))
    return _printed(field.article, shaped.span("name")) if shaped and named else None


def _ended(field: Field, clause: Pair) -> bool:
    """Whether a clause that begins with no company has a subject, so that none before it is meant."""
    folded, cues, (low, high) = field.article.folded, field.found.cues, clause
    if _leading(field, clause):
        return cues["goes-on"].match(folded, low) is None
    return cues["itself"].match(folded, low) is not None or cues["actor"].search(folded, low, high) is not None


def _leading(field: Field, clause: Pair) -> Mention | None:
    """The company that a clause names near its beginning."""
    first = next(iter(mentions_between(field.companies, *clause)), None)
    return first if first and first.start - clause[0] <= LEAD_LENGTH else None


def _only(field: Field) -> Actor | None:
    """The company that the page is about, where it says which."""
    return field.called or field.headline


def _meant(field: Field, block: int, start: int) -> Actor | None:
    """The company that 公司 means from there on."""
    if field.called is not None:
        return field.called if field.called.start < start else None
    only = field.sections.get(block) or field.headline
    if only is not None:
        return only
    earlier = bisect_left(field.companies, (start,))
    meant = reversed(field.companies[max(0, earlier - _BACK) : earlier])
    object_ = field.found.cues["object"]
    folded = field.article.folded
    named = (one for one in meant if not object_.search(folded, max(0, one.start - 8), one.start))
    known = next((actor_of(one) for one in named), None)
    near = known is not None and known.start >= field.article.body[block].start
    return known if near else _shaped_before(field, block, start) or known


def _shaped_before(field: Field, block: int, start: int) -> Actor | None:
    """The last company of the paragraph before there that only the form of its name tells."""
    cue = field.found.cues["firm-named"]
    every = cue.finditer(field.article.folded, max(field.article.body[block].start, start - _PARAGRAPH), start)
    spans = [one.span("name") for one in every if _a_firm(field, one.span("name"))]
    return _printed(field.article, spans[-1]) if spans else None


def _unsaid(field: Field, place: Place) -> Actor | None:
    """Who acts where no clause says it: the speaker's company in an answer, or the company that the page is about."""
    low, start = place.clauses[-1][0], place.match.start
    speaker = field.speaking.get(place.block)
    if speaker is not None:
        ours = low == start or field.found.cues["ours"].fullmatch(field.article.folded, low, start)
        return speaker if ours else None
    carried = _carried(field, place)
    if carried is not None:
        return carried
    named = mentions_between(field.organisations, place.clauses[0][0], start)
    about = field.sections.get(place.block) or field.headline
    return about if place.match.rule.fields.get("own") and not named else None


def _carried(field: Field, place: Place) -> Actor | None:
    """The one company that begins a clause earlier in the paragraph, where the sentence speaks of it or its product."""
    folded, cues, first = field.article.folded, field.found.cues, place.clauses[0][0]
    if cues["carried"].match(folded, first) is None:
        return None
    if place.block in field.sections:
        return field.sections[place.block]
    start = max(field.article.body[place.block].start, first - _PARAGRAPH)
    before = [
        one for low, high in clauses_between(folded, start, first)
        for one in mentions_between(field.companies, low, high)[:1]
        if one.start - low <= LEAD_LENGTH and not cues["object"].search(folded, low, one.start)
    ]  # fmt: skip
    return actor_of(before[-1]) if len({name_of(one) for one in before}) == 1 else None
