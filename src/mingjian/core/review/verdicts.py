"""What each reviewer last said of each claim, as one label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingjian.core.model.review import Review, Verb


def standing(reviews: Iterable[Review]) -> list[Review]:
    """The reviews that nobody undid, in the order of the log."""
    return sorted((one for one in reviews if one.undone is None), key=lambda one: one.number)


def by_claim(reviews: Iterable[Review]) -> Mapping[str, list[Review]]:
    """The reviews of each claim, in the order of the log."""
    found: dict[str, list[Review]] = {}
    for one in sorted(reviews, key=lambda one: one.number):
        found.setdefault(one.claim, []).append(one)
    return found


def labels_of(reviews: Iterable[Review]) -> Mapping[str, Verb]:
    """What each reviewer last said of one claim, by who that is, in the order of names.

    Whoever accepts what somebody else corrected agrees that it had to be corrected.
    """
    verbs: dict[int, Verb] = {}
    said: dict[str, Verb] = {}
    for one in sorted(reviews, key=lambda one: one.number):
        answered = verbs.get(one.answers) if one.answers is not None else None
        verbs[one.number] = answered if one.verb == "accept" and answered is not None else one.verb
        if one.undone is None:
            said[one.who] = verbs[one.number]
    return dict(sorted(said.items()))
