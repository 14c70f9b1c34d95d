"""What every store agrees on: the ids of pages, how a page is kept, and what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import RecordHead
from mingjian.errors import StoreError, UnknownError

_ID_LENGTH = 32
MEND_PAGE = "restore a backup, or erase the page and add it again from where it came"
MEND_RECORD = "extract it again with `mingjian reextract`"
MEND_STORE = "restore a backup, or save what can be read with `mingjian salvage`"
MEND_LINKS = "run `mingjian reindex`"


def page_id(address: str, sha256: str) -> str:
    """The id of the version of a page: the hash of its address and its content, 32 hexadecimal digits."""
    return hashlib.sha256(f"{address}\0{sha256}".encode(errors="surrogatepass")).hexdigest()[:_ID_LENGTH]


def kept_page(
    page: Page, address: str, sha256: str, number: int, previous: KeptPage | None, added: tuple[int, str]
) -> KeptPage:
    """The page as a workspace knows it, one version behind ``previous``, added in a run at a time.

    Its hash is given, since making it takes a while.
    """
    return KeptPage(
        number=number,
        id=page_id(address, sha256),
        address=address,
        doc_id=page.doc_id,
        url=page.url,
        path=page.path,
        media_type=page.media_type,
        sha256=sha256,
        text_sha256=page.text_sha256,
        n_bytes=len(page.content),
        n_chars=len(page.text),
        version=1 if previous is None else previous.version + 1,
        previous=None if previous is None else previous.number,
        retrieved_at=page.retrieved_at,
        added_at=added[1],
        run=added[0],
    )


def standing_of(latest_first: Iterable[tuple[int, str | None]]) -> int | None:
    """The number of the version that stands, of the number of each one that was not removed and when it was retrieved.

    It is the one retrieved last, or where that is not told of both, the one added last. No more is taken than tells
    it: behind one of which no time is told, none can stand, and one address may have had thousands.
    """
    told: list[tuple[int, str | None]] = []
    for version in latest_first:
        told.append(version)
        if version[1] is None:
            break
    standing: tuple[int, str | None] | None = None
    for version in reversed(told):
        if standing is None or not _retrieved_before(version[1], standing[1]):
            standing = version
    return None if standing is None else standing[0]


def with_standing(kept: KeptPage, standing: int | None) -> KeptPage:
    """The page with the version by which it is superseded, where it is not the one that stands."""
    return replace(kept, superseded=None if kept.number == standing else standing)


def changed_standing(before: int | None, after: int | None, but: int) -> list[int]:
    """The numbers of the versions that stand now and did not before, or the other way round, but for one."""
    return sorted({number for number in {before} ^ {after} if number is not None} - {but})


def _retrieved_before(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    try:
        return datetime.fromisoformat(one) < datetime.fromisoformat(other)
    except (ValueError, TypeError):  # no time at all, or one of them without an offset
        return False


def must_be_text(place: str, *names: str | None) -> None:
    """Silence; raises ``StoreError`` where a name holds a lone surrogate, as those of files may, which is no text."""
    for name in names:
        try:
            (name or "").encode()
        except UnicodeEncodeError:
            raise StoreError(place, f"the name {name!a} is no text", "rename the file") from None


def must_be_known(kept: KeptPage | None, place: str, number: int) -> KeptPage:
    """The page; raises ``UnknownError`` where there is none of this number."""
    if kept is None:
        raise UnknownError(place, f"there is no page {number}", "look its number up")
    return kept


def must_have_words(kept: KeptPage | None, place: str, number: int) -> KeptPage:
    """The page; raises ``UnknownError`` where there is none of this number, or its words were erased."""
    known = must_be_known(kept, place, number)
    if known.erased:
        raise UnknownError(place, f"page {number} was erased", "its words are gone; only a backup may still hold them")
    return known


def must_be_of(kept: KeptPage, record: Record | RecordHead, place: str) -> None:
    """Silence; raises ``StoreError`` where the record was made of another page."""
    if (record.page.sha256, record.page.text_sha256) != (kept.sha256, kept.text_sha256):
        problem = f"the record {record.id} was made of another page than page {kept.number}"
        raise StoreError(place, problem, "extract the page again")


def no_run(place: str, number: int) -> StoreError:
    """The error for a run that was never begun."""
    return StoreError(place, f"there is no run {number}", "begin one first")


def no_decision(place: str, number: int) -> UnknownError:
    """The error for a decision that nobody took."""
    return UnknownError(place, f"there is no decision {number}", "look its number up in the list of decisions")


def write_refused(place: str) -> StoreError:
    """The error for writing to what was opened for reading."""
    return StoreError(place, "it was opened for reading", "open it for writing")


def undone(who: str, at: str) -> str:
    """How a decision names who undid it and when."""
    return f"{who} {at}"


def pages_of(ids: Iterable[str]) -> list[str]:
    """The ids of the pages of which a decision speaks: of mentions (``PAGE#…``) those on which they stand, each once.

    >>> pages_of(("a1", "b2")), pages_of(("a1#event:3-9:c3", "a1#event:12-15:d4"))
    (['a1', 'b2'], ['a1'])
    """
    return list(dict.fromkeys(one.partition("#")[0] for one in ids))
