"""Policy documents that the page names, and how they relate."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Names, Policy, PolicyStatus, Relation
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.matching import Match
from mingjian.core.text.sentences import sentence_at

_STRENGTH: dict[str | None, int] = {None: 0, "draft": 1, "approved": 2, "issued": 3, "in_force": 4, "repealed": 5}
_WIDTHS = {"day": 10, "month": 7, "year": 4}


class _Named(msgspec.Struct, frozen=True, gc=False):
    """One place that names a document: ``whole`` with its marks, ``title`` without."""

    whole: Pair
    title: Pair
    key: str
    match: Match


class _Context(msgspec.Struct, frozen=True):
    """What stands round titles: acts and relations by the offset of the title they touch, issuers, times."""

    article: Article
    found: GroupFindings
    acts: Mapping[int, Match]
    acts_after: Mapping[int, Match]
    relations: Mapping[int, Match]
    back_references: Sequence[Match]
    issuers: Sequence[Pair]
    regions: Sequence[Pair]
    times: Sequence[TimeExpression]


def annotate_policies(
    article: Article,
    found: GroupFindings,
    names: Names,
    times: Sequence[TimeExpression],
    page_title: Outcome[str],
) -> tuple[Policy, ...]:
    """The policy documents that the page names, in order of first mention; first that whose own text the page is."""
    by_kind: dict[str, list[Match]] = {}
    for match in found.matches:
        by_kind.setdefault(match.rule.fields["kind"], []).append(match)
    context = _context(article, found, by_kind, names, times)
    named = sorted(_all_named(by_kind, context), key=lambda one: one.whole)
    groups: dict[str, list[_Named]] = {}
    for one in named:
        if key := _resolved(one, groups, context):
            groups.setdefault(key, []).append(one)
    numbers = _numbers(by_kind.get("number", ()), named)
    relations = _relations(named, groups, context)
    policies = [_policy(group, numbers, relations.get(key, {}), context) for key, group in groups.items()]
    own = _own_text(by_kind, page_title, context)
    if own is not None and _key_of(fold(own.title), context) not in groups:
        return (own, *policies)
    return tuple(policies)


def _own_text(by_kind: Mapping[str, Sequence[Match]], page_title: Outcome[str], context: _Context) -> Policy | None:
    """The document whose text the page is: its title stands above the body, the body speaks of it as its own."""
    words = by_kind.get("own-words", ())
    match page_title:
        case Cited(value=title, evidence=span) if words and span.layer == "text":
            folded = fold(title)
        case _:
            return None
    if "《" in title or not context.found.cues["own-title"].search(folded):
        return None
    text = context.article.text
    start, end = words[0].start, words[0].end
    issuer = next((pair for pair in context.issuers if folded.startswith(context.article.folded[slice(*pair)])), None)
    parts: dict[str, tuple[Pair, ...]] = {"title": (span.pair,)}
    if issuer:
        parts["issuer"] = (issuer,)
    return Policy(
        title=title,
        issuer=(text[issuer[0] : issuer[1]],) if issuer else (),
        status="issued",
        evidence=cite(text, start, end),
        parts=parts,
        support=(span,),
        by=words[0].rule.id,
    )


def _context(
    article: Article,
    found: GroupFindings,
    by_kind: Mapping[str, Sequence[Match]],
    names: Names,
    times: Sequence[TimeExpression],
) -> _Context:
    def places(kinds: Iterable[tuple[Pair, ...]]) -> list[Pair]:
        return sorted({mention for mentions in kinds for mention in mentions})

    return _Context(
        article=article,
        found=found,
        acts={match.end: match for match in by_kind.get("act", ())},
        acts_after={match.start: match for match in by_kind.get("act-after", ())},
        relations={match.end: match for match in by_kind.get("relation", ())},
        back_references=by_kind.get("back-reference", ()),
        issuers=places(one.mentions for one in names.organisations if one.type not in {"media", "group"}),
        regions=places(one.mentions for one in names.regions),
        times=times,
    )


def _all_named(by_kind: Mapping[str, Sequence[Match]], context: _Context) -> Iterator[_Named]:
    for kind in ("document", "work_report", "heading"):
        for match in by_kind.get(kind, ()):
            title = match.span("title")
            if title is None or (kind == "heading" and not _is_heading(match, title, context)):
                continue
            whole = (match.start, match.end) if kind != "heading" else title
            yield _Named(whole, title, _key(match, title, context), match)


def _is_heading(match: Match, title: Pair, context: _Context) -> bool:
    blocks = context.article.body[: context.found.settings["heading_blocks"]]
    if not any(block.start <= match.start < block.end for block in blocks):
        return False
    if not match.rule.fields.get("needs_owner"):
        return True
    owners = (*context.issuers, *context.regions)
    return any(start == title[0] for start, _ in owners) or bool(context.found.cues["years"].search(match.text))


def _key(match: Match, title: Pair, context: _Context) -> str:
    """What is the same for all ways to print one title: no marks, no issuer before 关于; the report with its year."""
    if match.rule.fields["kind"] == "work_report":
        return f"政府工作报告{match.group('year') or ''}"
    return _key_of(context.article.folded[title[0] : title[1]], context)


def _key_of(title: str, context: _Context) -> str:
    cues = context.found.cues
    return cues["before-about"].sub("", cues["no-letter"].sub("", title))


def _resolved(one: _Named, groups: Mapping[str, list[_Named]], context: _Context) -> str | None:
    """The key under which the place counts: a short title is that of the last document whose title ends so."""
    title = context.article.folded[one.title[0] : one.title[1]]
    if one.match.rule.fields["kind"] == "work_report" and one.key == "政府工作报告":
        return next((key for key in reversed(list(groups)) if key.startswith(one.key)), one.key)
    if (
        len(title) > context.found.settings["short_most"]
        or one.match.rule.fields["kind"] != "document"
        or one.key in groups
    ):
        return one.key
    for key in reversed(list(groups)):
        if context.found.cues["bracket"].sub("", key).endswith(title):
            return key
    return None if context.found.cues["no-title"].search(title) else one.key


def _numbers(numbers: Sequence[Match], named: Sequence[_Named]) -> dict[int, Pair]:
    """Start of a title → the number of its document: right after it, or after the heading of a policy text."""
    found: dict[int, Pair] = {}
    for number in numbers:
        before = [one for one in named if one.whole[1] <= number.start]
        if not before:
            continue
        last = before[-1]
        heading = last.match.rule.fields["kind"] == "heading"
        if number.start - last.whole[1] <= (60 if heading else 3):
            found.setdefault(last.whole[0], (number.start, number.end))
    return found


def _relations(
    named: Sequence[_Named], groups: Mapping[str, list[_Named]], context: _Context
) -> dict[str, dict[Relation, Pair]]:
    """Key of a document → its relations to others, each with the words that name the other."""
    keys = {one.whole: key for key, group in groups.items() for one in group}
    roles: dict[Pair, Match] = {}
    for previous, one in zip((None, *named), named, strict=False):
        role = context.relations.get(one.whole[0])
        if role is None and previous is not None and previous.whole in roles:
            between = context.article.folded[previous.whole[1] : one.whole[0]]
            role = roles[previous.whole] if between in context.found.settings["between_titles"] else None
        if role is not None:
            roles[one.whole] = role
    found: dict[str, dict[Relation, Pair]] = {}
    for one in named:
        if one.whole in roles and one.whole in keys:
            main = _main(one, named, roles, keys, context)
            if main is not None and main != keys[one.whole]:
                target = context.article.text[one.title[0] : one.title[1]]
                relation = Relation(type=roles[one.whole].rule.fields["relation"], target=target)
                found.setdefault(main, {}).setdefault(relation, one.title)
    for match in context.back_references:
        _relate_back(match, named, keys, context, found)
    return found


def _relate_back(
    match: Match,
    named: Sequence[_Named],
    keys: Mapping[Pair, str],
    context: _Context,
    found: dict[str, dict[Relation, Pair]],
) -> None:
    """这一规划 is the document named last: the documents that follow in the sentence carry it out."""
    sentence = sentence_at(context.article.sentences, match.start)
    before = [one for one in named if one.whole[1] <= match.start and one.whole in keys]
    if sentence is None or not before:
        return
    target = context.article.text[slice(*before[-1].title)]
    relation = Relation(type=match.rule.fields["relation"], target=target)
    for one in named:
        if match.end <= one.whole[0] < sentence.end and one.whole in keys and keys[one.whole] != keys[before[-1].whole]:
            found.setdefault(keys[one.whole], {}).setdefault(relation, before[-1].title)


def _main(
    one: _Named,
    named: Sequence[_Named],
    roles: Mapping[Pair, Match],
    keys: Mapping[Pair, str],
    context: _Context,
) -> str | None:
    """The document that has the relation: the next of the sentence, or the page's first."""
    sentence = sentence_at(context.article.sentences, one.whole[0])
    free = [other for other in named if other.whole not in roles and other.whole in keys]
    for other in free:
        if sentence is not None and one.whole[1] <= other.whole[0] < sentence.end:
            return keys[other.whole]
    return keys[free[0].whole] if free and free[0].whole[0] < one.whole[0] else None


