"""How documents relate: what one carries out, rests on, amends, repeals, reads out, follows, or takes up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import islice

import msgspec

from mingjian.core.annotate.policies.acts import in_list
from mingjian.core.annotate.policies.context import Context, Named
from mingjian.core.annotate.policies.own import Own
from mingjian.core.annotate.policies.short_names import POINTING, Groups
from mingjian.core.model.facts import Relation, RelationType
from mingjian.core.model.span import Pair

Found = dict[str, dict[Relation, Pair]]
_PRESUMED = frozenset({"implements", "basis", "follows", "interprets"})
_ASKS_OWN = frozenset({"implements", "basis", "repeals", "amends", "successor_of"})
_LOOKS_BACK = frozenset({"repeals", "successor_of", "amends"})  # their document stands before its target
_INSIDE = 8  # most documents that one title names


class _Page(msgspec.Struct, frozen=True):
    """The documents of the page, the places that name them or point to them, and what is done to those there."""

    resolved: Sequence[tuple[Named, str]]
    starts: Sequence[int]
    roles: Mapping[Pair, RelationType]
    groups: Groups
    own: Own | None
    context: Context
    given: set[tuple[str, RelationType, str | None]]  # which document has which relation to which, while they are found


def relations_of(
    resolved: Sequence[tuple[Named, str]], groups: Groups, own: Own | None, context: Context
) -> tuple[Found, dict[str, RelationType], set[Pair]]:
    """Key of a document → its relations with the words that name the other; key → the role it has in another's.

    Last the places that name an older version, of the same title, which the document repeals.
    """
    page = _Page(
        resolved, [one.whole[0] for one, _ in resolved], _roles(resolved, context), groups, own, context, set()
    )
    found: Found = {}
    renewed: set[Pair] = set()
    for number, (one, key) in enumerate(resolved):
        mains = dict.fromkeys(_mains(number, page)) if one.whole in page.roles else {}
        if page.roles.get(one.whole) == "repeals" and list(mains) == [key]:
            renewed.add(one.whole)
        for main in mains:
            if main != key:
                _add(found, main, number, page)
    _add_named(found, page)
    _add_editions(found, groups, context)
    _add_local_versions(found, groups, context)
    roles = {
        key: page.roles[one.whole] for one, key in resolved if one.whole in page.roles and one.whole not in renewed
    }
    return found, roles, renewed


def is_presumed(role: RelationType | None) -> bool:
    """Whether a document that has this role in another's relations must have been issued."""
    return role in _PRESUMED


def _roles(resolved: Sequence[tuple[Named, str]], context: Context) -> dict[Pair, RelationType]:
    """By place: what another document does to the one named there; titles of a list share it."""
    roles: dict[Pair, RelationType] = {}
    previous: Named | None = None
    for one, _ in resolved:
        role = _role_before(one, context)
        if role is None and previous is not None and _shares(previous, one, context):
            role = roles.get(previous.whole)
        if role is not None:
            roles[one.whole] = role
        previous = one
    after: Named | None = None
    ending: RelationType | None = None
    for one, _ in reversed(resolved):
        match = context.relations_after.get(one.whole[1] - 1)
        if match is not None:
            ending = match.rule.fields["relation"]
        elif one.whole in roles or after is None or not in_list(one, after, context):
            ending = None
        if ending is not None:
            roles[one.whole] = ending
        after = one
    return roles


def _shares(previous: Named, one: Named, context: Context) -> bool:
    """Whether the second of two titles stands in the relation of the first: they are of one list."""
    if previous.role is not None or previous.kind in POINTING or one.whole[0] in context.acts:
        return False
    return in_list(previous, one, context)


def _role_before(one: Named, context: Context) -> RelationType | None:
    match = context.relations.get(one.whole[0])
    role: RelationType | None = match.rule.fields["relation"] if match is not None else None
    return one.role or role


def _mains(number: int, page: _Page) -> list[str]:
    """The documents that have the relation: the one round it, others of the sentence, or the page's own."""
    one = page.resolved[number][0]
    if one.outer is not None:
        return [key for other, key in page.resolved[max(0, number - _INSIDE) : number] if other.whole == one.outer]
    low, high = page.context.sentence(one.whole[0])
    first, last = bisect_left(page.starts, low), bisect_left(page.starts, high)
    role = page.roles[one.whole]
    free = [item for item in page.resolved[first:last] if _is_free(item[0], role, page)]
    makes = page.context.cues["makes"].search(page.context.article.folded, low, high) is not None
    free = [item for item in free if _can_lead(item[0], role, makes, page)]
    behind = [key for other, key in free if other.whole[0] >= one.whole[1]]
    before = [key for other, key in free if other.whole[0] < one.whole[0]]
    if before and (not behind or role in _LOOKS_BACK):
        return before[-1:]
    return behind or _outside(role, (low, high), first, page)


