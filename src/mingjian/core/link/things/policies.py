"""Policies: one document under its full and its short title, in draft and in force, whoever names it."""

from __future__ import annotations

from collections.abc import Iterator

from mingjian.core.link.things.alone import Telling, keys_unless_alone, settled
from mingjian.core.link.things.identities import identity_cues, identity_settings
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.spheres import COUNTRY, differ, is_place, sphere_of
from mingjian.core.link.things.titles import Title, are_editions_apart, is_short, number_of, title_of, year_in
from mingjian.core.link.things.wording import both, likeness
from mingjian.core.model.facts import Policy
from mingjian.core.model.record import Record
from mingjian.core.model.things import OPEN, PageCard, Verdict


class PolicyProfile(Telling, frozen=True, gc=False):
    """What tells one document from another: title, number, years, edition and whose it is.

    ``years`` are those of the title, and for documents of every year the year that the page tells; ``issuers`` who
    issued it, sorted, each as ``core.link.things.spheres`` names it.
    """

    called: str
    core: str
    place: str | None = None
    issuers: tuple[str, ...] = ()
    number: str | None = None
    years: tuple[int, ...] = ()
    edition: str = ""
    draft: bool = False
    annual: bool = False
    generic: bool = False


def policy_linking() -> Linking[PolicyProfile]:
    """How policies are identified."""
    return Linking(
        kind="policy",
        profile_type=PolicyProfile,
        profiles=_profiles,
        keys=keys_unless_alone(_keys),
        judge=_judge,
        slots=_slots,
        called=lambda profile: profile.called,
        named=slots_of_title,
    )


def _profiles(page: PageCard, record: Record) -> Iterator[Profiled[PolicyProfile]]:
    for policy in record.policies:
        yield Profiled(policy, settled(policy_profile(policy, page), page, _judge))


def policy_profile(policy: Policy, page: PageCard) -> PolicyProfile:
    """What of a policy decides which document it is."""
    title = title_of(policy.title)
    named = (*policy.issuer, *((title.issuer,) if title.issuer else ()))
    issuers = {sphere for name in named if (sphere := sphere_of(name, page)) is not None}
    places = sorted(filter(is_place, issuers))
    place = title.place or (places[0] if len(places) == 1 else COUNTRY if issuers == {COUNTRY} else None)
    if place is None and not named and identity_cues()["national-report"].search(title.core):
        place = COUNTRY
    return PolicyProfile(
        called=policy.title,
        core=title.core,
        place=place,
        issuers=tuple(sorted(issuers)),
        number=number_of(policy.doc_no) or title.number,
        years=title.years or _years_told(policy, page, title),
        edition=title.edition,
        draft=title.draft,
        annual=title.annual,
        generic=title.generic,
    )


def owners_of_policies(page: PageCard, record: Record) -> dict[str, str]:
    """Whose each policy of a page is, by its title as the page's other facts give it."""
    owners = {}
    for policy in record.policies:
        profile = policy_profile(policy, page)
        owner = profile.place or (profile.issuers[0] if len(profile.issuers) == 1 else None)
        if owner is not None:
            owners[policy.title] = owner
    return owners


def _years_told(policy: Policy, page: PageCard, title: Title) -> tuple[int, ...]:
    """The year of a document of every year, or of a title that says little, as the page tells it."""
    if not (title.annual or title.generic):
        return ()
    year = year_in(policy.evidence.text)
    if year is not None:
        return (year,)
    told = policy.published or policy.signed or policy.date
    if told is not None:
        return (int(told[:4]),)
    first, last = (page.published_from or "")[:4], (page.published_to or "")[:4]
    return (int(first),) if first and first == last else ()


def _keys(profile: PolicyProfile) -> tuple[str, ...]:
    numbers = (f"number {profile.number}",) if profile.number else ()
    if not profile.core:
        return numbers
    if profile.annual:
        return (*numbers, *(f"{profile.core} {year}" for year in profile.years))
    if profile.generic:
        return (*numbers, *(f"{profile.core} {year} {profile.place}" for year in profile.years if profile.place))
    return (*numbers, profile.core)


