"""Named campaigns and projects."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

import msgspec

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Actuality, Names, Programme
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.places import Stretches, find_many
from mingjian.core.text.sentences import sentence_at
from mingjian.core.text.titles import titles_of

_OWNERS = frozenset({"government", "party", "soe", "company", "group", "meeting_body"})
_ACTUALITIES: tuple[Actuality, ...] = ("planned", "realised", "directed")
_HEAD = 12  # characters before a name in which its place stands
_WIDTHS = {"day": 10, "month": 7, "year": 4}


class _Told(msgspec.Struct, frozen=True):
    """What one place tells of a programme: who leads it, when it starts, whether it runs."""

    owner: Pair | None
    start: TimeExpression | None
    actuality: Actuality | None


def annotate_programmes(
    article: Article, found: GroupFindings, names: Names, times: Sequence[TimeExpression], headline: str = ""
) -> tuple[Programme, ...]:
    """The programmes that the body names, in order of first mention; not those that only a document's title names.

    Of one whose name and kind the headline gives, the body may give the name alone.
    """
    if not found.matches:
        return tuple(_of_headline(article, found, headline, frozenset()))
    titled = Stretches(titles_of(article))
    owners = sorted(pair for one in names.organisations if one.type in _OWNERS for pair in one.mentions)
    groups: dict[str, list[Match]] = {}
    reached = 0
    for match in sorted(found.matches, key=lambda match: (match.start, -match.end)):
        if match.start >= reached and titled.holding(match.start, match.end) is None:
            reached = match.end
            groups.setdefault(_name_without_kind(found, match.group("name") or match.text), []).append(match)
    named = (
        _programme(article, found, group, [_told(article, found, match, owners, times) for match in group], aliases)
        for group, aliases in _with_aliases(article, found, groups)
    )
    told = [each for one in named for each in _by_meaning(article, found, one)]
    return (*told, *_of_headline(article, found, headline, groups.keys()))


def _of_headline(article: Article, found: GroupFindings, headline: str, known: Collection[str]) -> Iterator[Programme]:
    """The programme of the headline, where the body names it in its marks alone."""
    titled = found.cues["in-headline"].search(headline)
    if titled is None:
        return
    core = _name_without_kind(found, titled["core"])
    if any(name.startswith(core) for name in known):
        return
    words = f"“{titled['core']}”"
    places = find_many(article.folded, article.body, [words])[words]
    if places:
        evidence = cite(article.text, *places[0])
        parts: dict[str, tuple[Pair, ...]] = {"name": (evidence.pair,)}
        by = "programme.in-headline"
        yield Programme(name=evidence.text, evidence=evidence, mentions=tuple(places), parts=parts, by=by)


def _by_meaning(article: Article, found: GroupFindings, one: Programme) -> Iterator[Programme]:
    """The programme, and for each place that says what another means by its name, another one: 在甲省，“百千”指的是….

    A name that is explained once only is that of one programme.
    """
    explained = {}
    for pair in one.mentions:
        means = found.cues["means"].match(article.folded, pair[1])
        head = found.cues["of-a-place"].search(article.folded, max(0, pair[0] - _HEAD), pair[0])
        if means is not None and head is not None:
            explained[pair] = (head.span("place"), means.end())
    if len({article.folded[slice(*place)] for place, _ in explained.values()}) <= 1:
        yield one
        return
    rest = tuple(pair for pair in one.mentions if pair not in explained)
    if one.evidence.pair in rest:
        yield msgspec.structs.replace(one, mentions=rest)
    for pair, (owner, end) in explained.items():
        yield Programme(
            name=article.text[slice(*pair)],
            owner=article.text[slice(*owner)],
            evidence=cite(article.text, pair[0], end),
            mentions=(pair,),
            parts={"name": (pair,), "owner": (owner,)},
            by=one.by,
        )


def _name_without_kind(found: GroupFindings, name: str) -> str:
    """What one programme is called here and there: a name that counts stands for itself, whatever is behind it."""
    counted = found.cues["counted-name"].match(name)
    if counted is not None:
        return str(counted["core"])
    strip = found.cues["no-core"]  # twice: what ends the name may stand within the marks
    return strip.sub("", strip.sub("", name))


def _with_aliases(
    article: Article, found: GroupFindings, groups: dict[str, list[Match]]
) -> Iterator[tuple[list[Match], tuple[Pair, ...]]]:
    """The places of each programme, with the other names that a bracket behind one gives it: those are its places too.

    A name that another one gives is told with the other alone.
    """
    aliases: dict[str, list[Pair]] = {}
    called: dict[str, str] = {}
    for core, group in groups.items():
        for match in group:
            told = found.cues["alias"].match(article.folded, match.end)
            alias = _name_without_kind(found, told["alias"]) if told is not None else core
            if told is not None and alias != core and alias not in called and core not in called:
                aliases.setdefault(core, []).append(told.span("alias"))
                called[alias] = core
    for core, group in groups.items():
        if core not in called:
            others = [match for alias, one in called.items() if one == core for match in groups.get(alias, ())]
            yield sorted([*group, *others], key=lambda match: match.start), tuple(aliases.get(core, ()))


def _programme(
    article: Article, found: GroupFindings, group: Sequence[Match], told: Sequence[_Told], aliases: tuple[Pair, ...]
) -> Programme:
    """The programme as the place says that names it most fully, with all places that name it."""
    places = [match.span("name") or (match.start, match.end) for match in group]
    again = _named_alone(article, found, places)
    fullest = max(range(len(group)), key=lambda index: (places[index][1] - places[index][0], -index))
    name = places[fullest]
    owner = next((one.owner for one in told if one.owner), None)
    time = next((one.start for one in told if one.start), None)
    parts: dict[str, tuple[Pair, ...]] = {"name": (name,)}
    if aliases:
        parts["alias"] = aliases
    if owner:
        parts["owner"] = (owner,)
    if time:
        parts["start"] = ((time.start, time.end),)
    start = time.date.start if time else None
    return Programme(
        name=article.text[name[0] : name[1]],
        owner=article.text[owner[0] : owner[1]] if owner else None,
        start=start[: _WIDTHS[time.date.precision]] if time and start else None,
        actuality=next((one.actuality for one in told if one.actuality), None),
        evidence=cite(article.text, *name),
        mentions=tuple(sorted((*places, *again))),
        support=tuple(cite(article.text, *alias) for alias in aliases),
        parts=parts,
        by=group[fullest].rule.id,
    )


def _named_alone(article: Article, found: GroupFindings, places: Sequence[Pair]) -> list[Pair]:
    """Where else the quoted part of the name stands alone in its marks."""
    quoted = found.cues["quoted-part"].match(article.text, *places[0])
    if quoted is None:
        return []
    words = quoted["open"] + found.cues["no-core"].sub("", quoted["core"]) + quoted["close"]
    known = Stretches(sorted(places))
    return [pair for pair in find_many(article.text, article.body, [words])[words] if not known.touching(*pair)]


def _told(
    article: Article, found: GroupFindings, match: Match, owners: Sequence[Pair], times: Sequence[TimeExpression]
) -> _Told:
    sentence = sentence_at(article.sentences, match.start)
    if sentence is None:
        return _Told(None, None, None)
    clauses = clauses_between(article.folded, sentence.start, sentence.end)
    start, end = clauses[clause_number(clauses, match.start)]
    actuality = next((one for one in _ACTUALITIES if found.cues[one].search(article.folded, start, match.end)), None)
    return _Told(
        _owner(owners, match, sentence.start, found.settings["owner_gap"]),
        _start(article, found, (start, max(end, match.end)), match, times),
        actuality,
    )


def _owner(owners: Sequence[Pair], match: Match, low: int, gap: int) -> Pair | None:
    """The organisation last named before it in the same sentence, if it is near."""
    index = bisect_left(owners, (match.start, 0)) - 1
    if index < 0:
        return None
    start, end = owners[index]
    return (start, end) if start >= low and match.start - end <= gap else None


def _start(
    article: Article, found: GroupFindings, clause: Pair, match: Match, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The date of the clause that words of beginning follow, before the name."""
    first = bisect_left(times, clause[0], key=lambda time: time.start)
    for time in times[first:]:
        if time.start >= match.start:
            return None
        launched = found.cues["launched"].search(article.folded, time.end, match.end)
        if launched and time.date.start and time.date.precision in _WIDTHS and time.function == "at":
            return time
    return None
