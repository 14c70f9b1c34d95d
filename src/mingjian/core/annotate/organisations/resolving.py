"""Which body a name means: organs get their place, bare names their owner; what the page leaves open stays NIL."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import attrgetter
from typing import Any

import msgspec

from mingjian.core.annotate.organisations.found import Found, joined
from mingjian.core.annotate.organisations.organ_forms import full_form
from mingjian.core.annotate.organisations.surroundings import Surroundings
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.rulebook.nouns import Entry
from mingjian.core.text.place_names import ancestors, code_of
from mingjian.core.text.places import Stretches, block_at

_STATE = "state_bodies"
_START = attrgetter("start")
_SAMPLE, _ONE_IN, _LATIN = 400, 15, "\u4dff"  # traditional script: one character of so many is another in simplified
_DIGITS = 6
_NEAREST = 400  # places before an organ among which its own is looked for
_LATER = {"0000": "province", "00": "prefecture"}


class _Context(msgspec.Struct, frozen=True):
    """What the other names of the page say: full forms of organs by place, bodies by entity, places by level."""

    organs: dict[str, dict[str, Found]]  # full form → code → first mention
    bodies: dict[str, list[Found]]  # entity → mentions of it by a full name
    homes: dict[str, dict[str, Span]]  # level → code → where the page names it
    places: Sequence[Pair]  # of the page, in its order
    spellings: dict[str, set[str]]  # entity → the full names by which it is mentioned
    rivals: Callable[[str], _Rivals]  # a bare name → the bodies of the page that it may mean
    of_taiwan: Callable[[], bool]


class _Rivals(msgspec.Struct, frozen=True):
    """The bodies that a bare name may mean, in page order, and for each where the run of mentions of its like began."""

    named: Sequence[Found]
    starts: Sequence[int]
    since: Sequence[int]
    local: bool


def resolved(found: Sequence[Found], around: Surroundings) -> list[Found]:
    """The same names, each with the key and canonical name of its body as far as page and lexicon decide them."""
    context = _context(found, around)
    return [_resolved(one, context, around) for one in found]


def _resolved(one: Found, context: _Context, around: Surroundings) -> Found:
    words = around.folded[one.start : one.end]
    if one.entry is not None and one.entry.lexicon == _STATE:
        if words in around.found.settings["bare"]:
            return _bare(one, words, context, around)
        return _of_its_time(_of_its_country(one, words, context, around), around)
    if not one.organ:
        return one
    if words in around.found.settings["bare"] and not one.place:
        return _bare(one, words, context, around)
    return _placed(_with_home(one, context, around), around)


def _context(found: Sequence[Found], around: Surroundings) -> _Context:
    organs: dict[str, dict[str, Found]] = {}
    bodies: dict[str, list[Found]] = {}
    bare = around.found.settings["bare"]
    for one in found:
        if one.organ and code_of(one.place):
            organs.setdefault(_full(one, around), {}).setdefault(one.place, one)
        if one.entry is not None and around.folded[one.start : one.end] not in bare:
            bodies.setdefault(one.key, []).append(one)
    asked = any(one.place in around.found.settings["levels_of"] for one in found)
    homes = _homes(found, organs, around) if asked else {}
    spellings = {key: {around.folded[one.start : one.end] for one in mentions} for key, mentions in bodies.items()}

    @cache
    def rivals(words: str) -> _Rivals:
        return _rivals(bare[words], organs, bodies)

    @cache
    def of_taiwan() -> bool:
        return _is_of_taiwan(around)

    return _Context(organs, bodies, homes, sorted(around.places.named), spellings, rivals, of_taiwan)


def _rivals(
    row: Mapping[str, Any], organs: Mapping[str, Mapping[str, Found]], bodies: Mapping[str, Sequence[Found]]
) -> _Rivals:
    local = {code: one for form in row["organs"] for code, one in organs.get(form, {}).items()}
    named = sorted((*local.values(), *bodies.get(joined(_STATE, row["central"]), ())), key=_START)
    since: list[int] = []
    for number, one in enumerate(named):
        alike = number > 0 and _body(named[number - 1]) == _body(one)
        since.append(since[-1] if alike else number)
    return _Rivals(named, [one.start for one in named], since, bool(local))


def _body(one: Found) -> str:
    return one.key or one.place


def _homes(
    found: Sequence[Found], organs: dict[str, dict[str, Found]], around: Surroundings
) -> dict[str, dict[str, Span]]:
    """The places of each level: those whose organs the page names, else those of its head, else those of its body."""
    text = around.article.text
    of_organs = {code: cite(text, *one.pair) for by_code in organs.values() for code, one in by_code.items()}
    others = Stretches(one.pair for one in found if not one.place)
    of_body = {
        code: cite(text, *pair)
        for pair, (key, _) in reversed(around.places.named.items())
        if (code := code_of(key)) is not None and others.holding(*pair) is None
    }
    homes: dict[str, dict[str, Span]] = {}
    for level in ("province", "prefecture", "county"):
        for source in (_with_those_above(of_organs), _with_those_above(around.setting.places), of_body):
            held = {code: span for code, span in source.items() if len(code) == _DIGITS and _level(code) == level}
            if held:
                homes[level] = held
                break
    return homes


def _with_those_above(places: Mapping[str, Span]) -> dict[str, Span]:
    """The places and the units that hold them: where 杭州市委 stands, 省委 is that of 浙江."""
    return {above: span for code, span in places.items() for above in ancestors(code)} | dict(places)


def _level(code: str) -> str:
    return next((level for zeros, level in _LATER.items() if code.endswith(zeros)), "county")


def _with_home(one: Found, context: _Context, around: Surroundings) -> Found:
    """An organ named by its level alone belongs to the only place of that level."""
    settings = around.found.settings
    for levels in settings["levels_of"].get(one.place, ()):
        homes = {
            code: span
            for level in levels
            for code, span in context.homes.get(level, {}).items()
            if (entry := around.places.gazetteer.get(code)) is not None
            and (entry.name.endswith(one.place) or one.place in settings["bare_endings"])
        }
        meant = homes if len(homes) == 1 else _of_block(one, homes, context, around)
        if len(meant) == 1:
            ((code, span),) = meant.items()
            return msgspec.structs.replace(one, place=code, support=span)
        if meant:
            break
    return one


def _of_block(one: Found, homes: Mapping[str, Span], context: _Context, around: Surroundings) -> Mapping[str, Span]:
    """Those of several places that the block names before the organ; all where it names none."""
    block = block_at(around.article.body, one.start)
    named = around.places.named
    before = bisect_left(context.places, (one.start,))
    first = max(bisect_left(context.places, (block.start,)), before - _NEAREST)
    here = {
        code: cite(around.article.text, *pair)
        for pair in reversed(context.places[first:before])
        for key in (named[pair][0],)
        for code in ((key, *ancestors(key)) if code_of(key) else ())
        if code in homes
    }
    return here or homes


def _placed(one: Found, around: Surroundings) -> Found:
    """The organ with the full name of its place and the full form of its own name."""
    code = code_of(one.place)
    if code is None:
        return msgspec.structs.replace(one, key=around.folded[one.start : one.end])
    full, place = _full(one, around), _name_of_place(code, around)
    settings = around.found.settings
    prefix = settings["party"] if one.type == "party" and not one.organ.startswith(settings["party_body"]) else ""
    canonical = f"{prefix}{place}{full}" if place and full else None
    return msgspec.structs.replace(one, key=f"{code}:{full or one.organ}", canonical=canonical)


def _name_of_place(code: str, around: Surroundings) -> str:
    """The full name of a place of China; a district, whose name others bear too, with that of its city."""
    gazetteer = around.places.gazetteer
    if code not in gazetteer:
        return ""
    name = gazetteer[code].name
    city = next((gazetteer[held].name for held in ancestors(code) if held in gazetteer), "")
    return f"{city}{name}" if name.endswith("区") and not name.endswith("地区") else name


def _full(one: Found, around: Surroundings) -> str:
    if one.type == "party":
        return one.organ
    return full_form(one.organ, one.place, around.found.settings)


def _bare(one: Found, words: str, context: _Context, around: Surroundings) -> Found:
    """国资委 and the like: the central body, unless the page speaks of a province's; open where both are named."""
    row = around.found.settings["bare"][words]
    central = joined(_STATE, row["central"])
    if context.rivals(words).local:
        return _nearest(one, words, context.rivals(words), around)
    named, home = context.bodies.get(central, []), _home_of_page(around)
    if not named and home is not None:
        return _of_place(one, home[0], words, home[1], around)
    return _central(one, central, around) if named or row["alone"] else _open(one, around)


