"""The facts that are worth a look, in the order in which they are: of the index, and of reviews that came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Any

import msgspec

from mingjian.core.model.review import QueueAsked, QueuedFact, Reason, Review
from mingjian.core.review.erring import rules_reviewed
from mingjian.core.review.settings import review_settings
from mingjian.core.review.verdicts import by_claim, labels_of
from mingjian.core.review.worth import in_order
from mingjian.store.queue import QueueIndex, split_names

_COLUMNS = (
    'f.number, p.id, p.doc_id, p.address, f.kind, f.fact, f.rule, f.start, f."end", f.words, f.regions, p.sources, '
    "p.published, f.score, f.claim"
)
_FROM = "FROM fact f JOIN page p ON p.number = f.page"
_OF_RULES = ("rule-errs", "new-rule")
_COUNTRY = "156"


class Said(msgspec.Struct, frozen=True):
    """What reviews so far say of all facts: by claim who said what, and what rules weigh for it."""

    claims: Mapping[str, Mapping[str, str]]
    judged: Mapping[str, int]
    errors: Mapping[str, Reason]

    def seen(self, asked: QueueAsked) -> list[str]:
        """The claims that are not asked for, because people saw them."""
        if asked.seen == "all":
            return []
        if asked.seen == "others":
            return [claim for claim, said in self.claims.items() if asked.who in said]
        return list(self.claims)


def said_of(reviews: Sequence[Review]) -> Said:
    """What all reviews say, taken together."""
    claims = {claim: labels_of(held) for claim, held in by_claim(reviews).items()}
    settings = review_settings().reason["rule-errs"]
    judged, errors = Counter[str](), dict[str, Reason]()
    for one in rules_reviewed(reviews):
        count = one.accepted + one.corrected + one.rejected
        judged[one.rule] += count
        if one.rule and count >= settings.least and (one.errs or 0.0) >= settings.share:
            wrong = one.corrected + one.rejected
            weight = round(settings.weight * (one.errs or 0.0), 3)
            errors[one.rule] = Reason("rule-errs", weight, f"{one.rule} {wrong}/{count}")
    return Said({claim: said for claim, said in claims.items() if said}, judged, errors)


class Asking:
    """One question to the queue."""

    def __init__(self, index: QueueIndex, asked: QueueAsked, said: Said, returned: Sequence[QueuedFact]) -> None:
        self._index = index
        self._asked = asked
        self._said = said
        self._returned = [one for one in returned if _answers(one, asked)]
        self._least = review_settings().least
        self._bonus = self._rule_reasons()

    def facts(self) -> list[QueuedFact]:
        """The facts that are asked for, the heaviest first."""
        most = self._asked.offset + self._asked.limit
        streams = [
            *self._streams(most),
            ((-one.score, -1, one) for one in sorted(self._returned, key=lambda one: -one.score)),
        ]
        found = islice(merge(*streams, key=lambda one: one[:2]), self._asked.offset, most)
        rows = [one for _, _, one in found]
        reasons = self._index.reasons_of([row[0] for row in rows if not isinstance(row, QueuedFact)])
        return [row if isinstance(row, QueuedFact) else self._queued(row, reasons[row[0]]) for row in rows]

    def counts(self) -> tuple[int, dict[str, int]]:
        """How many facts answer, and how many for each reason."""
        where, values = self._where()
        worth, more = self._is_worth()
        (total,) = self._ask(f"SELECT count(*) {_FROM} WHERE {where} AND {worth}", *values, *more).fetchone()
        by_reason = Counter[str](reason.slug for one in self._returned for reason in one.reasons)
        joined = f"{_FROM} JOIN reason r ON r.fact = f.number"
        question = f"SELECT r.slug, count(DISTINCT r.fact) {joined} WHERE {where} AND {worth} GROUP BY 1"
        by_reason.update(dict(self._ask(question, *values, *more).fetchall()))
        for slug in _OF_RULES:
            rules = [rule for rule, held in self._bonus.items() if any(reason.slug == slug for reason in held)]
            if rules:
                asked = f"SELECT count(*) {_FROM} WHERE {where} AND f.rule IN {_in(rules)}"
                by_reason[slug] += self._ask(asked, *values, *rules).fetchone()[0]
        return int(total) + len(self._returned), dict(sorted(by_reason.items(), key=lambda one: (-one[1], one[0])))

    def _rule_reasons(self) -> dict[str, list[Reason]]:
        """What each rule weighs for itself."""
        found = {rule: [reason] for rule, reason in self._said.errors.items()}
        settings = review_settings().reason["new-rule"]
        for rule, version in self._index.new_rules().items():
            if self._said.judged.get(rule, 0) < settings.enough:
                found.setdefault(rule, []).append(Reason("new-rule", settings.weight, f"{rule} {version[:12]}"))
        return found

    def _streams(self, most: int) -> Iterator[Iterator[tuple[float, int, Any]]]:
        """Facts in order: those of each rule that weighs something, and all others. Each is in an index so."""
        rules = list(self._bonus)
        where, values = self._where()
        for rule, held in self._bonus.items():
            more = sum(reason.weight for reason in held)
            yield self._ordered(f"{where} AND f.rule = ?", [*values, rule], more, most)
        outside = f" AND f.rule NOT IN {_in(rules)}" if rules else ""
        yield self._ordered(f"{where}{outside} AND f.score >= {self._least}", [*values, *rules], 0.0, most)

    def _ordered(
        self, where: str, values: Sequence[object], more: float, most: int
    ) -> Iterator[tuple[float, int, Any]]:
        question = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY f.score DESC, f.number LIMIT ?"
        for row in self._ask(question, *values, most):
            yield (-(row[13] + more), row[0], row)

    def _is_worth(self) -> tuple[str, list[object]]:
        rules = list(self._bonus)
        heavy = f"f.score >= {self._least}"
        return (f"({heavy} OR f.rule IN {_in(rules)})", [*rules]) if rules else (heavy, [])

    def _where(self) -> tuple[str, list[object]]:
        """What is asked for, in SQL."""
        asked = self._asked
        seen = self._said.seen(asked)
        returned = [one.fact for one in self._returned if one.fact]
        conditions, values = ["1"], list[object]()
        for condition, held in (
            (f"f.kind IN {_in(asked.kinds)}", asked.kinds),
            (f"f.rule IN {_in(asked.rules)}", asked.rules),
            ("p.id = ?", (asked.page,) if asked.page else ()),
            (_any("f.regions LIKE ?", asked.regions), [_like(code) for code in asked.regions]),
            (_any("instr(p.sources, ?) > 0", asked.sources), [f"\n{name}\n" for name in asked.sources]),
            ("f.claim NOT IN (SELECT value FROM json_each(?))", (msgspec.json.encode(seen).decode(),) if seen else ()),
            (f"f.fact NOT IN {_in(returned)}", returned),
            self._with_reasons(),
        ):
            if held:
                conditions.append(condition)
                values += held
        return " AND ".join(conditions), values

    def _with_reasons(self) -> tuple[str, Sequence[object]]:
        wanted = self._asked.reasons
        rules = [rule for rule, held in self._bonus.items() if any(reason.slug in wanted for reason in held)]
        of_fact = f"EXISTS (SELECT 1 FROM reason r WHERE r.fact = f.number AND r.slug IN {_in(wanted)})"  # noqa: S608
        return f"({of_fact} OR f.rule IN {_in(rules)})", [*wanted, *rules] if wanted else ()

    def _queued(self, row: Sequence[Any], reasons: Sequence[Reason]) -> QueuedFact:
        held = [*reasons, *self._bonus.get(row[6], ())]
        return QueuedFact(
            page=row[1], doc_id=row[2], address=row[3], kind=row[4], fact=row[5], rule=row[6], start=row[7], end=row[8],
            words=row[9], score=round(sum(one.weight for one in held), 3), reasons=in_order(held),
            regions=split_names(row[10]), source=next(iter(split_names(row[11])), ""), published=row[12],
        )  # fmt: skip

    def _ask(self, question: str, *values: object) -> Any:  # noqa: ANN401 - a cursor of whatever columns
        return self._index.connection.execute(question, values)


def _answers(one: QueuedFact, asked: QueueAsked) -> bool:
    """Whether a review that came back is asked for."""
    within: Callable[[str], bool] = lambda code: any(region.startswith(_stem(code)) for region in one.regions)  # noqa: E731
    return (
        (not asked.kinds or one.kind in asked.kinds)
        and (not asked.rules or one.rule in asked.rules)
        and (not asked.page or one.page == asked.page)
        and (not asked.reasons or any(reason.slug in asked.reasons for reason in one.reasons))
        and (not asked.sources or one.source in asked.sources)
        and (not asked.regions or any(map(within, asked.regions)))
    )


def _in(values: Sequence[object]) -> str:
    return f"({','.join('?' * len(values))})"


def _any(condition: str, values: Iterable[str]) -> str:
    return f"({' OR '.join(condition for _ in values) or '1'})"


def _stem(code: str) -> str:
    """The digits that codes of all places within a place begin with: the country is a place of its own."""
    if code == _COUNTRY:
        return code
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _like(code: str) -> str:
    stem = _stem(code)
    return f"%\n{stem}%" if len(stem) < len(code) else f"%\n{code}\n%"
