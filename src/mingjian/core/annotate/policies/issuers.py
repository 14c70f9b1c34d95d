"""Who issues a document: the organs before the word of issue, behind its title, or at its head."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from mingjian.core.annotate.policies.acts import Act
from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.model.span import Pair
from mingjian.core.text.folding import fold

_LONGEST_VERB = 8


def issuers_of(group: Sequence[Named], acts: Mapping[Pair, Sequence[Act]], context: Context) -> tuple[Pair, ...]:
    """The issuers as the first place gives them that tells any: acts before titles, and mere counts last."""
    done = [(one, act) for one in group for act in acts.get(one.whole, ())]
    ways: tuple[Iterator[tuple[Pair, ...]], ...] = (
        (_acting(one, act, context) for one, act in done),
        (_at_head(one, context) or _attached(one, context) for one in group),
        (_issuing_bare(one, context) for one in group),
        (_counted(one, act, context) for one, act in done),
    )
    owned = ((one.owner,) for one in group if one.owner is not None)
    return next((found for way in (owned, *ways) for found in way if found), ())


def _acting(one: Named, act: Act, context: Context) -> tuple[Pair, ...]:
    """The organs that the act is told of: before its verb in the sentence, behind the title for 由…印发."""
    if act.status == "repealed" or (act.status == "in_force" and act.place[0] > one.whole[0]):
        return ()
    low = context.sentence(one.whole[0])[0]
    if act.place[0] >= one.whole[1]:
        behind = _before(context.issuers, one.whole[1], act.place[0], context)
        if behind:
            return behind
        return ()
    if act.status == "approved":
        return _approving(low, act, context) or _meeting(low, act.place[0], context)
    return _in_sentence(low, act.place[0], context)


def issuers_before(place: int, context: Context) -> tuple[Pair, ...]:
    """Who issues, in the sentence before a word of issue: organs, a place, an organ of the page's place (省政府)."""
    return _in_sentence(context.sentence(place)[0], place, context)


def _in_sentence(low: int, high: int, context: Context) -> tuple[Pair, ...]:
    found = _before(context.issuers, low, high, context) or _place(low, high, context)
    if found:
        return found
    home = context.cues["home-organ"].search(
        context.article.folded, max(low, high - context.settings["issuer_gap"]), high
    )
    return () if home is None else (home.span("issuer"),)


def _issuing_bare(one: Named, context: Context) -> tuple[Pair, ...]:
    """Who issues a document without marks right behind the word of issue."""
    if one.kind not in ("bare", "quoted"):
        return ()
    low = max(0, one.whole[0] - _LONGEST_VERB)
    verb = context.cues["bare-verb"].search(context.article.folded, low, one.whole[0])
    return () if verb is None else issuers_before(verb.start(), context)


def _place(low: int, high: int, context: Context) -> tuple[Pair, ...]:
    """The place that issues, where no organ is named: with its organ, if the rest of a name follows."""
    found = _before(context.regions, low, high, context)[-1:]
    if not found or found[0] not in context.regions:
        return found
    return found if context.cues["region-gap"].match(context.article.folded[found[0][1] : high]) else ()


def _approving(low: int, act: Act, context: Context) -> tuple[Pair, ...]:
    """Who approves, where it is an organ that has documents of its own: no meeting."""
    found = _before(context.issuers, low, act.place[0], context)
    return tuple(pair for pair in found if not context.cues["a-meeting"].search(context.words(pair)))


def _meeting(low: int, high: int, context: Context) -> tuple[Pair, ...]:
    """The body whose meeting passes the document: 国务院 of 国务院常务会议, told of last in the sentence or block."""
    block = max(context.article.folded.rfind("\n", 0, low) + 1, low - context.settings["meeting_gap"])
    for first in (low, block):
        found = [
            match.span("issuer") for match in context.cues["meeting"].finditer(context.article.folded, first, high)
        ]
        if found:
            return (found[-1],)
    return ()