def _nearest(one: Found, words: str, rivals: _Rivals, around: Surroundings) -> Found:
    """Where several bodies are named: the only one so far, or the only one of the same block; else none."""
    block = block_at(around.article.body, one.start)
    number = bisect_left(rivals.starts, one.start) - 1
    here = bisect_left(rivals.starts, block.start)
    if number < 0 or (rivals.since[number] > 0 and not rivals.since[number] <= here <= number):
        return _open(one, around)
    last = rivals.named[number]
    if last.organ:
        return _of_place(one, last.place, words, cite(around.article.text, *last.pair), around)
    return _central(one, last.key, around)


def _home_of_page(around: Surroundings) -> tuple[str, Span] | None:
    """The one province or city of the page's head, if the body speaks as its own: 我省, 全市."""
    settings = around.found.settings
    for level, words in settings["own_words"].items():
        held = {code: span for code, span in around.setting.places.items() if _level(code) == level}
        if len(held) == 1 and any(word in around.folded for word in words):
            return next(iter(held.items()))
    return None


def _of_place(one: Found, code: str, organ: str, support: Span, around: Surroundings) -> Found:
    local = msgspec.structs.replace(one, entry=None, key="", canonical=None, place=code, organ=organ, support=support)
    return _placed(msgspec.structs.replace(local, type="government"), around)


