"""Titles of documents, taken apart: what tells one from another, and what does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.spheres import place_before
from mingjian.core.link.things.wording import half_width, plain

_SET_OFF = re.compile(r"[\s《》〈〉“”\"'‘’「」『』【】]+")
_BRACKET = re.compile(r"\(([^()]{1,40})\)\Z")
_LONGEST_NUMBER = 24


class Title(msgspec.Struct, frozen=True):
    """A title: ``core`` is what is left without issuer, place, years and brackets that tell of the version.

    ``annual`` documents bear one title every year, ``generic`` titles name no document by themselves.
    """

    core: str
    place: str | None = None
    issuer: str = ""
    years: tuple[int, ...] = ()
    edition: str = ""
    draft: bool = False
    annual: bool = False
    generic: bool = False
    number: str | None = None


@lru_cache(maxsize=65536)
def title_of(words: str) -> Title:
    """The parts of a title as printed.

    >>> title_of("《深圳市加快算力建设行动方案（2023—2024年）》").years
    (2023, 2024)
    """
    cues = identity_cues()
    left = _SET_OFF.sub("", half_width(words))
    number = number_of(left)
    if number is not None and _is_number(left):
        return Title(core="", generic=True, number=number)
    issuer, left = _named_by_notice(left)
    left, inside = _without_brackets(left)
    before = cues["issuer"].search(left)
    if before is not None:
        issuer, left = issuer or before["issuer"], left[before.end() :]
    years = tuple(int(year) for found in (left, *inside) for year in _years(found))
    left = cues["years"].sub("", left) if years else left
    place, core = place_before(cues["state-name"].sub("", plain(left)))
    core = cues["framing"].sub("", core)
    core = cues["filler"].sub("", cues["title-lead"].sub("", core))
    return Title(
        core=core,
        place=place,
        issuer=issuer,
        years=tuple(sorted(set(years))),
        edition=next((found for one in inside if (found := edition_of(one))), ""),
        draft=any(cues["draft"].search(one) for one in inside),
        annual=cues["annual"].search(core) is not None,
        generic=cues["generic"].search(core) is not None,
        number=number,
    )


def _is_number(words: str) -> bool:
    """Whether the words are the number of a document and nothing else."""
    found = identity_cues()["document-number"].search(words)
    return found is not None and found.end() == len(words) <= _LONGEST_NUMBER


def _named_by_notice(words: str) -> tuple[str, str]:
    """Who issues, and the document that a notice issues or asks about; else the words themselves."""
    for name in ("notice", "consulting", "consulted"):
        found = identity_cues()[name].search(words)
        if found is not None:
            return found["issuer"], found["title"]
    return "", words


def edition_of(told: str) -> str:
    """Which edition the words in brackets tell of, its year before its kind; empty where they tell of none.

    >>> edition_of("2023年修订"), edition_of("修订草案"), edition_of("征求意见稿")
    ('2023修订', '修订', '')
    """
    cues = identity_cues()
    kind = cues["revision"].search(told)
    if kind is None or not (cues["edition"].search(told) or cues["draft"].search(told)):
        return ""
    return "".join(sign for sign in told if sign.isdecimal()) + kind["kind"]


def are_editions_apart(first: str, second: str) -> bool:
    """Whether both editions are told and cannot be one: other kinds, or other years.

    >>> are_editions_apart("2023修订", "修订"), are_editions_apart("2023修订", "2018修订")
    (False, True)
    """
    if not first or not second or first == second:
        return False
    (year, kind), (other_year, other_kind) = map(_year_and_kind, (first, second))
    return kind != other_kind or bool(year and other_year)


def _year_and_kind(edition: str) -> tuple[str, str]:
    kind = edition.lstrip("0123456789")
    return edition.removesuffix(kind), kind


def _without_brackets(left: str) -> tuple[str, list[str]]:
    """The title without the brackets at its end that tell of its version, and what stands in them."""
    cues = identity_cues()
    inside: list[str] = []
    while (bracket := _BRACKET.search(left)) is not None:
        told = bracket[1]
        known = any(cues[name].search(told) for name in ("draft", "trial", "edition", "years"))
        if not known and number_of(told) is None:
            break
        inside.append(told)
        left = left[: bracket.start()]
    return left, inside


def _years(words: str) -> Iterator[str]:
    if identity_cues()["edition"].search(words):
        return
    for found in identity_cues()["years"].finditer(words):
        yield from (year for year in (found["from"], found["to"]) if year)


def year_in(words: str) -> int | None:
    """The only year that the words name, if there is one."""
    years = {int(year) for year in _years(half_width(words))}
    return next(iter(years)) if len(years) == 1 else None


def number_of(words: str | None) -> str | None:
    """The number of a document, in one form; without the organ's words, which pages leave out or shorten.

    >>> number_of("国发〔2025〕11号") == number_of("国发[2025]11号")
    True
    """
    if not words:
        return None
    folded = _SET_OFF.sub("", half_width(words))
    found = identity_cues()["document-number"].search(folded)
    if found is None:
        return None
    return f"{plain(folded[: found.start()])[-8:]}[{found['year']}]{int(found['number'])}"


def is_short(core: str) -> bool:
    """Whether so few characters do not name a document by themselves."""
    return len(core) < identity_settings().policies.short
