"""What of a page says which event it tells: its title and the sentences of its summary, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import sqrt

import msgspec

from mingjian.core.annotate.times import annotate_times
from mingjian.core.link.stories.amounts import amount_keys, amounts_of
from mingjian.core.link.stories.mains import Main, main_keys, main_of
from mingjian.core.link.stories.settings import ReadingSettings, kind_cues, story_cues, story_settings
from mingjian.core.model.annotation import Anchor, TimeExpression
from mingjian.core.model.facts import Region
from mingjian.core.model.outcome import Cited
from mingjian.core.model.record import Record
from mingjian.core.model.things import PageCard
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.bare_text import article_of
from mingjian.core.text.folding import fold
from mingjian.core.text.phrases import vocabulary_of

UNIT = 1_000  # length of the words of a profile, taken together as a vector
_COUNTRY = 3  # figures of the code of a country
_MINUTE = ("minute", "second")


class StoryProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What a page tells, as far as two pages can be compared in it.

    ``kinds`` are kinds of happenings (``stories.toml``); ``last`` the ISO day by which it was published, ``days`` and
    ``moments`` the days and minutes that it tells of; ``places`` codes of GB/T 2260 (three figures for a country),
    ``entitled`` those of the title; ``strengths`` of an earthquake, ``headed`` where
    the title gives them; ``figures`` are exact numbers as printed; ``words`` its rare words with their weights, which
    make a vector of the length ``UNIT``. ``text`` is the first source of its reprints, itself where it has none;
    ``main`` what it is about, ``amounts`` its numbers with how much each says.
    """

    title: str
    kinds: tuple[str, ...]
    last: str | None
    days: tuple[str, ...]
    moments: tuple[str, ...]
    places: tuple[str, ...]
    entitled: tuple[str, ...]
    strengths: tuple[float, ...]
    headed: bool
    figures: tuple[str, ...]
    words: dict[str, int]
    text: str
    main: Main
    amounts: dict[str, int]


def profile_of(page: PageCard, record: Record) -> StoryProfile | None:
    """What the page tells; ``None`` for what tells no story: a list, a roundup, a page without sentences."""
    headline = record.title.value if isinstance(record.title, Cited) else ""
    title = fold(headline)
    if not record.summary or record.page_kind != "article" or _is_roundup(title):
        return None
    settings = story_settings().reading
    opening = fold("\n".join(span.text for span in record.summary))[: settings.opening]
    last = page.published_to or page.published_from
    strengths = _strengths(title)
    days, moments = _when(f"{title}\n{opening}", last, settings)
    return StoryProfile(
        title=headline,
        kinds=_kinds(title) or _kinds(opening[: settings.lead]),
        last=last or max(days, default=None),
        days=days,
        moments=moments,
        places=_codes(record.regions, f"{title}\n{opening}", settings.suffixes),
        entitled=_codes(record.regions, title, settings.suffixes),
        strengths=strengths or _strengths(opening)[:1],
        headed=bool(strengths),
        figures=tuple(sorted(set(story_cues()["figure"].findall(f"{title}\n{opening}")))),
        words=_words(title, opening, settings),
        text=page.group,
        main=main_of(page, record),
        amounts=amounts_of(record),
    )


def _is_roundup(title: str) -> bool:
    """Whether the title says so, by the cue of reprints: their module would load numpy."""
    cues = (bundled_rulebook().cues("corpus/reprints")["roundup"], story_cues()["bulletin"])
    return bool(title) and any(cue.search(title) for cue in cues)


def _kinds(words: str) -> tuple[str, ...]:
    return tuple(kind for kind, cue in kind_cues() if cue.search(words))


def _strengths(words: str) -> tuple[float, ...]:
    return tuple(sorted({float(found.group(1)) for found in story_cues()["strength"].finditer(words)}))


def _codes(regions: Iterable[Region], words: str, suffixes: str) -> tuple[str, ...]:
    """The codes of the places that the words name, with or without the word for what kind of place it is."""
    found = {one.code for one in regions if one.code and (_bare(fold(one.name), suffixes)) in words}
    return tuple(sorted(found))


def _bare(name: str, suffixes: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in suffixes else name


def _when(words: str, last: str | None, settings: ReadingSettings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The days and the minutes of which the words tell, those long before publication and after it left out."""
    times = annotate_times(article_of(words), bundled_rulebook(), Anchor(last, "published"))
    told = [time for time in times if _is_told(time, last, settings.before)]
    days = {time.date.start for time in told if time.date.start}
    moments = {time.begin[:16] for time in told if time.begin and time.date.precision in _MINUTE}
    return tuple(sorted(days)), tuple(sorted(moments))


def _is_told(time: TimeExpression, last: str | None, before: int) -> bool:
    """Whether the time is one day on which something happened."""
    day = time.date.start
    if time.function == "as_of" or day is None or day != time.date.end:
        return False
    if last is None:
        return True
    reach = date.fromisoformat(last) - timedelta(days=before)
    return reach.isoformat() <= day <= last


def _words(title: str, opening: str, settings: ReadingSettings) -> dict[str, int]:
    """The rare words with their weights: rarity in general text, twice that in the title."""
    weights: dict[str, float] = {}
    for part, factor in ((title, settings.title), (opening, 1.0)):
        for word, rarity in _rare(part, settings):
            weights[word] = max(weights.get(word, 0.0), rarity * factor)
    kept = sorted(weights.items(), key=lambda each: (-each[1], each[0]))[: settings.words]
    length = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {word: round(weight / length * UNIT) for word, weight in kept}


_WORD = re.compile(r"[^\W\d_]{2,}")


def _rare(part: str, settings: ReadingSettings) -> Iterator[tuple[str, float]]:
    vocabulary, common = vocabulary_of(bundled_rulebook()), story_cues()["common"]
    for word in vocabulary.cut(part):
        rarity = vocabulary.rarities[word] - settings.common
        if rarity > 0 and _WORD.fullmatch(word) and not common.search(word):
            yield word, min(rarity, settings.rarest)


def keys_of(profile: StoryProfile) -> tuple[str, ...]:
    """What two profiles must share to be judged: what they are about, or when they came and a telling word or place."""
    found = (f"text:{profile.text}", *main_keys(profile.main))
    if profile.last is None:
        return found
    settings = story_settings()
    bucket = date.fromisoformat(profile.last).toordinal() // settings.reading.bucket
    telling = sorted(profile.words, key=lambda word: (-profile.words[word], word))[: settings.reading.telling]
    shared = [f"word:{word}" for word in telling]
    shared += amount_keys(profile.amounts)
    for kind in profile.kinds:
        happening = settings.kinds.get(kind)
        fine = {code if len(code) == _COUNTRY else code[:4] for code in profile.places if code[2:] != "0000"}
        shared += [f"{kind}:{place}" for place in sorted(fine)]
        if happening and happening.rare:
            shared += [f"{kind}:{place}" for place in sorted({code[:2] + "0000" for code in profile.places})]
        if happening and happening.felt:
            shared += [f"{kind}:{day}" for day in profile.days]
    return (*found, *(f"{when}:{key}" for key in dict.fromkeys(shared) for when in (bucket, bucket + 1)))