def _policy(
    group: Sequence[_Named], numbers: Mapping[int, Pair], relations: Mapping[Relation, Pair], context: _Context
) -> Policy:
    text = context.article.text
    first = group[0]
    parts: dict[str, tuple[Pair, ...]] = {"title": (first.title,)}
    issuers = next((found for one in group if (found := _issuers(one, context))), ())
    if issuers:
        parts["issuer"] = issuers
    number = next((numbers[one.whole[0]] for one in group if one.whole[0] in numbers), None)
    if number:
        parts["doc_no"] = (number,)
    time = next((dated for one in group if (dated := _time(one, context)) is not None), None)
    if time is not None:
        parts["date"] = ((time.start, time.end),)
    if relations:
        parts["relations"] = tuple(relations.values())
    support = tuple(cite(text, *pair) for name, pairs in parts.items() if name in {"doc_no", "date"} for pair in pairs)
    return Policy(
        title=text[first.title[0] : first.title[1]],
        issuer=tuple(text[start:end] for start, end in issuers),
        doc_no=text[number[0] : number[1]] if number else None,
        date=_day(time) if time else None,
        status=max((_status(one, context) for one in group), key=lambda status: _STRENGTH[status]),
        relations=tuple(relations),
        evidence=cite(text, *first.whole),
        mentions=tuple(one.whole for one in group),
        parts=parts,
        support=support,
        by=first.match.rule.id,
    )