def _can_lead(one: Named, role: RelationType, makes: bool, page: _Page) -> bool:
    """Whether the document named at a place may carry out another or rest on it: something is done with it there.

    Without that it must begin a clause in which it is not merely cited; what rests on a law must also be made there.
    """
    context = page.context
    if one.kind in POINTING or one.whole[0] in context.acts or role in _LOOKS_BACK:
        return role != "amends" or one.kind in POINTING or one.whole[0] in context.acts
    after = context.acts_after.get(one.whole[1] - 1)
    if after is not None:
        return context.cues["since"].match(context.article.folded, after.end) is None
    if context.cues["cited"].match(context.article.folded, one.whole[1]):
        return False
    low = max(context.sentence(one.whole[0])[0], one.whole[0] - 1)
    begins = low == one.whole[0] or context.cues["begins"].search(context.article.folded, low, one.whole[0]) is not None
    return begins and (makes or role != "basis")


def _is_free(one: Named, role: RelationType, page: _Page) -> bool:
    """Whether a place can have the relation: nothing is done to it there; what is amended may repeal another."""
    other = page.roles.get(one.whole)
    return one.outer is None and (other is None or (role == "repeals" and other == "amends"))


def _outside(role: RelationType, sentence: Pair, first: int, page: _Page) -> list[str]:
    """The page's own document, where its text gives its grounds or what it repeals; in news the one told of before."""
    context, own = page.context, page.own
    if role not in _ASKS_OWN:
        return []
    makes = context.cues["makes"].search(context.article.folded, *sentence) is not None
    if own is not None:
        opening = context.article.body[: context.settings["own_blocks"]]
        opens = role == "implements" and bool(opening) and sentence[0] < opening[-1].end
        return [own.key] if makes or opens or role == "repeals" else []
    before = range(first)
    order = reversed(before) if role == "repeals" else before if makes else ()
    told = (page.resolved[number] for number in order)
    return list(islice((key for one, key in told if one.kind not in POINTING), 1))


def _add(found: Found, main: str, number: int, page: _Page) -> None:
    """Gives a document its relation to the one named at a place; once, however often it is named."""
    one, key = page.resolved[number]
    first = page.groups[key][0].title if key in page.groups else None
    target = first if first is not None and one.kind in POINTING else one.title
    text = page.context.article.text
    title = text[slice(*first)] if first is not None else None
    if title is None and page.own is not None and page.own.key == key and page.own.title is not None:
        title = page.own.title.value
    relation = Relation(type=page.roles[one.whole], target=text[slice(*target)], policy=title)
    given = main, relation.type, title
    if given not in page.given:
        page.given.add(given)
        found.setdefault(main, {})[relation] = target


def _add_named(found: Found, page: _Page) -> None:
    """继“互联网+”行动之后: the document of the sentence follows a programme that is no document."""
    context = page.context
    for match in context.by_kind.get("relation-named", ()):
        target = match.span("target")
        low, _ = context.sentence(match.start)
        first, last = bisect_left(page.starts, low), bisect_left(page.starts, match.start)
        if target is not None and first < last:
            relation = Relation(type=match.rule.fields["relation"], target=context.article.text[slice(*target)])
            found.setdefault(page.resolved[last - 1][1], {}).setdefault(relation, target)


def _add_editions(found: Found, groups: Groups, context: Context) -> None:
    """A 2.0 takes up the 1.0, or the document of the same title without a number, that the page names too."""
    plain: dict[str, str] = {}
    for key, group in groups.items():
        words = group[0].words
        edition = context.cues["edition"].sub("", words)
        if context.cues["next-edition"].search(words) is None:
            plain.setdefault(edition, key)
    for key, group in groups.items():
        words = group[0].words
        if context.cues["next-edition"].search(words) is not None:
            older = plain.get(context.cues["edition"].sub("", words))
            if older is not None:
                _relate(found, key, "successor_of", groups[older][0], context)


def _relate(found: Found, key: str, role: RelationType, other: Named, context: Context) -> None:
    words = context.article.text[slice(*other.title)]
    found.setdefault(key, {}).setdefault(Relation(type=role, target=words, policy=words), other.title)


def _add_local_versions(found: Found, groups: Groups, context: Context) -> None:
    """A place's document that carries out a national one on the same topic is its local version."""
    by_title = {context.article.text[slice(*group[0].title)]: group[0] for group in groups.values()}
    for key, mine in found.items():
        if key not in groups or not _is_local(groups[key][0], context):
            continue
        words = context.cues["no-letter"].sub("", groups[key][0].words)
        for relation in list(mine):
            other = by_title.get(relation.policy or "") if relation.type == "implements" else None
            if other is None or _is_local(other, context):
                continue
            topic = _topic(other, context)
            if topic and topic in words:
                _relate(found, key, "local_version_of", other, context)


def _is_local(one: Named, context: Context) -> bool:
    """Whether a place stands at the head of the title."""
    if any(one.words[:length] in context.local for length in range(2, 13)):
        return True
    return context.cues["place-head"].search(one.words) is not None


def _topic(one: Named, context: Context) -> str:
    words = context.cues["no-letter"].sub("", context.cues["before-about"].sub("", one.forms[0]))
    match = context.cues["topic"].fullmatch(words)
    return match["topic"] if match is not None else ""
