"""The facts that are worth a look, in the order in which they are: of the index, and of reviews that came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from itertools import islice
from typing import Any

import msgspec

from mingjian.core.link.things.answering import lies_in, shared_digits
from mingjian.core.model.review import QueueAsked, QueuedFact, Reason
from mingjian.core.review.settings import review_settings
from mingjian.core.review.worth import in_order
from mingjian.corpus.desk.logged import Said
from mingjian.store.queue import QueueIndex, split_names

_COLUMNS = (
    'f.number, p.id, p.doc_id, p.address, f.kind, f.fact, f.rule, f.start, f."end", f.words, f.regions, p.sources, '
    "p.published, f.score, f.claim"
)
_FACTS = "FROM fact f"
_FROM = "FROM fact f JOIN page p ON p.number = f.page"
_OF_RULES = ("rule-errs", "new-rule")
_PLACED = "SELECT fact FROM place WHERE"
_PAGES = "SELECT number FROM page WHERE"
_WITHIN = "(code BETWEEN ? AND ? AND length(code) = length(?))"
_FROM_SOURCE = "instr(sources, ?) > 0"
_FEW = 2_000  # facts that are put in order faster than they are looked for in the order of all


class Counts(msgspec.Struct, frozen=True):
    """How many facts there are, by rule, reasons (slugs in one word) and whether each is worth a look by itself."""

    of: Mapping[tuple[str, str, bool], int]

    def without(self, other: Counts) -> Counts:
        """The same without those that the other counts."""
        return Counts({key: count - other.of.get(key, 0) for key, count in self.of.items()})


class Asking:
    """One question to the queue."""

    def __init__(self, index: QueueIndex, asked: QueueAsked, said: Said, returned: Sequence[QueuedFact]) -> None:
        self._index = index
        self._asked = asked
        self._said = said
        self._returned = [one for one in returned if _answers(one, asked)]
        self._bonus = self._rule_reasons()

    def facts(self, every: Counts) -> list[QueuedFact]:
        """The facts that are asked for, the heaviest first; ``every`` counts all that answer."""
        most = self._asked.offset + self._asked.limit
        seen, told = self._said.seen(self._asked), {one.fact for one in self._returned}
        returned = ((-one.score, -1, one) for one in sorted(self._returned, key=lambda one: -one.score))
        merged = merge(*self._streams(every), returned, key=lambda one: one[:2])
        new = (one for _, _, one in merged if isinstance(one, QueuedFact) or not (one[14] in seen or one[5] in told))
        rows = list(islice(new, self._asked.offset, most))
        reasons = self._index.reasons_of([row[0] for row in rows if not isinstance(row, QueuedFact)])
        return [row if isinstance(row, QueuedFact) else self._queued(row, reasons[row[0]]) for row in rows]

    def counted(self) -> Counts:
        """All that answer, whoever saw them: what is costly to count, and changes only with the pages."""
        return self._counts("1", ())

    def counts(self, every: Counts) -> tuple[int, dict[str, int]]:
        """How many of all that answer wait for a look, and how many for each reason."""
        claims = msgspec.json.encode(list(self._said.seen(self._asked))).decode()
        told = msgspec.json.encode([one.fact for one in self._returned]).decode()
        seen = (
            "f.number IN (SELECT number FROM fact WHERE claim IN (SELECT value FROM json_each(?)) "
            "UNION SELECT number FROM fact WHERE fact IN (SELECT value FROM json_each(?)))"
        )
        by_reason = Counter[str](reason.slug for one in self._returned for reason in one.reasons)
        total = len(self._returned)
        for (rule, slugs, heavy), count in every.without(self._counts(seen, (claims, told))).of.items():
            bonus = self._bonus.get(rule, ())
            if heavy or bonus:
                total += count
                for slug in {*slugs.split(), *(reason.slug for reason in bonus)}:
                    by_reason[slug] += count
        return total, {slug: by_reason[slug] for slug in sorted(by_reason, key=lambda one: (-by_reason[one], one))}

    def _counts(self, condition: str, more: Sequence[object]) -> Counts:
        where, values = self._where()
        question = (
            f"SELECT f.rule, f.reasons, f.heavy, count(*) {_FACTS} WHERE {condition} AND {where} GROUP BY 1, 2, 3"
        )
        rows = self._ask(question, *more, *values)
        return Counts({(rule, slugs, bool(heavy)): count for rule, slugs, heavy, count in rows})

    def _rule_reasons(self) -> dict[str, list[Reason]]:
        """What each rule weighs for itself."""
        found = {rule: [reason] for rule, reason in self._said.errors.items()}
        settings = review_settings().reason["new-rule"]
        for rule, version in self._index.new_rules().items():
            if self._said.judged.get(rule, 0) < settings.enough:
                found.setdefault(rule, []).append(Reason("new-rule", settings.weight, f"{rule} {version[:12]}"))
        return found

    def _streams(self, every: Counts) -> Iterator[Iterator[tuple[float, int, Any]]]:
        """Facts in order, rule by rule: of those that weigh something all, of others what is worth a look by itself."""
        rules = Counter[str]()
        for (rule, _, heavy), count in every.of.items():
            if heavy or rule in self._bonus:
                rules[rule] += count
        where, values = self._where()
        for rule, count in rules.items():
            more = sum(reason.weight for reason in self._bonus.get(rule, ()))
            condition = f"{where} AND f.rule = ?" if rule in self._bonus else f"{where} AND f.rule = ? AND f.heavy = 1"
            yield self._ordered(condition, [*values, rule], more, few=count <= _FEW and self._narrows())

    def _narrows(self) -> bool:
        """Whether more is asked for than rules and reasons tell: then few facts are found faster than put in order."""
        return bool(self._asked.sources or self._asked.regions or self._asked.page)

    def _ordered(
        self, where: str, values: Sequence[object], more: float, *, few: bool
    ) -> Iterator[tuple[float, int, Any]]:
        order = "+f.score DESC, +f.number" if few else "f.score DESC, f.number"
        for row in self._ask(f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY {order}", *values):
            yield (-(row[13] + more), row[0], row)

    def _where(self) -> tuple[str, list[object]]:
        """What is asked for, in SQL: all but whether people saw it."""
        asked = self._asked
        conditions, values = ["1"], list[object]()
        for condition, held in (
            (f"f.kind IN {_in(asked.kinds)}", asked.kinds),
            (f"f.rule IN {_in(asked.rules)}", asked.rules),
            ("f.page = (SELECT number FROM page WHERE id = ?)", (asked.page,) if asked.page else ()),
            (f"f.number IN ({_PLACED} {_any(_WITHIN, asked.regions)})", _ends(asked.regions)),
            (f"f.page IN ({_PAGES} {_any(_FROM_SOURCE, asked.sources)})", _columns(asked.sources)),
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
            regions=split_names(row[10]), source=next(iter(split_names(row[11])), ""),
            sources=split_names(row[11]), published=row[12],
        )  # fmt: skip

    def _ask(self, question: str, *values: object) -> Any:  # noqa: ANN401 - a cursor of whatever columns
        return self._index.connection.execute(question, values)


def _answers(one: QueuedFact, asked: QueueAsked) -> bool:
    """Whether a review that came back is asked for."""
    return (
        (not asked.kinds or one.kind in asked.kinds)
        and (not asked.rules or one.rule in asked.rules)
        and (not asked.page or one.page == asked.page)
        and (not asked.reasons or any(reason.slug in asked.reasons for reason in one.reasons))
        and (not asked.sources or not set(one.sources).isdisjoint(asked.sources))
        and (not asked.regions or any(lies_in(code, place) for place in asked.regions for code in one.regions))
    )


def _in(values: Sequence[object]) -> str:
    return f"({','.join('?' * len(values))})"


def _any(condition: str, values: Iterable[str]) -> str:
    return f"({' OR '.join(condition for _ in values) or '1'})"


def _ends(places: Sequence[str]) -> list[str]:
    """The codes between which all places within each of these lie, and one that is as long as theirs."""
    return [end for place in places for end in (shared_digits(place), f"{shared_digits(place)}~", place)]


def _columns(names: Sequence[str]) -> list[str]:
    return [f"\n{name}\n" for name in names]
