"""The books on the disk say what a shelf of the standing pages says, however pages and decisions come and go."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mingjian import extract
from mingjian.core.books import FEW, MOST, Books
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.linking import Linking, Profiled
from mingjian.core.link.things.shelf import Shelf, Shelved
from mingjian.core.model.facts import Organisation
from mingjian.core.model.ledger.cells import Filed, Step
from mingjian.core.model.record import Record
from mingjian.core.model.span import Span
from mingjian.core.model.things import OPEN, MentionRef, PageCard, Thing, ThingDecision, Verdict
from mingjian.corpus.books.keeping import Entry, Ways, keep_pages
from mingjian.read.plain import text_page
from mingjian.store.books import BooksWriter
from mingjian.testing.books import differences

NAMES = ("ab", "ab1", "bc", "bc2", "cd1", "d2", "a1", "e", "ae2", "f")
DAYS = (None, "2024-05-01", "2025-03-05", "2026-01-01")
PAGES = 5


class Letters(msgspec.Struct, frozen=True):
    """A name of letters and perhaps a digit."""

    name: str

    @property
    def letters(self) -> set[str]:
        return {sign for sign in self.name if sign.isalpha()}

    @property
    def digit(self) -> str:
        return "".join(sign for sign in self.name if sign.isdigit())


def judge(first: Letters, second: Letters) -> Verdict:
    """Same where they share letters, apart where digits differ."""
    if first.digit and second.digit and first.digit != second.digit:
        return Verdict("apart", "digits")
    shared = sorted(first.letters & second.letters)
    return Verdict("same", "letters", len(shared), tuple(shared)) if shared else OPEN


def profiles(page: PageCard, record: Record) -> Iterator[Profiled[Letters]]:
    del page
    for one in record.organisations:
        yield Profiled(one, Letters(one.name))


LETTERS: Linking[Letters] = Linking(
    kind="organisation",
    profile_type=Letters,
    profiles=profiles,
    keys=lambda profile: tuple(sorted(profile.letters)),
    judge=judge,
    slots=lambda profile: tuple(sorted(profile.letters)),
    called=lambda profile: profile.name,
)


def facing(books: Books, thing: Thing) -> Filed:
    """Facets of all that books can be asked for, so that whatever changes shows."""
    members = books.members(thing.id)
    few = [each for slot in thing.slots for each in books.few_in_slot("organisation", slot) or ()]
    beside = [other for slot in thing.slots for other in books.in_slot("organisation", chr(ord(slot) + 1))]
    naming = books.referring("organisation", ["f"])
    here = books.referring("organisation", ["e"], [member.page.id for member in members[:1]])
    borne = books.borne("organisation", ["d", "f"])
    held = [books.holding(member.page.id, f"{0:016x}") for member in members]
    told = [each.id for member in members[:1] for each in books.of_page(member.page.id)]
    told += [] if borne.only is None else [borne.only.name]
    days = sorted(member.page.published_from for member in members if member.page.published_from)
    return Filed(
        regions=("440300",) if len(thing.slots) > 1 else ("440000", "156"),
        issuers=tuple(
            sorted({name for other in beside for member in books.members(other.id)[:2] for name in (member.ref.page,)})
        ),
        sources=tuple(sorted({member.page.group for member in members})),
        technologies=tuple(sorted({each.id[:1] for each in held if each is not None} | {each[:1] for each in told})),
        industries=tuple(sorted({one.id[:2] for one in (*naming, *here)} | {f"{borne.several}"})),
        happened_from=days[0] if days else None,
        happened_to=days[-1] if len(days) > 1 else None,
        ai=len(members) % 3 != 0,
        types=thing.slots[:1],
        statuses=tuple(sorted({each.id[:1] for each in beside})),
        coming=(*sorted({each.name for each in few}), *(("open",) if len(members) % 2 else ())),
        over=("due",) if len(members) > 1 else (),
        ledgers=("organisations", "events")[: 1 + len(members) % 2],
        dated=len(members) % 2 == 0,
        disputed=len(members) > 1,
        steps=tuple(Step(day, day) for day in sorted(set(days)))
        if len(members) % 2
        else tuple(Step(day, "2026-06-30") for day in days[:1]),
    )


WAYS = Ways((LETTERS,), facing)


@cache
def record() -> Record:
    return extract(text_page("law", "海州市发布方案\n海州日报 2025-03-05\n海州市3月5日发布方案。\n".encode()))


def page_of(place: int, names: Sequence[str], day: str | None, group: int) -> Shelved:
    """A page that names these bodies; a name is a fact whose id is its place among all names."""
    facts = tuple(
        Organisation(
            name=name,
            canonical=None,
            type="other",
            by="law",
            evidence=Span(at * 4, at * 4 + len(name), name),
            id=f"{NAMES.index(name):016x}",
        )
        for at, name in enumerate(dict.fromkeys(names))
    )
    said = msgspec.structs.replace(record(), organisations=facts)
    whence = Whence(id=f"page{place}", doc_id=str(place), address=str(place), added="2026", group=f"page{group}")
    card = msgspec.structs.replace(card_of(said, whence), published_from=day, published_to=day)
    return Shelved(card, said)


PLACES = st.integers(0, PAGES - 1)
CHANGES = st.tuples(PLACES, st.none() | st.lists(st.sampled_from(NAMES), max_size=4), st.sampled_from(DAYS), PLACES)
MENTIONS = st.tuples(PLACES, st.sampled_from(NAMES))
DECISIONS = st.lists(st.tuples(st.sampled_from(("split", "merge")), MENTIONS, MENTIONS), max_size=3)
BATCHES = st.lists(st.tuples(st.lists(CHANGES, max_size=4), st.none() | DECISIONS), max_size=6)


def standing_ref(pages: dict[int, Shelved], place: int, name: str) -> MentionRef | None:
    page = pages.get(place)
    found = [one for one in page.record.organisations if one.name == name] if page else []
    return MentionRef(f"page{place}", "organisation", *found[0].evidence.pair, found[0].id) if found else None


def decided(
    pages: dict[int, Shelved], said: Sequence[tuple[str, tuple[int, str], tuple[int, str]]]
) -> list[ThingDecision]:
    found = []
    for kind, one, other in said:
        first, second = standing_ref(pages, *one), standing_ref(pages, *other)
        if first is not None and second is not None and first != second:
            found.append(ThingDecision("split" if kind == "split" else "merge", first, second))
    return list(dict.fromkeys(found))


@contextmanager
def index_in(folder: str) -> Iterator[BooksWriter]:
    index = BooksWriter.open_or_make(Path(folder) / "books", "law")
    try:
        yield index
    finally:
        index.close()


@settings(deadline=None, max_examples=60)
@given(BATCHES)
def test_the_index_says_what_a_shelf_says(
    batches: list[
        tuple[
            list[tuple[int, list[str] | None, str | None, int]],
            list[tuple[str, tuple[int, str], tuple[int, str]]] | None,
        ]
    ],
) -> None:
    with tempfile.TemporaryDirectory() as folder, index_in(folder) as index:
        pages: dict[int, Shelved] = {}
        said: list[tuple[str, tuple[int, str], tuple[int, str]]] = []
        for position, (changes, decisions) in enumerate(batches, start=1):
            before = set(decided(pages, said))
            touched = {place for place, *_ in changes}
            for place, names, day, group in changes:
                pages.pop(place, None)
                if names is not None:
                    pages[place] = page_of(place, names, day, group)
            said = said if decisions is None else decisions
            now = decided(pages, said)
            changed = before.symmetric_difference(now)
            touched |= {int(ref.page[4:]) for one in changed for ref in (one.first, one.second)}
            entries = [Entry(place, pages.get(place)) for place in sorted(touched)]
            keep_pages(index, entries, now, position, WAYS)
            shelf = Shelf(pages.values(), facing, now, (LETTERS,))
            assert not list(differences(index, shelf, ("organisation",)))
            assert index.position() == position


def judge_by_chance(first: Letters, second: Letters) -> Verdict:
    """Any verdict, always the same of the same two: what links, forbids and outweighs comes in all shapes."""
    lot = zlib.crc32(f"{first.name}/{second.name}".encode())
    if lot % 8 < 2:
        return Verdict("apart", "chance")
    return Verdict("same", "chance", lot // 8 % 4) if lot % 8 < 6 else OPEN


CHANCE = msgspec.structs.replace(LETTERS, judge=judge_by_chance, keys=lambda profile: (profile.name[:1],))


@settings(deadline=None, max_examples=100)
@example(477, [{0, 1}, {8, 2}, {0, 1}])
@given(st.integers(0, 10_000), st.lists(st.sets(st.integers(0, 11), min_size=1, max_size=4), max_size=10))
def test_things_are_those_of_a_batch_whatever_comes_between_them(seed: int, steps: list[set[int]]) -> None:
    """Each step brings some nodes, or takes them away again."""
    with tempfile.TemporaryDirectory() as folder, index_in(folder) as index:
        pages: dict[int, Shelved] = {}
        for position, places in enumerate(steps, start=1):
            for place in places:
                if pages.pop(place, None) is None:
                    pages[place] = lettered(place, f"k{seed + place}")
            entries = [Entry(place, pages.get(place)) for place in sorted(places)]
            keep_pages(index, entries, (), position, Ways((CHANCE,), lambda books, thing: Filed()))
            shelf = Shelf(pages.values(), lambda books, thing: Filed(), (), (CHANCE,))
            assert not list(differences(index, shelf, ("organisation",)))


def lettered(place: int, name: str) -> Shelved:
    """A page that names one body."""
    page = page_of(place, NAMES[:1], DAYS[1], place)
    fact = msgspec.structs.replace(page.record.organisations[0], name=name, evidence=Span(0, len(name), name))
    return Shelved(page.card, msgspec.structs.replace(page.record, organisations=(fact,)))


def test_what_is_told_later_than_the_first_mentions_counts_and_changes_nothing_else() -> None:
    with tempfile.TemporaryDirectory() as folder, index_in(folder) as index:
        pages = [page_of(place, ["ab", "e"], DAYS[1 + place % 2], place) for place in range(MOST)]
        keep_pages(index, [Entry(place, page) for place, page in enumerate(pages)], (), 1, WAYS)
        came = [(0, "2026-01-01"), (1, "2024-05-01"), (2, "2025-03-05"), (3, None), (4, "2026-01-02")]
        for position, (place, day) in enumerate(came, start=2):
            pages.append(page_of(MOST + place, ["ab"], day, 0))
            keep_pages(index, [Entry(MOST + place, pages[-1])], (), position, WAYS)
            alike(index, pages)
        for position, place in enumerate((MOST, 1, MOST + 3), start=10):
            pages[place] = page_of(place, ["e"], DAYS[3], 0)
            keep_pages(index, [Entry(place, pages[place])], (), position, WAYS)
            alike(index, pages)


def test_who_bears_a_slot_is_told_where_they_are_few() -> None:
    """What asked for them is computed again as long as they are few, before or behind a step."""

    def counting(books: Books, thing: Thing) -> Filed:
        few = books.few_in_slot("organisation", "a")
        return Filed(types=("many",) if few is None else tuple(each.id for each in few))

    with tempfile.TemporaryDirectory() as folder, index_in(folder) as index:
        pages: dict[int, Shelved] = {}
        for position, places in enumerate((range(FEW - 1), [90], [91], [92], [0], range(1, 5), [3])):
            for place in places:
                if pages.pop(place, None) is None:
                    pages[place] = lettered(place, f"a{place}")
            entries = [Entry(place, pages.get(place)) for place in places]
            keep_pages(index, entries, (), position, Ways((LETTERS,), counting))
            shelf = Shelf(pages.values(), counting, (), (LETTERS,))
            assert list(index.things()) == list(shelf.things())
            assert all(index.filed(thing.id) == shelf.filed(thing.id) for thing in shelf.things())


def alike(index: BooksWriter, pages: Sequence[Shelved]) -> None:
    """Things and what they are found by are those of a shelf."""
    shelf = Shelf(pages, facing, (), (LETTERS,))
    assert list(index.things()) == list(shelf.things())
    assert all(index.filed(thing.id) == shelf.filed(thing.id) for thing in shelf.things())
