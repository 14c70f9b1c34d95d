"""The places that name documents, and what of a title is the same however it is printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.annotate.policies.issuers import issuers_before
from mingjian.core.annotate.policies.work_reports import report_key, report_owner
from mingjian.core.model.facts import RelationType
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match
from mingjian.core.text.places import leftmost_longest

_BEHIND_VERB = ("bare", "quoted")  # kinds of matches that hold the word of issue, too
_NO_BRACKETS = str.maketrans("", "", "()（）[]〔〕【】")


def find_places(context: Context) -> list[Named]:
    """All places that name documents, in page order; none without marks inside one that has them."""
    marked = [one for match in _marked(context) for one in _documents(match, context)]
    for whole, title in _split_titles(context):
        marked += _parsed(whole, title, "document", "policy.document", context)
    notices = [one for match in context.by_kind.get("unmarked-notice", ()) for one in _notice(match, context)]
    bare = list(_unmarked(context))
    covered, noticed = _covers([*marked, *notices, *bare]), _covers(notices)
    marked = [one for one in marked if one.outer is not None or not _inside(one.whole, noticed)]
    bare = [one for one in bare if not _inside(one.whole, covered)]
    return sorted([*marked, *notices, *bare], key=lambda one: (one.whole, -one.title[1] + one.title[0]))


def _marked(context: Context) -> Iterator[Match]:
    yield from context.by_kind.get("document", ())


def _documents(match: Match, context: Context) -> Iterator[Named]:
    title = match.span("title")
    if title is not None and title[0] < title[1]:
        yield from _parsed((match.start, match.end), title, "document", match.rule.id, context)


def _split_titles(context: Context) -> Iterator[tuple[Pair, Pair]]:
    """Titles that begin in one block and end in the next, where nothing but white space stands between."""
    article = context.article
    for block, after in zip(article.body, article.body[1:], strict=False):
        opening = article.folded.rfind("《", block.start, block.end)
        if opening < 0 or article.folded.find("》", opening, block.end) >= 0:
            continue
        match = context.cues["split-title"].match(article.folded, opening, after.end)
        if match is not None and not article.text[block.end : after.start].strip():
            yield match.span(), match.span("title")


def _parsed(whole: Pair, title: Pair, kind: str, by: str, context: Context) -> Iterator[Named]:
    """The document that a title names, and those that stand inside the title."""
    words = context.words(title)
    inner = context.cues["inner"].search(words)
    if inner is None:
        if is_policy(words, whole, context):
            key = key_of_notice(words, context)
            yield Named(whole, title, words, key, kind, by, (base_of(words, context), key))
        return
    if words[: inner.start()].endswith(tuple(context.settings["issuing"])):
        for inner in context.cues["inner"].finditer(words):
            within = (title[0] + inner.start("title"), title[0] + inner.end("title"))
            for one in _parsed(whole, within, kind, by, context):
                forms = (*one.forms, base_of(words, context))
                yield msgspec.structs.replace(one, whole=whole, kind=kind, notice=title, forms=forms)
        return
    yield from _with_inner(whole, title, by, context)


def _with_inner(whole: Pair, title: Pair, by: str, context: Context) -> Iterator[Named]:
    """A document that says in its title what it does to others, and these."""
    words = context.words(title)
    role = _role(words, context)
    outer = role == "interprets" or is_policy(words, whole, context)
    if outer:
        yield Named(whole, title, words, key_of(words, context), "document", by, (base_of(words, context),))
    for inner in context.cues["inner"].finditer(words):
        within = (title[0] + inner.start("title"), title[0] + inner.end("title"))
        if is_policy(context.words(within), within, context):
            named = context.words(within)
            key = key_of_notice(named, context)
            place = (title[0] + inner.start(), title[0] + inner.end())
            forms = (base_of(named, context), key)
            yield Named(place, within, named, key, "document", by, forms, outer=whole if outer else None, role=role)


def _role(words: str, context: Context) -> RelationType | None:
    """What a title says that its document does to the first that it names."""
    inner = context.cues["inner"].search(words)
    if inner is None:
        return None
    before, after = words[: inner.start()], words[inner.end() :].translate(_NO_BRACKETS)
    roles: Mapping[str, RelationType] = context.settings["inner_before"]
    role = next((role for verb, role in roles.items() if before.endswith(verb)), None)
    behind: Mapping[str, RelationType] = context.settings["inner_after"]
    return role or next((role for noun, role in behind.items() if after.startswith(noun)), None)


def _notice(match: Match, context: Context) -> Iterator[Named]:
    """A notice or decision without marks, with the organ before it, that names another document in marks."""
    title = match.span("title")
    if title is None:
        return
    start = _owner_start(title[0], context)
    whole = (start if start is not None else title[0], title[1])
    yield from _parsed(whole, whole, "unmarked-notice", match.rule.id, context)


def _unmarked(context: Context) -> Iterator[Named]:
    for match in context.by_kind.get("unmarked", ()):
        start = _owner_start(match.start, context)
        start = match.start if start is None and match.start in context.acts else start
        if start is not None:
            yield _plain(match, (start, match.end), (start, match.end), context)
    for kind in ("law", "plan", "nickname", "work_report", "report_again", "bare", "quoted"):
        for match in context.by_kind.get(kind, ()):
            title = match.span("title") or match.span("made")
            if title is not None and _counts(kind, match, title, context):
                yield _plain(match, title if kind in _BEHIND_VERB else (match.start, match.end), title, context)
    for match in context.by_kind.get("heading", ()):
        title = match.span("title")
        if title is not None and _is_heading(match, title, context):
            yield _plain(match, title, title, context)


def _counts(kind: str, match: Match, title: Pair, context: Context) -> bool:
    """Whether words without marks name a document: a law is told of as one, a plan has an owner at its head."""
    if kind == "law":
        return _is_told(match, context)
    if kind == "quoted":
        return not _is_to_come(match, context)
    return kind != "bare" or _is_issued_bare(match, title, context)


def _is_to_come(match: Match, context: Context) -> bool:
    """Whether the words before a word of issue say that it does not happen, or has not yet."""
    low = max(context.sentence(match.start)[0], match.start - context.settings["issuer_gap"])
    return any(context.cues[cue].search(context.article.folded, low, match.start) for cue in ("planned", "denied"))


def _is_issued_bare(match: Match, title: Pair, context: Context) -> bool:
    """Whether words behind a word of issue are a title: they begin with an owner, or somebody who issues is named."""
    words = context.words(title)
    if _starts_with_owner(words, context):
        return True
    if context.cues["generic"].match(words) or context.cues["no-title"].search(words):
        return False
    return not _is_to_come(match, context) and bool(issuers_before(match.start, context))


def _starts_with_owner(words: str, context: Context) -> bool:
    owned = any(words[:length] in context.owners for length in range(2, 13))
    return owned or context.cues["place-head"].search(words) is not None


def _is_told(match: Match, context: Context) -> bool:
    """Whether the words round a law without marks are about a document: a short name alone may be a foreign one."""
    folded, low = context.article.folded, max(0, match.start - 12)
    before = context.cues["law-before"].search(folded, low, match.start)
    return before is not None or context.cues["law-behind"].match(folded, match.end) is not None


def _plain(match: Match, whole: Pair, title: Pair, context: Context) -> Named:
    words, kind = context.words(title), match.rule.fields["kind"]
    if kind in ("work_report", "report_again"):
        key, owner = report_key(match, words, context), report_owner(match, context)
    else:
        key, owner = key_of_notice(words, context), None
    year = match.span("year") or match.span("told")
    forms = (base_of(words, context), key)
    return Named(whole, title, words, key, kind, match.rule.id, forms, year=year, owner=owner)


def _owner_start(place: int, context: Context) -> int | None:
    """Where the names of organs begin that end at the place; joint issuers are parted by a blank or 、."""
    start: int | None = None
    ends = context.issuers
    index = bisect_right(ends, place, key=lambda pair: pair[0]) - 1
    while index >= 0 and place - ends[index][1] <= (1 if start is not None else 0):
        if ends[index][1] <= place:
            start = place = ends[index][0]
        index -= 1
    return start


def _is_heading(match: Match, title: Pair, context: Context) -> bool:
    blocks = context.article.body[: context.settings["heading_blocks"]]
    if not any(block.start <= match.start < block.end for block in blocks):
        return False
    if not match.rule.fields.get("needs_owner"):
        return True
    return title[0] in context.owners_begin or bool(context.cues["years"].search(match.text))


def _covers(places: Sequence[Named]) -> list[Pair]:
    """The longest places; those that lie inside one of them are not among them."""
    return leftmost_longest(one.whole for one in places)


def _inside(pair: Pair, covered: Sequence[Pair]) -> bool:
    index = bisect_left(covered, (pair[0] + 1,)) - 1
    return index >= 0 and pair[0] < covered[index][1] and covered[index] != pair


def is_policy(words: str, whole: Pair, context: Context) -> bool:
    """Whether a title is that of a policy document: its end says so, and nothing round it speaks of a work."""
    cues = context.cues
    base = cues["edition"].sub("", cues["bracket"].sub("", words.strip()))
    if cues["no-policy"].search(base) or cues["company-notice"].search(base) or _is_work(whole, context):
        return False
    if not base.endswith(tuple(context.settings["ends"])):
        return cues["law-title"].search(base) is not None
    weak = base.endswith(tuple(context.settings["weak_ends"])) or _is_short(base, context)
    return not weak or cues["generic"].match(base) is not None or _has_owner(words, whole, context)


def _is_short(base: str, context: Context) -> bool:
    return len(base) <= context.settings["weak_short"] and base.endswith(tuple(context.settings["weak_short_ends"]))


def _is_work(whole: Pair, context: Context) -> bool:
    folded = context.article.folded
    before = context.cues["work-before"].search(folded, max(0, whole[0] - 12), whole[0])
    return before is not None or context.cues["work-after"].match(folded, whole[1]) is not None


def _has_owner(words: str, whole: Pair, context: Context) -> bool:
    """Whether something marks a title as a document's: what happens to it, that it is a draft, years, an organ."""
    if whole[0] in context.acts or whole[0] in context.relations or whole[1] - 1 in context.acts_after:
        return True
    if any(context.cues[cue].search(words) for cue in ("about", "state-prefix", "years", "trial", "draft-title")):
        return True
    return _starts_with_owner(words, context)


def key_of(words: str, context: Context) -> str:
    """What is the same for all ways to print one title: no marks, no issuer before 关于, no 试行 in brackets."""
    cues = context.cues
    plain = cues["trial"].sub("", words.strip())
    plain = cues["before-about"].sub("", cues["no-letter"].sub("", plain))
    return cues["republic"].sub("", plain).translate(_NO_BRACKETS)


def key_of_notice(words: str, context: Context) -> str:
    """The key of a title; a notice that issues a document has that of the document."""
    notice = context.cues["issuing-notice"].match(words)
    if notice is not None:
        inner = context.cues["bracket"].sub("", notice["title"])
        if inner.endswith(tuple(context.settings["ends"])):
            return key_of(notice["title"], context)
    return key_of(words, context)


def base_of(words: str, context: Context) -> str:
    """The key of a title without the brackets at its end, unless they tell a later edition."""
    if context.cues["next-edition"].search(words) is not None:
        return key_of(words, context)
    return key_of(context.cues["bracket"].sub("", words.strip()), context)
