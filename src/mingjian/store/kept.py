"""What every store agrees on: the ids of pages, how a page is kept, and what is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from mingjian.core.model.corpus import KeptPage
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import RecordHead
from mingjian.errors import StoreError

_ID_LENGTH = 32
MEND_PAGE = "restore a backup, or erase the page and add it again from where it came"
MEND_RECORD = "extract it again with `mingjian reextract`"
MEND_STORE = "restore a backup, or save what can be read with `mingjian salvage`"


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


def with_standing(versions: Sequence[KeptPage]) -> list[KeptPage]:
    """All versions at one address in the order of adding, each with the one by which it is superseded.

    The one retrieved last stands, or where that is not told of both, the one added last; removed ones do not count.
    """
    standing: KeptPage | None = None
    for kept in versions:
        if kept.removed is None and (standing is None or not _retrieved_before(kept, standing)):
            standing = kept
    number = None if standing is None else standing.number
    return [replace(kept, superseded=None if kept.number == number else number) for kept in versions]


def changed_standing(before: Sequence[KeptPage], after: Sequence[KeptPage], but: int) -> list[int]:
    """The numbers of the versions that stand now and did not before, or the other way round, but for one."""
    stood = {kept.number for kept in before if kept.stands}
    stand = {kept.number for kept in after if kept.stands}
    return sorted((stood ^ stand) - {but})


def _retrieved_before(kept: KeptPage, other: KeptPage) -> bool:
    try:
        times = [datetime.fromisoformat(each.retrieved_at or "") for each in (kept, other)]
        return times[0] < times[1]
    except (ValueError, TypeError):  # not told, or one of them without an offset
        return False


def must_be_text(place: str, *names: str | None) -> None:
    """Silence; raises ``StoreError`` where a name holds a lone surrogate, as those of files may, which is no text."""
    for name in names:
        try:
            (name or "").encode()
        except UnicodeEncodeError:
            raise StoreError(place, f"the name {name!a} is no text", "rename the file") from None


def must_be_known(kept: KeptPage | None, place: str, number: int) -> KeptPage:
    """The page; raises ``StoreError`` where there is none of this number."""
    if kept is None:
        raise StoreError(place, f"there is no page {number}", "look its number up with `mingjian search`")
    return kept


def must_have_words(kept: KeptPage | None, place: str, number: int) -> KeptPage:
    """The page; raises ``StoreError`` where there is none of this number, or its words were erased."""
    known = must_be_known(kept, place, number)
    if known.erased:
        raise StoreError(place, f"page {number} was erased", "its words are gone; only a backup may still hold them")
    return known


def must_be_of(kept: KeptPage, record: Record | RecordHead, place: str) -> None:
    """Silence; raises ``StoreError`` where the record was made of another page."""
    if (record.page.sha256, record.page.text_sha256) != (kept.sha256, kept.text_sha256):
        problem = f"the record {record.id} was made of another page than page {kept.number}"
        raise StoreError(place, problem, "extract the page again")


def no_run(place: str, number: int) -> StoreError:
    """The error for a run that was never begun."""
    return StoreError(place, f"there is no run {number}", "begin one first")


def no_decision(place: str, number: int) -> StoreError:
    """The error for a decision that nobody took."""
    return StoreError(place, f"there is no decision {number}", "look its number up in the list of decisions")


def write_refused(place: str) -> StoreError:
    """The error for writing to what was opened for reading."""
    return StoreError(place, "it was opened for reading", "open it for writing")


def undone(who: str, at: str) -> str:
    """How a decision names who undid it and when."""
    return f"{who} {at}"
