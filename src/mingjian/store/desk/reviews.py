"""The log of reviews: rows are added, and never changed.

A review and its undoing have each a place in one log, which whoever tells people facts follows. Only the words of a
page that was erased leave it.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from mingjian.core.model.review import NOTHING, PartChange, Quoted, Review, TextAnchor
from mingjian.errors import DamageError, NoReviewError
from mingjian.store.desk.parts import Part
from mingjian.store.sqlite.sealing import sealed, unsealed

REVIEWS = Part("reviews", ((
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "INSERT INTO about VALUES ('desk', lower(hex(randomblob(16))))",
    """CREATE TABLE review (
      number INTEGER PRIMARY KEY, page TEXT NOT NULL, address TEXT NOT NULL, kind TEXT NOT NULL, claim TEXT NOT NULL,
      verb TEXT NOT NULL CHECK (verb IN ('accept', 'correct', 'reject', 'add')), rule TEXT NOT NULL,
      who TEXT NOT NULL, at TEXT NOT NULL, answers INTEGER REFERENCES review, content BLOB) STRICT""",
    "CREATE INDEX review_address ON review (address)",
    "CREATE INDEX review_page ON review (page)",
    "CREATE INDEX review_claim ON review (claim)",
    """CREATE TABLE undoing (
      number INTEGER PRIMARY KEY, review INTEGER NOT NULL UNIQUE REFERENCES review, who TEXT NOT NULL,
      at TEXT NOT NULL) STRICT""",
    """CREATE TRIGGER review_stays BEFORE DELETE ON review
      BEGIN SELECT raise(ABORT, 'reviews are never deleted'); END""",
    """CREATE TRIGGER review_is_fixed BEFORE UPDATE ON review
      WHEN new.content IS NOT NULL OR (new.number, new.page, new.address, new.kind, new.claim, new.verb, new.rule,
        new.who, new.at, new.answers) IS NOT (old.number, old.page, old.address, old.kind, old.claim, old.verb,
        old.rule, old.who, old.at, old.answers)
      BEGIN SELECT raise(ABORT, 'reviews are never changed'); END""",
    """CREATE TRIGGER undoing_stays BEFORE DELETE ON undoing
      BEGIN SELECT raise(ABORT, 'reviews are never deleted'); END""",
    """CREATE TRIGGER undoing_is_fixed BEFORE UPDATE ON undoing
      BEGIN SELECT raise(ABORT, 'reviews are never changed'); END""",
),))  # fmt: skip
"""The part of the desk that holds reviews."""

_COLUMNS = (
    "review.number, page, address, kind, claim, verb, rule, review.who, review.at, answers, content, "
    "undoing.who || ' ' || undoing.at"
)
_FROM = f"SELECT {_COLUMNS} FROM review LEFT JOIN undoing ON undoing.review = review.number"  # noqa: S608
_AT_ONCE = 500
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


class _Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The words of a review, which go when its page is erased."""

    anchor: TextAnchor
    why: str = ""
    fact: msgspec.Raw = NOTHING
    outcome: msgspec.Raw = NOTHING
    changes: tuple[PartChange, ...] = ()
    quoted: tuple[Quoted, ...] = ()


_decode = msgspec.json.Decoder(_Content).decode
_ERASED = _Content(anchor=TextAnchor(0, 0, ""))


def desk_name(connection: sqlite3.Connection) -> str:
    """What names this log: places of two logs can be compared only where it is the same."""
    return str(connection.execute("SELECT value FROM about WHERE name = 'desk'").fetchone()[0])


def rename_desk(connection: sqlite3.Connection) -> None:
    """Give a copy a name of its own."""
    connection.execute("UPDATE about SET value = ? WHERE name = 'desk'", (secrets.token_hex(16),))


def log_position(connection: sqlite3.Connection) -> int:
    """The last place in the log, 0 of an empty one."""
    question = (
        "SELECT max((SELECT coalesce(max(number), 0) FROM review), (SELECT coalesce(max(number), 0) FROM undoing))"
    )
    return int(connection.execute(question).fetchone()[0])


