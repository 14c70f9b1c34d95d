"""The named models, platforms, networks, chips and other products that a page speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from mingjian.core.model.annotation import Quantity
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Parts
from mingjian.core.model.relevance import TopicScore
from mingjian.core.model.resources import System
from mingjian.core.model.span import Pair, cite
from mingjian.core.rulebook.nouns import Entry
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of
from mingjian.core.text.places import Stretches
from mingjian.core.text.titles import titles_of

_OPEN, _CLOSE = '“「『"', '”」』"'
_LONGEST_NAME = 30  # no organisation that owns a system is named at greater length
_NEAR = 6  # numbers beside a system that are looked at
_PARAMETERS = ("parameter", "parameter-billion")
_LEAST = 1_000_000  # fewer are no number of parameters
_COMPARED = (
    400  # systems of a page, from the first, whose names are compared with that of another: a list may name thousands
)


class _Named(msgspec.Struct, frozen=True):
    """One place that names a system: what it is, the rule that says so, and the product and version that it names."""

    start: int
    end: int
    kind: str
    by: str
    entry: Entry | None = None
    version: Pair | None = None


class _Ground(msgspec.Struct, frozen=True):
    """What one system is read against: the page, who may own it, the other systems and the numbers."""

    article: Article
    found: GroupFindings
    owners: Sequence[Mention]
    named: Sequence[_Named]
    quantities: Sequence[Quantity]


def annotate_systems(
    article: Article,
    found: GroupFindings,
    hits: Sequence[LexiconHit],
    ai: TopicScore,
    organisations: Sequence[Organisation],
    quantities: Sequence[Quantity],
) -> tuple[System, ...]:
    """The named platforms, models, networks and products of the body, each once, in order of first mention.

    ``ai`` is how far the page is about artificial intelligence: elsewhere a model may be one of economics.
    """
    named = _disjoint([*_known(article.folded, found, hits), *_by_form(article, found, ai)])
    if not named:
        return ()
    ground = _Ground(article, found, mentions_of(organisations), named, quantities)
    groups: dict[tuple[str, str], list[_Named]] = {}
    for one in named:
        groups.setdefault(_key(article.folded, one, groups), []).append(one)
    return tuple(_system(ground, same) for same in groups.values())


def _known(folded: str, found: GroupFindings, hits: Sequence[LexiconHit]) -> Iterator[_Named]:
    """The products of the lexicon, with the version and the word for what they are where these are printed."""
    kinds = frozenset(found.settings["kinds"])
    for hit in hits:
        if hit.entry.fields["kind"] in kinds and (named := _product(folded, found, hit)) is not None:
            yield named


def _product(folded: str, found: GroupFindings, hit: LexiconHit) -> _Named | None:
    """The product as printed; None where its words alone are plain ones, or the name of something else."""
    fields, cues = hit.entry.fields, found.cues
    quoted = int(
        folded[hit.start - 1 : hit.end + 1] in {_quoted(hit.surface, pair) for pair in found.settings["quotes"]}
    )
    version, reached = _version(folded, cues, hit, hit.end + quoted)
    head = cues["head"].match(folded, reached)
    if head is None:
        plain = version is None and hit.surface in fields.get("bare", "").split("|")
        if plain and not _put_to_use(folded, cues, hit):
            return None
        return _Named(hit.start - quoted, reached, fields["kind"], hit.entry.by, hit.entry, version)
    if quoted and _other_kind(head.group(), found, fields["kind"]):  # “天工”机器人 is not the model of that name
        return None
    end = head.end()
    if version is None:
        version, end = _printed(cues["version"].match(folded, end), end)
    return _Named(hit.start - quoted, end, fields["kind"], hit.entry.by, hit.entry, version)


def _put_to_use(folded: str, cues: Mapping[str, re.Pattern[str]], hit: LexiconHit) -> bool:
    """Whether the words round a plain name say that it is a system which is put to use (接入DeepSeek), no firm."""
    low = max(0, hit.start - _LONGEST_NAME)
    return cues["put-to-use"].search(folded, low, hit.start) is not None and not cues["firm"].match(folded, hit.end)


def _quoted(words: str, marks: str) -> str:
    return f"{marks[0]}{words}{marks[1]}"


def _other_kind(head: str, found: GroupFindings, kind: str) -> str | None:
    """The kind that the word behind a name says, where it is not that of the product."""
    kinds: Mapping[str, str] = found.settings["head_kinds"]
    said = next((kinds[word] for word in kinds if head.endswith(word)), None)
    return said if said != kind else None


def _version(folded: str, cues: Mapping[str, re.Pattern[str]], hit: LexiconHit, after: int) -> tuple[Pair | None, int]:
    """The version behind the name, or else that in which the name itself ends, and where the words reach."""
    version, reached = _printed(cues["version"].match(folded, after), after)
    if hit.entry.fields["kind"] in ("model", "app", "agent") and (version is None or version[0] == after + 1):
        own = cues["own-version"].search(folded, hit.start, hit.end)
        if own is not None:
            version = (own.start(), version[1] if version else own.end())
    return version, reached


def _printed(match: re.Match[str] | None, otherwise: int) -> tuple[Pair | None, int]:
    return (match.span("version"), match.end()) if match else (None, otherwise)


def _by_form(article: Article, found: GroupFindings, ai: TopicScore) -> Iterator[_Named]:
    """What the rules find by the form of a name; some ask that the page speaks of artificial intelligence.

    What stands so in the title of a document (《… 全国一体化算力网 …》) is its subject, no system that the page names.
    """
    among_ai = ai.score >= found.settings["among_ai"]
    titled = Stretches(titles_of(article))
    for match in found.matches:
        start, end = match.span("name") or (match.start, match.end)
        if (among_ai or not match.rule.fields.get("among_ai")) and titled.holding(start, end) is None:
            version, end = _printed(found.cues["form-version"].match(article.folded, end), end)
            yield _Named(start, end, _kind(found, match), match.rule.id, version=version)


def _kind(found: GroupFindings, match: Match) -> str:
    """What the word before the name says that it is, or else the rule."""
    head, kinds = match.group("head"), found.settings["kind_of_head"]
    kind: str = match.rule.fields["kind"]
    return next((kinds[word] for word in kinds if head.endswith(word)), kind) if head else kind


def _disjoint(named: Sequence[_Named]) -> list[_Named]:
    """Those that remain if each place keeps the leftmost, then the longest, then a known one."""
    kept: list[_Named] = []
    for one in sorted(named, key=lambda one: (one.start, -one.end, one.entry is None)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _key(folded: str, one: _Named, groups: Mapping[tuple[str, str], object]) -> tuple[str, str]:
    """What tells two mentions of one system: its product and version, or a name that holds the other."""
    if one.entry is not None:
        return one.entry.id, folded[slice(*one.version)] if one.version else ""
    name = _core(folded[one.start : one.end])
    if ("", name) in groups:
        return "", name
    compared = islice(groups, _COMPARED)
    return next((key for key in compared if not key[0] and (name in key[1] or key[1] in name)), ("", name))


def _core(name: str) -> str:
    """The quoted part of a name that begins with one: “青岚”语音大模型 and “青岚”大模型 are the same."""
    marks = [place for place, mark in enumerate(name) if mark in _CLOSE]
    return name[: marks[0] + 1] if name[0] in _OPEN and len(marks) == 1 else name


def _system(ground: _Ground, same: Sequence[_Named]) -> System:
    article, first = ground.article, max(same, key=_fullest)
    words = cite(article.text, first.start, first.end)
    owned = next((owner for one in same if (owner := _owner(ground, one))), None)
    base = next((base for one in same if (base := _base(ground, one))), None)
    size = next((size for one in same if (size := _parameters(ground, one))), None)
    places: dict[str, Pair | None] = {
        "version": first.version,
        "owner": owned.pair if owned else None,
        "base": (base.start, base.end) if base else None,
        "parameters": size.number if size else None,
    }
    parts: Parts = {"name": tuple((one.start, one.end) for one in same)}
    return System(
        evidence=words,
        by=first.by,
        parts=parts | {name: (place,) for name, place in places.items() if place is not None},
        name=words.text,
        kind=first.kind,
        canonical=first.entry.name if first.entry else None,
        entity=first.entry.id if first.entry else None,
        version=article.text[slice(*first.version)] if first.version else None,
        owner=_name(owned) if owned else None,
        base=article.text[base.start : base.end] if base else None,
        parameters=size.normal_value if size else None,
    )


def _fullest(one: _Named) -> tuple[int, int]:
    """The order of the places that name one system by its form: the longest but for its version, then the first."""
    named = one.version[0] if one.version else one.end
    return (named - one.start if one.entry is None else 0), -one.start


def _base(ground: _Ground, one: _Named) -> _Named | None:
    """The system named before it that the words round both make what it is built on, or the one right behind it."""
    cues, folded = ground.found.cues, ground.article.folded
    number = bisect_left(ground.named, one.start, key=_start)
    before = ground.named[number - 1] if number else None
    if before is not None and before.kind == "model" and _joins(cues, folded, before, one):
        return before
    behind = ground.named[number + 1] if number + 1 < len(ground.named) else None
    if behind is not None and behind.kind == "model" and cues["base-behind"].fullmatch(folded, one.end, behind.start):
        return behind
    return None


def _joins(cues: Mapping[str, re.Pattern[str]], folded: str, before: _Named, one: _Named) -> bool:
    built = cues["built-on"].search(folded, max(0, before.start - _LONGEST_NAME), before.start)
    return built is not None and cues["base-before"].fullmatch(folded, before.end, one.start) is not None


def _parameters(ground: _Ground, one: _Named) -> Quantity | None:
    """The number of parameters told right before or right behind it."""
    cues, folded = ground.found.cues, ground.article.folded
    number = bisect_left(ground.quantities, one.start - _LONGEST_NAME, key=_start)
    for quantity in ground.quantities[number : number + _NEAR]:
        if quantity.end <= one.start:
            near = cues["parameters-before"].fullmatch(folded, quantity.number[1], one.start)
            if (near or quantity.number[1] == one.start) and quantity.unit_id in _PARAMETERS:
                return quantity
        elif quantity.start >= one.end and cues["parameters-behind"].fullmatch(folded, one.end, quantity.number[0]):
            return quantity if quantity.unit_id in (*_PARAMETERS, "") and quantity.normal_value >= _LEAST else None
    return None


def _start(one: _Named | Quantity) -> int:
    return one.start


def _owner(ground: _Ground, one: _Named) -> Mention | None:
    """The organisation that the words right before, the name itself or the words right behind give it to."""
    folded, found, owners = ground.article.folded, ground.found, ground.owners
    reach = found.settings["owner_gap"]
    before = [
        owner
        for owner in mentions_between(owners, one.start - reach - _LONGEST_NAME, one.end)
        if owner.start <= one.start
    ]
    for owner in reversed(before):
        beside = owner.end == one.start or (owner.start == one.start and owner.end < one.end)
        if beside or (owner.end < one.start and found.cues["owner-before"].fullmatch(folded, owner.end, one.start)):
            return owner
    made = found.cues["owner-behind"].match(folded, one.end)
    behind = mentions_between(owners, made.end(), made.end() + _LONGEST_NAME) if made else []
    if behind and made and behind[0].start == made.end() and found.cues["maker"].match(folded, behind[0].end):
        return behind[0]
    return None


def _name(owner: Mention) -> str:
    bearer = owner.bearer
    return (bearer.canonical or bearer.name) if isinstance(bearer, Organisation) else bearer.name