def _judge(first: PolicyProfile, second: PolicyProfile) -> Verdict:
    if first.core != second.core:
        return _of_one_number(first, second)
    apart = _apart(first, second)
    if apart is not None:
        return apart
    if first.number is not None and first.number == second.number:
        return Verdict("same", "same-number", 100, (first.number,))
    return _of_one_title(first, second)


def _of_one_number(first: PolicyProfile, second: PolicyProfile) -> Verdict:
    """Other titles with one number: one document, if the titles have much in common or one says nothing."""
    if first.number is None or first.number != second.number:
        return OPEN
    like = likeness(first.core, second.core) >= identity_settings().policies.like
    return Verdict("same", "same-number", 95, (first.number,)) if like or first.generic or second.generic else OPEN


def _apart(first: PolicyProfile, second: PolicyProfile) -> Verdict | None:
    """Why documents of one title are two."""
    if first.years and second.years and first.years != second.years:
        return Verdict("apart", "other-years", 0, both(_written(first.years), _written(second.years)))
    if differ(first.place, second.place):
        return Verdict("apart", "other-region", 0, both(first.place, second.place))
    if are_editions_apart(first.edition, second.edition):
        return Verdict("apart", "other-revision", 0, both(first.edition, second.edition))
    if differ(first.number, second.number) and not first.draft and not second.draft:
        return Verdict("apart", "other-number", 0, both(first.number, second.number))
    return None


def _of_one_title(first: PolicyProfile, second: PolicyProfile) -> Verdict:
    """What documents of one title are which nothing keeps apart."""
    on = (first.core,)
    agree = bool(set(first.issuers) & set(second.issuers)) or (first.place is not None and first.place == second.place)
    if bool(first.edition) != bool(second.edition):
        return OPEN
    if first.annual:
        return _of_one_year(first, second, agree=agree)
    if not _says_enough(first, second, agree=agree):
        return OPEN
    if first.years != second.years:
        return Verdict("same", "same-title-years-unsaid", 55, on)
    if first.draft != second.draft:
        return Verdict("same", "draft-and-final", 60, on)
    return Verdict("same", "same-title-issuer", 90, on) if agree else Verdict("same", "same-title", 70, on)


def _of_one_year(first: PolicyProfile, second: PolicyProfile, *, agree: bool) -> Verdict:
    """Documents that come every year under one title: the country's is not that of a place of which nothing is told."""
    if not first.years or (COUNTRY in (first.place, second.place) and first.place != second.place):
        return OPEN
    return Verdict("same", "same-year", 75 if agree else 65, (first.core, _written(first.years)))


def _says_enough(first: PolicyProfile, second: PolicyProfile, *, agree: bool) -> bool:
    """Whether a title names a document by itself, or what else is told agrees."""
    if first.generic:
        return agree and first.years == second.years and bool(first.years)
    placed = first.place != second.place and (is_place(first.place) or is_place(second.place))
    if agree or (placed and first.years == second.years != ()):
        return True
    return not placed and not (is_short(first.core) and first.issuers and second.issuers)


def _written(years: tuple[int, ...]) -> str:
    return "—".join(map(str, years))


def _slots(profile: PolicyProfile) -> tuple[str, ...]:
    number = (profile.number,) if profile.number else ()
    if not profile.core or profile.generic or (profile.annual and not profile.years):
        return number
    return (*number, f"{profile.core} {profile.years[0]}" if profile.annual else profile.core)


def slots_of_title(name: str) -> tuple[str, ...]:
    """What a document is found by that another fact calls so."""
    title = title_of(name)
    number = (title.number,) if title.number else ()
    if not title.core or title.generic or (title.annual and not title.years):
        return number
    return (*number, f"{title.core} {title.years[0]}" if title.annual else title.core)
