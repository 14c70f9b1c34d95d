"""Which document each place means: by its title, by a name that the text gives it, or by what was named before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from mingjian.core.annotate.policies.acts import in_list
from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.annotate.policies.naming import base_of, key_of
from mingjian.core.annotate.policies.own import Own
from mingjian.core.annotate.policies.work_reports import as_report, report_meant

_NAME_WINDOW = 90
_REPORTS = frozenset({"work_report", "report_again"})
_QUOTES = (("“", "”"), ("「", "」"), ('"', '"'), ("《", "》"))

POINTING = frozenset({"back-reference", "own-reference"})
Groups = dict[str, list[Named]]


def resolve_places(
    places: Sequence[Named], own: Own | None, context: Context
) -> tuple[Groups, tuple[tuple[Named, str], ...]]:
    """The documents by key with the places that name them, and every place in page order with the key it means.

    Places that point back (这一文件) are among the latter alone: they name nothing.
    """
    names = {one.whole: name for one in places if (name := _given_name(one, context))}
    known = {one.whole for one in places}
    given_again = [one for one in _quoted(names, context) if one.whole not in known]
    every = sorted([*places, *given_again, *_back_references(context)], key=lambda one: one.whole)
    groups: Groups = {}
    given: dict[str, str] = {}
    resolved: list[tuple[Named, str]] = []
    reports: list[str] = []
    for one in every:
        if one.kind in _REPORTS:
            key = report_meant(one, reports[-1] if reports else None, context)
        else:
            key = _meant(one, groups, given, own, context)
        if key is None:
            continue
        if one.kind not in POINTING:
            first = groups[reports[0]][0] if reports else None
            if key not in groups and key.startswith(context.settings["work_report"]):
                reports.append(key)
            groups.setdefault(key, []).append(as_report(one, first))
        if one.whole in names:
            given[key_of(names[one.whole], context)] = key
        resolved.append((one, key))
    return groups, _with_early_names(every, resolved, groups, context)


def _with_early_names(
    every: Sequence[Named], resolved: list[tuple[Named, str]], groups: Groups, context: Context
) -> tuple[tuple[Named, str], ...]:
    """Short titles that stand before the full title, as leads have them, belong to the one document that ends so."""
    known = {one.whole for one, _ in resolved}
    for one in every:
        if one.whole not in known and one.kind == "document" and groups:
            key = _ending_so(one, groups, context)
            if key is not None and groups[key][0].whole > one.whole:
                groups[key].append(one)
                resolved.append((one, key))
    return tuple(sorted(resolved, key=lambda pair: pair[0].whole))


def _given_name(one: Named, context: Context) -> str | None:
    """The name that the text gives the document right behind its title: （以下简称《方案》）."""
    low = one.whole[1]
    for cue in ("named", "nickname"):
        match = context.cues[cue].match(context.article.folded, low - 1, low + _NAME_WINDOW)
        if match is not None:
            return match["name"]
    return None


def _quoted(names: Mapping[tuple[int, int], str], context: Context) -> Iterator[Named]:
    """Where the given names stand in quotation marks, from where they are first given."""
    folded = context.article.folded
    first = {name: place for place, name in sorted(names.items(), reverse=True)}
    for name, place in first.items():
        for left, right in _QUOTES:
            words = f"{left}{name}{right}"
            start = folded.find(words, place[1])
            while start >= 0:
                whole = (start, start + len(words))
                key = key_of(name, context)
                yield Named(whole, (whole[0] + 1, whole[1] - 1), name, key, "given", "policy.named", (key,))
                start = folded.find(words, whole[1])


def _back_references(context: Context) -> Iterator[Named]:
    for match in context.by_kind.get("back-reference", ()):
        place, what = (match.start, match.end), match.group("what") or ""
        kind = "own-reference" if match.group("how") == context.settings["own_word"] else "back-reference"
        yield Named(place, match.span("what") or place, what, what, kind, match.rule.id, (what,))


def _meant(one: Named, groups: Groups, given: Mapping[str, str], own: Own | None, context: Context) -> str | None:
    """The key of the document that the place means, or ``None`` where it names none."""
    if one.kind in POINTING:
        return _pointed_at(one, groups, own, context)
    if one.kind == "given" or (one.kind == "document" and one.key in given):
        return given.get(one.key)
    return _nicknamed(one, groups, context) if one.kind == "nickname" else _titled(one, groups, context)


def _nicknamed(one: Named, groups: Groups, context: Context) -> str | None:
    """The document named before that a nickname means; its own behind a word of issue or whose it is.

    出台了“…”行动计划, 东江市“…”行动计划.
    """
    told = (one.whole[0] in context.owners_end or one.whole[0] in context.acts) and one.words.endswith(
        tuple(context.settings["own_kinds"])
    )
    return _containing(one, groups, context) or (one.key if told else None)


def _titled(one: Named, groups: Groups, context: Context) -> str | None:
    """The key of a title: that of a longer one before if it is a shorter way to print it."""
    if one.key in groups:
        return one.key
    if context.cues["generic"].match(context.cues["bracket"].sub("", one.words)):
        return _ending_so(one, groups, context)
    base = one.forms[0]
    bare = context.cues["state-prefix"].sub("", base)
    for key in _latest(groups, context):
        for other in groups[key][0].forms:
            if other in (base, bare) and (key == other or one.key == base):
                return key
            if other.endswith(base) and _may_be_left_out(other[: len(other) - len(base)], base, context):
                return key
    if len(one.words) <= context.settings["short_most"] and one.whole[0] not in context.acts:
        return _containing(one, groups, context) or one.key
    return one.key


def _may_be_left_out(prefix: str, base: str, context: Context) -> bool:
    """Whether a title may do without its head: that is a place, an organ or a period, or the rest is very short."""
    if prefix in context.owners or len(base) <= context.settings["rest_most"]:
        return True
    return any(context.cues[cue].fullmatch(prefix) for cue in ("state-prefix", "period-prefix"))


def _latest(groups: Groups, context: Context) -> Iterator[str]:
    """The keys of the documents named before, the last first."""
    return islice(reversed(groups), context.settings["looked_back"])


def _ending_so(one: Named, groups: Groups, context: Context) -> str | None:
    """The last document before whose title, without brackets at its end, ends with this one."""
    return _ending(one.forms[0], groups, context)


def _ending(words: str, groups: Groups, context: Context) -> str | None:
    """The last document before whose title ends with the words; none where a list names several at once."""
    edition = context.cues["edition"]
    found: str | None = None
    for key in _latest(groups, context):
        if any(edition.sub("", form).endswith(words) for form in groups[key][0].forms):
            if found is not None:
                return None if in_list(groups[key][0], groups[found][0], context) else found
            found = key
    return found


def _containing(one: Named, groups: Groups, context: Context) -> str | None:
    """The last document before that is of the same kind and has the other words in its title."""
    base = one.forms[0]
    kind = next((end for end in sorted(context.settings["ends"], key=len, reverse=True) if base.endswith(end)), "")
    core = base[: len(base) - len(kind)].rstrip(context.settings["filling"])
    if not kind or not core:
        return None
    for key in _latest(groups, context):
        if any(len(form) > len(base) and form.endswith(kind) and core in form for form in groups[key][0].forms):
            return key
    return None


def _pointed_at(one: Named, groups: Groups, own: Own | None, context: Context) -> str | None:
    """这一规划 is the last document whose title ends so, 这一文件 the last of any kind; 本办法 the page's own."""
    anything = one.words in context.settings["any_document"]
    if one.kind == "own-reference":
        if own is not None and (anything or base_of(own.words, context).endswith(one.words)):
            return own.key
        opening = islice(groups, context.settings["looked_back"])
        first = (key for key in opening if groups[key][0].forms[0].endswith(one.words))
        return next(first, None)
    return next(_latest(groups, context), None) if anything else _ending(one.words, groups, context)
