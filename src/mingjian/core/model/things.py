"""Things that pages speak of: one event, one policy, one target, whichever pages tell of it and in whatever words."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, get_args

import msgspec

from mingjian.core.model.facts import Fact
from mingjian.core.model.outcome import Outcome
from mingjian.core.model.span import Pair

ThingKind: TypeAlias = Literal[
    "event", "policy", "programme", "target", "statistic", "measure", "quote", "company_action", "scenario", "compute",
    "dataset", "fund", "system", "report", "organisation", "person", "story",
]  # fmt: skip
"""What a thing is: the kind of its facts."""

FIELDS: dict[ThingKind, str] = {
    "event": "events", "policy": "policies", "programme": "programmes", "target": "targets", "statistic": "statistics",
    "measure": "measures", "quote": "quotes", "company_action": "company_actions", "scenario": "scenarios",
    "compute": "compute", "dataset": "datasets", "fund": "funds", "system": "systems", "report": "reports",
    "organisation": "organisations", "person": "people",
}  # fmt: skip
"""The field of a record in which the facts of each kind stand; a story is told by the page as a whole and has none."""

THING_KINDS: tuple[ThingKind, ...] = get_args(ThingKind)


class PageCard(msgspec.Struct, frozen=True, kw_only=True):
    """What the books know of a page: whence it is, when, and what it is about.

    ``id`` is the hash of address and content, ``group`` the id of the first source of its reprints (its own where it
    has none). ``published_from`` and ``published_to`` are the ISO days between which it was published, ``None`` where
    the page does not say; ``added`` when it came, ISO 8601. ``technologies`` are ids of the taxonomy, ``industries``
    section letters of GB/T 4754-2017, ``regions`` places by name with their codes of GB/T 2260. ``called`` gives the
    canonical names of bodies that the page prints otherwise, ``seats`` the code of the place whose organ a body is.
    ``named_at`` tells where body and title name each technology (by id), industry (by letter) and place (by name):
    what a fact is about stands in its own words. ``homes`` are the places that the page means by 省 or 市 and that no
    lexicon lists, as ``core.link.things.spheres`` names them. ``asides`` are the items that are not about AI, where
    only a passage of the page is.
    """

    id: str
    doc_id: str
    address: str
    title: Outcome[str]
    source: Outcome[str]
    publisher: Outcome[str]
    published: Outcome[str]
    published_from: str | None
    published_to: str | None
    added: str
    ai: bool
    doc_type: str
    group: str
    technologies: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    regions: dict[str, str] = {}
    called: dict[str, str] = {}
    seats: dict[str, str] = {}
    named_at: dict[str, tuple[Pair, ...]] = {}
    homes: dict[str, str] = {}
    asides: tuple[Pair, ...] = ()

    @property
    def published_on(self) -> str | None:
        """The ISO day on which it was published, where that is known: bounds are no days."""
        return self.published_from if self.published_from == self.published_to else None

    @property
    def is_document(self) -> bool:
        """Whether it is the text of a policy document itself."""
        return self.doc_type == "policy_text"


class MentionRef(msgspec.Struct, frozen=True, order=True, gc=False):
    """Which fact of which page: ids of both, and where its evidence stands, by which it is found again.

    After other rules read the page anew, the fact of this kind that lies over the same words is the one meant.
    """

    page: str
    kind: ThingKind
    start: int
    end: int
    fact: str

    @property
    def pair(self) -> Pair:
        """The two ends of the evidence."""
        return (self.start, self.end)

    @property
    def anchor(self) -> str:
        """The mention as one word, by which decisions name it.

        >>> MentionRef("a1", "event", 3, 9, "b2").anchor
        'a1#event:3-9:b2'
        """
        return f"{self.page}#{self.kind}:{self.start}-{self.end}:{self.fact}"

    @classmethod
    def anchored(cls, anchor: str) -> MentionRef:
        """The mention that a word names; raises ``ValueError`` where it names none.

        >>> MentionRef.anchored("a1#event:3-9:b2")
        MentionRef(page='a1', kind='event', start=3, end=9, fact='b2')
        """
        page, _, rest = anchor.partition("#")
        kind, place, fact = rest.split(":", 2)
        start, _, end = place.partition("-")
        return cls(page, msgspec.convert(kind, ThingKind), int(start), int(end), fact)


class About(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a mention is about: ids of technologies, section letters of industries, and codes of places.

    ``places`` are those that its own words name, ``titled`` those that the title of its page names.
    """

    technologies: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    titled: tuple[str, ...] = ()


class Member(msgspec.Struct, frozen=True):
    """A mention with its fact, its page and what it is about: what rows of ledgers are built from."""

    ref: MentionRef
    fact: Fact
    page: PageCard
    about: About

    @property
    def about_ai(self) -> bool:
        """Whether the page is about AI, and not in an item beside that."""
        return self.page.ai and not any(start <= self.ref.start < end for start, end in self.page.asides)

    def as_fact(self, kind: type[Any]) -> Any:  # noqa: ANN401 - the caller names the type that comes back
        """The fact, which is of this type: raises ``TypeError`` for another."""
        if not isinstance(self.fact, kind):
            raise TypeError(f"{self.ref.fact} is a {type(self.fact).__name__}, no {kind.__name__}")
        return self.fact


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What two mentions are: the ``same`` thing, things to be kept ``apart``, or neither can be said (``open``).

    ``reason`` is a slug that ``rules/corpus/things.toml`` words; ``on`` are the words or values on which it rests.
    ``weight`` orders links: of two that cannot both hold, the heavier does.
    """

    holds: Literal["same", "apart", "open"]
    reason: str = ""
    weight: int = 0
    on: tuple[str, ...] = ()


OPEN = Verdict("open")


class ThingLink(msgspec.Struct, frozen=True):
    """Why two mentions are one thing."""

    first: MentionRef
    second: MentionRef
    verdict: Verdict


class ThingDecision(msgspec.Struct, frozen=True):
    """What a person said of two mentions: ``split`` keeps them apart, ``merge`` makes them one, whatever rules say."""

    kind: Literal["split", "merge"]
    first: MentionRef
    second: MentionRef


class ThingDate(msgspec.Struct, frozen=True):
    """When an event happened, as all that tell of it say together: ISO day bounds, both inclusive, either open.

    ``basis``: ``told`` (a mention gives these bounds), ``narrowed`` (several mentions together), ``chained`` (counted
    from the date of ``after``, the id of another event). ``by`` are the mentions whose words give the bounds,
    ``against`` those whose words contradict them.
    """

    start: str | None
    end: str | None
    basis: Literal["told", "narrowed", "chained", "unknown"]
    by: tuple[MentionRef, ...] = ()
    against: tuple[MentionRef, ...] = ()
    after: str | None = None


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing: its id, what it is called, and how many mentions, pages and independent sources tell of it.

    The id is that of its founding mention: the one published first, and of those the least. ``slots`` are what it can
    be found by from things of other kinds, such as metric, region and unit of a series of statistics.
    """

    id: str
    kind: ThingKind
    name: str
    mentions: int
    pages: int
    sources: int
    slots: tuple[str, ...] = ()
    first_published: str | None = None
    last_published: str | None = None
