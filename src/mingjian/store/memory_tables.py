"""The tables of a store in memory."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from msgspec.structs import replace

from mingjian.core.model.corpus import Change, Decision, KeptFailure, KeptPage, Neighbours, Placing, Run, Step
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.store.kept import pages_of


@dataclass
class Tables:
    """What a store holds, by the number of a page or in order."""

    steps: list[Step] = field(default_factory=list)
    pages: dict[int, KeptPage] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    originals: dict[int, Page] = field(default_factory=dict)
    records: dict[int, Record] = field(default_factory=dict)
    made_in: dict[int, int] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    failures: list[KeptFailure] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    decisions: dict[int, Decision] = field(default_factory=dict)
    articles: dict[int, bytes] = field(default_factory=dict)
    neighbours: dict[int, Neighbours] = field(default_factory=dict)
    placings: dict[int, Placing] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    def forget_reasons(self, page: str) -> None:
        """Take away why people decided what they did of the page of this id: their words may be its own."""
        for number, decision in self.decisions.items():
            if page in pages_of(decision.ids):
                self.decisions[number] = replace(decision, why="")

    def copy(self) -> Tables:
        """Tables of their own with the same in them."""
        return Tables(**{each.name: getattr(self, each.name).copy() for each in fields(self)})
