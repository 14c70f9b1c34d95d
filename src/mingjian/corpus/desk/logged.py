"""What reviews so far say of all facts: followed along the log, of which nothing is read twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from mingjian.core.model.review import QueueAsked, Reason, Review
from mingjian.core.review.erring import Judged, judged_of
from mingjian.core.review.settings import review_settings
from mingjian.core.review.verdicts import labels_of


class Said(msgspec.Struct, frozen=True):
    """What reviews so far say of all facts: by claim who said what, and what rules weigh for it."""

    claims: Mapping[str, Mapping[str, str]]
    judged: Mapping[str, int]
    errors: Mapping[str, Reason]

    def seen(self, asked: QueueAsked) -> Collection[str]:
        """The claims that are not asked for, because people saw them."""
        if asked.seen == "all":
            return ()
        if asked.seen == "others":
            return {claim for claim, said in self.claims.items() if asked.who in said}
        return self.claims.keys()


class Log:
    """The reviews of one log, by its name, up to a place; ``said`` is another whenever anything was said."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.place = 0
        self.said = Said({}, {}, {})
        self._reviews: dict[str, dict[int, Review]] = {}
        self._claims: dict[str, Mapping[str, str]] = {}
        self._judged: dict[str, Judged] = {}
        self._counts: Counter[Judged] = Counter()

    def follow(self, lately: Sequence[Review], place: int) -> None:
        """Take in the reviews that were made or taken back since, up to a place of the log."""
        for one in lately:
            self._reviews.setdefault(one.claim, {})[one.number] = one
        for claim in dict.fromkeys(one.claim for one in lately):
            self._judge(claim, list(self._reviews[claim].values()))
        self.said = Said(dict(self._claims), *_rules_said(self._counts))
        self.place = place

    def addresses_of(self, claims: Iterable[str]) -> set[str]:
        """The addresses of the pages of which these claims were made."""
        return {one.address for claim in claims for one in self._reviews[claim].values()}

    def _judge(self, claim: str, held: Sequence[Review]) -> None:
        labels = labels_of(held)
        if labels:
            self._claims[claim] = labels
        else:
            self._claims.pop(claim, None)
        before, now = self._judged.pop(claim, None), judged_of(held)
        if before is not None:
            self._counts[before] -= 1
        if now is not None:
            self._judged[claim] = now
            self._counts[now] += 1


def _rules_said(counts: Mapping[Judged, int]) -> tuple[Mapping[str, int], Mapping[str, Reason]]:
    """How often what each rule made was judged, and what rules weigh that erred."""
    settings = review_settings().reason["rule-errs"]
    judged, erred = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for one, count in counts.items():
        if one.label != "add":
            judged[one.rule, one.kind] += count
            erred[one.rule, one.kind] += 0 if one.label == "accept" else count
    of_rules, errors = Counter[str](), dict[str, Reason]()
    for (rule, kind), count in sorted(judged.items(), key=lambda each: (erred[each[0]], each[0])):
        of_rules[rule] += count
        wrong = erred[rule, kind]
        if rule and count >= settings.least and wrong / count >= settings.share:
            weight = round(settings.weight * (wrong / count), 3)
            errors[rule] = Reason("rule-errs", weight, f"{rule} {wrong}/{count}")
    return of_rules, errors
