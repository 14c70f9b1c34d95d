"""Policy documents that the page names: title, issuers, number, status, days, and how they relate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from mingjian.core.annotate.policies.acts import Act, acts_on, day_of, is_draft, status_of
from mingjian.core.annotate.policies.context import Context, Named, context_of
from mingjian.core.annotate.policies.issuers import issuers_of, spelled_at_head
from mingjian.core.annotate.policies.naming import find_places
from mingjian.core.annotate.policies.numbers import number_of_headline, numbers_alone, numbers_of
from mingjian.core.annotate.policies.own import Own, find_own, header_pairs, signed_on
from mingjian.core.annotate.policies.relations import is_presumed, relations_of
from mingjian.core.annotate.policies.short_names import Groups, resolve_places
from mingjian.core.annotate.policies.validity import Validity, validities
from mingjian.core.annotate.policies.work_reports import report_of_headline
from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.article import Article, Metadata
from mingjian.core.model.facts import Names, Parts, Policy, PolicyStatus, Relation, RelationType
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings

_DATED = ("doc_no", "date", "signed", "published", "in_force", "valid_until")


class _Read(msgspec.Struct, frozen=True):
    """All that was read of the page's documents, by key or by place."""

    groups: Groups
    own: Own | None
    acts: Mapping[Pair, tuple[Act, ...]]
    numbers: Mapping[str, Pair]
    relations: Mapping[str, Mapping[Relation, Pair]]
    roles: Mapping[str, RelationType]
    context: Context


def annotate_policies(
    article: Article,
    found: GroupFindings,
    names: Names,
    times: Sequence[TimeExpression],
    metadata: Metadata,
    anchor: Anchor,
) -> tuple[Policy, ...]:
    """The policy documents that the page names, in order of first mention; first that whose own text the page is."""
    report = report_of_headline(metadata, article.text, found.cues)
    if not found.matches:
        return () if report is None else (report,)
    context = context_of(article, found, names, times, anchor)
    places = find_places(context)
    own = find_own(places, metadata, context)
    groups, resolved = resolve_places(places, own, context)
    relations, roles, renewed = relations_of(resolved, groups, own, context)
    acts = acts_on([one for one, _ in resolved if one.whole not in renewed], context)
    numbers = numbers_of(resolved, context) or number_of_headline(groups, metadata, context)
    read = _Read(groups, own, acts, numbers, relations, roles, context)
    days = {key: _days(key, read) for key in groups}
    if own is not None and own.key not in groups:
        days[own.key] = _days(own.key, read)
    issued = {key: base for key, (values, parts) in days.items() if (base := _issue_day(values, parts)) is not None}
    valid = validities(resolved, issued, own, context)
    policies = [_policy(key, days[key], valid.get(key, Validity()), read) for key in groups]
    alone = _own_alone(days, valid, read)
    alone = alone if groups or alone is not None else report
    told = (*((alone,) if alone is not None else ()), *policies)
    return (*told, *_by_number(told, context))


def _by_number(told: Sequence[Policy], context: Context) -> Iterator[Policy]:
    """The documents that the page names by their numbers alone: these are their titles."""
    bound = [pair for one in told for pair in one.parts.get("doc_no", ())]
    for places in numbers_alone(bound, context).values():
        first = places[0]
        evidence = cite(context.article.text, *first)
        parts: Parts = {"title": (first,), "doc_no": (first,)}
        yield Policy(
            title=evidence.text,
            doc_no=evidence.text,
            evidence=evidence,
            mentions=tuple(places),
            parts=parts,
            by="policy.number",
        )


def _days(key: str, read: _Read) -> tuple[dict[str, str], Parts]:
    """The days of a document by field, and where they stand."""
    values: dict[str, str] = {}
    parts: Parts = {}
    own = read.own if read.own is not None and read.own.key == key else None
    signed = signed_on(own, read.context) if own is not None else None
    if signed is not None:
        values["signed"], parts["signed"] = signed
    for one in read.groups.get(key, ()):
        for act in read.acts.get(one.whole, ()):
            _add_day(act, values, parts, read.context)
        if one.year is not None and "date" not in values:
            _add_year(one, values, parts, read.context)
    if "signed" in values and (own is not None or "date" not in values):
        values["date"], parts["date"] = values["signed"], parts["signed"]
    return values, parts


def _add_day(act: Act, values: dict[str, str], parts: Parts, context: Context) -> None:
    """The day of an act is the date of the document, unless from then on it is in force, and the day its verb says."""
    day = day_of(act.time) if act.time is not None else None
    if act.time is None or day is None or act.status == "repealed":
        return
    field = context.settings["dated"].get(act.verb)
    for name in (field, "date" if field != "in_force" else None):
        if name is not None and name not in values:
            values[name], parts[name] = day, ((act.time.start, act.time.end),)


def _add_year(one: Named, values: dict[str, str], parts: Parts, context: Context) -> None:
    """The year of the work report."""
    year = one.year
    time = next((time for time in context.times if year and time.start < year[1] and year[0] < time.end), None)
    if time is not None and (day := day_of(time)) is not None:
        values["date"], parts["date"] = day, ((time.start, time.end),)


def _issue_day(values: Mapping[str, str], parts: Parts) -> tuple[str, tuple[Pair, ...]] | None:
    """The day from which 自印发之日起 counts."""
    name = next((name for name in ("signed", "published", "date") if name in values), None)
    return (values[name], parts[name]) if name is not None else None