def add_review(connection: sqlite3.Connection, review: Review) -> Review:
    """The review with its place in the log; whatever ``number`` it came with is not looked at."""
    number = log_position(connection) + 1
    content = _Content(
        anchor=review.anchor, why=review.why, fact=review.fact, outcome=review.outcome, changes=review.changes,
        quoted=review.quoted,
    )  # fmt: skip
    row = (
        number, review.page, review.address, review.kind, review.claim, review.verb, review.rule, review.who,
        review.at, review.answers, sealed(_ENCODE(content)),
    )  # fmt: skip
    connection.execute("INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return msgspec.structs.replace(review, number=number, undone=None)


def undo_review(connection: sqlite3.Connection, number: int, who: str, at: str) -> Review:
    """The review, taken back; one that was taken back before stays as it is. ``NoReviewError`` where there is none."""
    found = review_numbered(connection, number)
    if found.undone is None:
        place = log_position(connection) + 1
        connection.execute("INSERT INTO undoing VALUES (?, ?, ?, ?)", (place, number, who, at))
        found = review_numbered(connection, number)
    return found


def reviews_counted(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """How many reviews there are, how many of them were taken back, and how many people said them."""
    question = "SELECT count(*), (SELECT count(*) FROM undoing), count(DISTINCT who) FROM review"
    reviews, undone, people = connection.execute(question).fetchone()
    return reviews, undone, people


def review_numbered(connection: sqlite3.Connection, number: int) -> Review:
    """The review of this number; raises ``NoReviewError`` where there is none."""
    found = next(_reviews(connection, "WHERE review.number = ?", number), None)
    if found is None:
        raise NoReviewError(str(number), "is the number of no review", "give one that the list of reviews shows")
    return found


def reviews_at(connection: sqlite3.Connection, address: str) -> Sequence[Review]:
    """All reviews of pages at one address, in the order of the log, those that were taken back too."""
    return list(_reviews(connection, "WHERE address = ? ORDER BY 1", address))


def reviews_after(connection: sqlite3.Connection, after: int = 0, limit: int = -1) -> Sequence[Review]:
    """All reviews behind a number, in the order of the log, at most so many."""
    return list(_reviews(connection, "WHERE review.number > ? ORDER BY 1 LIMIT ?", after, limit))


def verdicts(connection: sqlite3.Connection, after: int = 0) -> Sequence[Review]:
    """All reviews that were made or taken back behind a place in the log, in its order, without their words."""
    columns = _COLUMNS.replace("content", "NULL")
    lately = "review.number > ?1 OR review.number IN (SELECT review FROM undoing WHERE number > ?1)"
    rows = connection.execute(f"{_FROM.replace(_COLUMNS, columns)} WHERE {lately} ORDER BY 1", (after,)).fetchall()
    return [_review(row) for row in rows]


def addresses_after(connection: sqlite3.Connection, after: int) -> Sequence[str]:
    """The addresses of which something was said, or taken back, behind a place in the log, in order."""
    question = """SELECT DISTINCT address FROM review WHERE number > ?1 OR number IN (
      SELECT review FROM undoing WHERE number > ?1) ORDER BY 1"""
    return [address for (address,) in connection.execute(question, (after,))]


def forget_words(connection: sqlite3.Connection, pages: Iterable[str]) -> None:
    """Take all words out of reviews of pages that were erased, by their ids; that they were made stays."""
    for page in pages:
        connection.execute("UPDATE review SET content = NULL WHERE page = ? AND content IS NOT NULL", (page,))


def _reviews(connection: sqlite3.Connection, condition: str, *values: object) -> Iterator[Review]:
    for row in connection.execute(f"{_FROM} {condition}", values).fetchall():
        yield _review(row)


def _review(row: Sequence[Any]) -> Review:
    number, page, address, kind, claim, verb, rule, who, at, answers, kept, undone = row
    held = _ERASED if kept is None else _content(number, kept)
    return Review(
        number=number, page=page, address=address, kind=kind, claim=claim, verb=verb, rule=rule, who=who, at=at,
        answers=answers, undone=undone, anchor=held.anchor, why=held.why, fact=held.fact, outcome=held.outcome,
        changes=held.changes, quoted=held.quoted,
    )  # fmt: skip


def _content(number: int, kept: bytes) -> _Content:
    content = unsealed(kept)
    if content is None:
        raise DamageError("desk.db", f"review {number} is damaged", "restore a backup of the desk")
    return _decode(content)