def _central(one: Found, key: str, around: Surroundings) -> Found:
    entry = around.bodies.get(key)
    if entry is None:
        return _open(one, around)
    central = msgspec.structs.replace(one, key=key, entry=entry, canonical=entry.name, organ="", place="")
    return _of_its_time(central, around)


def _open(one: Found, around: Surroundings) -> Found:
    """NIL: the page names it, and nothing says which body it is."""
    words = around.folded[one.start : one.end]
    return msgspec.structs.replace(one, key=words, canonical=None, entry=None, organ="", place="")


def _of_its_country(one: Found, words: str, context: _Context, around: Surroundings) -> Found:
    """A ministry without its country after one of the same name with it: 美国司法部 … 司法部."""
    settings = around.found.settings
    if one.entry is None or one.entry.fields["class"] not in settings["twin_classes"]:
        return one
    if words != one.entry.name and words not in settings["twin_names"]:
        return one
    if words in settings["roc_twins"] and context.of_taiwan():
        return _open(one, around)
    listed = _after_foreign(one, words, context, around)
    if listed is not None:
        return listed
    foreign = [key for key, mentions in context.bodies.items() if _is_foreign(mentions[0].entry, words, around)]
    if len(foreign) == 1 and not around.is_at_home and not _is_said_in_full(one, words, context):
        return _central(one, foreign[0], around)
    return one


def _after_foreign(one: Found, words: str, context: _Context, around: Surroundings) -> Found | None:
    """A ministry in a list after one of another country: 美国国务院和国防部."""
    if around.folded[one.start - 1 : one.start] not in set(around.found.settings["joins"]):
        return None
    for mentions in context.bodies.values():
        entry = mentions[0].entry
        if entry is None or not _is_foreign(entry, "", around) or not _is_end(one.start - 1, mentions):
            continue
        country = entry.id.partition("-")[0]
        same = [
            key
            for key, body in around.bodies.items()
            if _is_foreign(body, words, around) and body.id.partition("-")[0] == country
        ]
        return _central(one, same[0], around) if len(same) == 1 else _open(one, around)
    return None


def _is_end(place: int, mentions: Sequence[Found]) -> bool:
    """Whether one of the mentions, which stand in page order, ends at the place."""
    number = bisect_left(mentions, place, key=attrgetter("end"))
    return number < len(mentions) and mentions[number].end == place


def _is_foreign(entry: Entry | None, words: str, around: Surroundings) -> bool:
    if entry is None or entry.fields.get("class") != around.found.settings["foreign_class"]:
        return False
    return entry.name.endswith(words)


def _is_of_taiwan(around: Surroundings) -> bool:
    """Whether the page is in traditional script and names Taiwan: its ministries are then those of its authorities."""
    keys = (key for key, _ in around.places.named.values())
    if not any(key.startswith(tuple(around.found.settings["taiwan"])) for key in keys):
        return False
    text, folded = around.article.text, around.folded
    every = (place for block in around.article.body for place in range(block.start, block.end))
    words = list(islice(every, _SAMPLE))
    changed = sum(text[place] != folded[place] and text[place] > _LATIN for place in words)
    return changed * _ONE_IN > len(words)


def _is_said_in_full(one: Found, words: str, context: _Context) -> bool:
    return bool(context.spellings.get(one.key, set()) - {words})


def _of_its_time(one: Found, around: Surroundings) -> Found:
    """NIL where the page is older than the body and its announcement: its words name something else."""
    fields = one.entry.fields if one.entry is not None else {}
    since = fields.get("named_from") or fields.get("valid_from") or ""
    day = around.setting.day
    if day and since and day[: len(since)] < since:
        return _open(one, around)
    return one
