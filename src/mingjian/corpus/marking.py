"""Sites that mirror others, and pages that are stitched together: what a look at all pages of a workspace tells."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mingjian.core.link.reprints.marking import find_mirrors, find_stitched
from mingjian.core.link.reprints.settings import reprint_settings
from mingjian.core.link.reprints.sketches import Sketch
from mingjian.core.model.reprints import Mirror, Relation, Stitched
from mingjian.core.storing import StoreReader
from mingjian.corpus.pages import ListedPage, listed_page
from mingjian.corpus.ties import Ties, kept_sketches
from mingjian.store.fingerprints import Postings

_AT_ONCE = 1_000


class StitchedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page most of whose text stands in unrelated articles: those, and the share of it that they are."""

    page: ListedPage
    parts: tuple[ListedPage, ...]
    share: float


class Marks(msgspec.Struct, frozen=True):
    """The sites that are mirrors of others, and the pages that are stitched together."""

    mirrors: tuple[Mirror, ...]
    stitched: tuple[StitchedPage, ...]


def find_marks(reader: StoreReader, postings: Postings) -> Marks:
    """What a look at all pages tells: it costs as much as linking them again."""
    sketches: dict[int, Sketch] = {}
    relations: dict[tuple[str, str], Relation] = {}
    ties = Ties(reader, postings, reprint_settings())
    for numbers in _standing(reader):
        sketches |= kept_sketches(reader, numbers)
        relations |= {(relation.first, relation.second): relation for relation in ties.owned(numbers)}
    numbers_of = {sketch.id: number for number, sketch in sketches.items()}
    known = [one for one in relations.values() if one.first in numbers_of and one.second in numbers_of]
    stitched = (_listed(reader, numbers_of, one) for one in find_stitched(sketches.values(), known))
    return Marks(tuple(find_mirrors(sketches.values(), known)), tuple(stitched))


def _standing(reader: StoreReader) -> Iterator[list[int]]:
    after = 0
    while pages := reader.pages(after, _AT_ONCE):
        after = pages[-1].number
        yield [page.number for page in pages if page.stands]


def _listed(reader: StoreReader, numbers: dict[str, int], found: Stitched) -> StitchedPage:
    parts = tuple(listed_page(reader, numbers[part]) for part in found.parts)
    return StitchedPage(page=listed_page(reader, numbers[found.page]), parts=parts, share=found.share)