def _policy(key: str, days: tuple[dict[str, str], Parts], valid: Validity, read: _Read) -> Policy:
    context, group = read.context, read.groups[key]
    text, first = context.article.text, _naming(key, group, context)
    own = read.own if read.own is not None and read.own.key == key else None
    presumed = is_presumed(read.roles.get(key))
    notice = _notice(group, first, context) or (_own_notice(own) if own is not None else None)
    parts: Parts = {"title": (first.title,)}
    if notice is not None:
        parts["notice"] = (notice,)
    status = status_of(group, read.acts, presumed or own is not None, context)
    return Policy(
        title=text[slice(*first.title)],
        status="repealed" if _is_repealed(key, own, read) else _by_today(status, valid, group, context),
        evidence=cite(text, *first.whole),
        mentions=tuple(sorted({one.whole for one in group})),
        by=first.by,
        notice=text[slice(*notice)] if notice is not None else None,
        **_told(key, days, valid, parts, read),
    )


def _is_repealed(key: str, own: Own | None, read: _Read) -> bool:
    """Whether another document repeals it, or the header of its own page says that it is no longer valid."""
    pairs = header_pairs(own, "validity", read.context) if own is not None else ()
    gone = read.context.cues["gone"]
    return read.roles.get(key) == "repeals" or any(gone.search(read.context.article.text, *pair) for pair in pairs)


def _by_today(
    status: PolicyStatus | None, valid: Validity, group: Sequence[Named], context: Context
) -> PolicyStatus | None:
    """In force, where the first day has come by the day of the page and the title is no draft's."""
    day = context.anchor.day
    come = valid.in_force is not None and day is not None and valid.in_force <= day[: len(valid.in_force)]
    return "in_force" if come and status != "repealed" and not is_draft(group, context) else status


def _naming(key: str, group: Sequence[Named], context: Context) -> Named:
    """The place that gives the title: the first full one, before that of a notice which issues the document."""
    full = [one for one in group if one.key == key]
    return next((one for one in full if not _is_notice(one, context)), (full or group)[0])


def _is_notice(one: Named, context: Context) -> bool:
    return context.cues["issuing-notice"].match(one.words) is not None


def _notice(group: Sequence[Named], naming: Named, context: Context) -> Pair | None:
    """The title of the notice that issues the document, where another place gives the document's own."""
    marked = next((one.notice for one in group if one.notice is not None), None)
    if marked is not None or _is_notice(naming, context):
        return marked
    return next((one.title for one in group if _is_notice(one, context)), None)


def _own_notice(own: Own) -> Pair | None:
    """The page's title, where it is that of the notice which issues the page's document."""
    if own.title is None or own.words == fold(own.title.value):
        return None
    return own.title.evidence.pair


def _told(key: str, days: tuple[dict[str, str], Parts], valid: Validity, parts: Parts, read: _Read) -> dict[str, Any]:
    """The fields that are read the same way for every document, with their words added to ``parts``."""
    context, text = read.context, read.context.article.text
    own = read.own if read.own is not None and read.own.key == key else None
    issuers = header_pairs(own, "issuer", context) if own is not None else ()
    issuers = issuers or issuers_of(read.groups.get(key, ()), read.acts, context)
    if not issuers and own is not None and own.title is not None:
        issuers = spelled_at_head(own.title.evidence.pair, context)
    number = read.numbers.get(key)
    if own is not None and (pairs := header_pairs(own, "doc_no", context)):
        number = pairs[0]
    relations = read.relations.get(key, {})
    values, dated = dict(days[0]), dict(days[1])
    for name, value, words in (
        ("in_force", valid.in_force, valid.in_force_words),
        ("valid_until", valid.valid_until, valid.until_words),
    ):
        if value is not None:
            values[name], dated[name] = value, tuple(sorted(set(words)))
    parts |= {"issuer": issuers} if issuers else {}
    parts |= {"doc_no": (number,)} if number else {}
    parts |= dated
    parts |= {"relations": tuple(relations.values())} if relations else {}
    return {
        "issuer": tuple(text[start:end] for start, end in issuers),
        "doc_no": text[slice(*number)] if number else None,
        "relations": tuple(relations),
        "parts": parts,
        "support": tuple(cite(text, *pair) for name in _DATED for pair in parts.get(name, ())),
        **values,
    }


def _own_alone(
    days: Mapping[str, tuple[dict[str, str], Parts]], valid: Mapping[str, Validity], read: _Read
) -> Policy | None:
    """The page's own document where only its title names it: the words in which it speaks of itself are evidence."""
    own, text = read.own, read.context.article.text
    if own is None or own.key in read.groups or own.title is None or own.told is None:
        return None
    told = _told(own.key, days[own.key], valid.get(own.key, Validity()), {"title": (own.title.evidence.pair,)}, read)
    if not told["issuer"]:
        head = _issuer_at_head(own, read.context)
        told["issuer"] = tuple(text[slice(*pair)] for pair in head)
        told["parts"] |= {"issuer": head} if head else {}
    told["support"] = (own.title.evidence, *told["support"])
    evidence = cite(text, own.told.start, own.told.end)
    return Policy(title=own.title.value, status="issued", evidence=evidence, by=own.told.rule.id, **told)


def _issuer_at_head(own: Own, context: Context) -> tuple[Pair, ...]:
    """A mention in the body of the organ whose name the title begins with."""
    words = fold(own.title.value) if own.title is not None else own.words
    head = next((pair for pair in context.issuers if words.startswith(context.words(pair))), None)
    return (head,) if head is not None else ()