def _at_head(one: Named, context: Context) -> tuple[Pair, ...]:
    """The organs at the head of the title or of its notice's, before 关于."""
    title = one.notice or one.title
    index = bisect_left(context.issuers, (title[0],))
    found: list[Pair] = []
    place = title[0]
    for pair in context.issuers[index : index + 12]:
        if pair[0] >= title[1] or context.article.folded[place : pair[0]].strip() not in _joints(context):
            break
        if pair[0] < place:
            continue
        if pair[1] < title[1]:
            found.append(pair)
            place = pair[1]
    if found and context.cues["head-end"].match(context.article.folded, place, title[1]):
        return tuple(found)
    if found and one.kind == "heading":
        return (found[0],)
    return spelled_at_head(title, context)


def spelled_at_head(title: Pair, context: Context) -> tuple[Pair, ...]:
    """The organs at the head of the title by how their names end: names inside book marks are no names of the page."""
    words = fold(context.article.text[slice(*title)])
    match = context.cues["organ-head"].match(words)
    if match is None:
        return ()
    parts = context.cues["issuer-part"].finditer(words, 0, match.end("issuer"))
    return tuple((title[0] + part.start(), title[0] + part.end()) for part in parts)


def _joints(context: Context) -> list[str]:
    joints: list[str] = context.settings["between_issuers"]
    return joints


def _attached(one: Named, context: Context) -> tuple[Pair, ...]:
    """The organs right before the mark of the title (工业和信息化部《…》), before a nickname also the place."""
    low, high = one.whole[0] - context.settings["issuer_gap"], one.whole[0]
    found = _before(context.issuers, low, high, context, gap=0)
    return found or (_before(context.regions, low, high, context, gap=0) if one.kind == "nickname" else ())


def _counted(one: Named, act: Act, context: Context) -> tuple[Pair, ...]:
    """七部门, where nothing says who they are."""
    low, high = context.sentence(one.whole[0])[0], act.place[1]
    match = context.cues["departments"].search(context.article.folded, low, high)
    return (match.span(),) if match is not None else ()


def _before(places: Sequence[Pair], low: int, high: int, context: Context, gap: int | None = None) -> tuple[Pair, ...]:
    """The last of the places before ``high`` and those that are joined to it; 等七部门 belongs to its last."""
    folded = context.article.folded
    index = bisect_right(places, (high, 0)) - 1
    while index >= 0 and places[index][1] > high:
        index -= 1
    if index < 0 or places[index][0] < low:
        return ()
    start, end = places[index]
    rest = context.cues["organ-rest"].match(folded, end, high)
    end = rest.end() if rest is not None else end
    first = (start, end)
    listed = _listed(end, high, context)
    end = listed[-1][1] if listed else end
    joint = context.cues["joint"].match(folded, end, high)
    between = folded[joint.end() if joint else end : high]
    most = context.settings["issuer_gap"] if gap is None else gap
    if len(between) > most or context.cues["not-issuing"].search(between):
        return ()
    found = [*reversed(listed), first]
    while index > 0 and places[index - 1][0] >= low:
        index -= 1
        if places[index][1] > start:
            continue
        if folded[places[index][1] : start].strip() not in _joints(context):
            break
        start = places[index][0]
        found.append(places[index])
    if joint and _more_than(len(found), joint.group(), context):
        found[0] = (found[0][0], joint.end())
    return tuple(reversed(found))


def _listed(place: int, high: int, context: Context) -> list[Pair]:
    """The issuers of a list behind the first, which may leave out whose organs they are: 东江市数据局、财政局."""
    found: list[Pair] = []
    match = context.cues["listed-issuer"].match(context.article.folded, place, high)
    while match is not None:
        found.append(match.span("issuer"))
        match = context.cues["listed-issuer"].match(context.article.folded, match.end(), high)
    return found


def _more_than(named: int, words: str, context: Context) -> bool:
    """Whether the words count more issuers than are named."""
    match = context.cues["count"].search(words)
    count = match.group() if match is not None else ""
    number = int(count) if count.isascii() and count.isdigit() else context.settings["counted"].get(count, named + 1)
    return bool(number > named)