def _status(one: _Named, context: _Context) -> PolicyStatus | None:
    fields = one.match.rule.fields
    act = context.acts.get(one.whole[0])
    if act is not None:
        status: PolicyStatus = act.rule.fields["status"]
        return status
    after = context.acts_after.get(one.whole[1] - 1)
    if after is not None:
        stated: PolicyStatus = context.found.settings["status_after"].get(after.group("verb"), "issued")
        return stated
    return "issued" if fields["kind"] in {"heading", "work_report"} else None


def _issuers(one: _Named, context: _Context) -> tuple[Pair, ...]:
    """Who issues: the organisations before the word of issue, or at the head of the title, or the place before."""
    own = tuple(pair for pair in context.issuers if pair[0] == one.title[0] and pair[1] < one.title[1])
    if one.match.rule.fields["kind"] == "heading" and own:
        return own[:1]
    act = context.acts.get(one.whole[0])
    if act is None:
        return ()
    sentence = sentence_at(context.article.sentences, one.whole[0])
    low = sentence.start if sentence else act.start
    found = _before(context.issuers, low, act.start, context)
    return found or _before(context.regions, low, act.start, context)[-1:]


def _before(places: Sequence[Pair], low: int, high: int, context: _Context) -> tuple[Pair, ...]:
    """The last of the places before ``high`` and those that are joined to it; 等七部门 belongs to its last."""
    folded = context.article.folded
    index = bisect_right(places, high, key=lambda pair: pair[1]) - 1
    if index < 0 or places[index][0] < low:
        return ()
    start, end = places[index]
    between = folded[end:high]
    if len(between) > context.found.settings["issuer_gap"] or context.found.cues["not-issuing"].search(between):
        return ()
    joint = context.found.cues["joint"].match(folded, end, high)
    found = [(start, end)]
    while index > 0 and places[index - 1][0] >= low and _is_joined(places[index - 1][1], start, context):
        index -= 1
        start = places[index][0]
        found.append(places[index])
    if joint and len(found) == 1:
        return ((start, joint.end()),)
    return tuple(reversed(found))


def _is_joined(start: int, end: int, context: _Context) -> bool:
    return context.article.folded[start:end].strip() in context.found.settings["between_issuers"]


def _time(one: _Named, context: _Context) -> TimeExpression | None:
    """The last exact date of the sentence before an act on the title, or the year of the work report."""
    times = context.times
    if one.match.rule.fields["kind"] == "work_report":
        year = one.match.span("year")
        return next((time for time in times if year and time.start < year[1] and year[0] < time.end), None)
    act = context.acts.get(one.whole[0])
    sentence = sentence_at(context.article.sentences, one.whole[0])
    if act is None or sentence is None:
        return None
    index = bisect_left(times, act.start, key=lambda time: time.start) - 1
    while index >= 0 and times[index].start >= sentence.start:
        time = times[index]
        if time.type in ("DATE", "TIME") and time.function == "at" and time.date.precision in {"day", "month", "year"}:
            return time
        index -= 1
    return None


def _day(time: TimeExpression) -> str | None:
    width = _WIDTHS.get(time.date.precision, 10)
    return time.date.start[:width] if time.date.start else None
