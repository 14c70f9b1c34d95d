"""What a workspace keeps beside pages and records: where a page was found, what happened to it, what people decided."""

from __future__ import annotations

import msgspec


class KeptPage(msgspec.Struct, frozen=True, kw_only=True):
    """One version of one page in a workspace.

    ``number`` is the order of adding, dense from 1 and never used again; ``id`` the hash of address and content, the
    same in every workspace. ``address`` is where the page stands: its URL in normal form, or the name that its
    container gave it. ``version`` counts the contents seen at one address from 1, and ``previous`` is the number of
    the one before. Of the versions at one address the one retrieved last stands, or where that is not told of both the
    one added last; the others are ``superseded`` by its number. ``removed`` says why a page was taken out; of one that
    is ``erased`` only hashes are left. Times are ISO 8601, as the clock told them: only ``number`` orders.
    """

    number: int
    id: str
    address: str
    doc_id: str
    url: str | None
    path: str | None
    media_type: str
    sha256: str
    text_sha256: str
    n_bytes: int
    n_chars: int
    version: int
    previous: int | None
    retrieved_at: str | None
    added_at: str
    run: int
    superseded: int | None = None
    removed: str | None = None
    erased: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is what people see: neither an older version nor removed."""
        return self.superseded is None and self.removed is None


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One command that wrote: what it was asked, with which rules, and what came of it.

    ``finished_at`` is missing of a run that was killed; what it had acknowledged is kept. ``counts`` by name:
    ``added``, ``versions``, ``known``, ``failed``, ``changed``, ``removed``.
    """

    number: int
    command: str
    program: str
    rules: str
    started_at: str
    finished_at: str | None = None
    counts: dict[str, int] = {}


class KeptFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A page that gave no record in a run: which, at which stage, why, and what to do about it."""

    run: int
    doc_id: str
    stage: str
    reason: str
    mend: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between two versions of a page (``version``), or two records of one (``record``).

    ``number`` is the page, ``differences`` those of the records (``core.pipeline.differences``) and of the text, as
    JSON.
    """

    run: int
    number: int
    kind: str
    differences: bytes


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided and the machine keeps to: ``split`` or ``merge`` of two pages, by their ids.

    Of ``split-things`` and ``merge-things`` the ids are those of mentions (``MentionRef.anchor``).

    Decisions are never edited: one that is undone names in ``undone`` who did so and when. ``why`` goes when a page of
    the two is erased, since it may hold words of it.
    """

    number: int
    kind: str
    ids: tuple[str, str]
    who: str
    why: str
    at: str
    undone: str | None = None


class Step(msgspec.Struct, frozen=True, gc=False):
    """One step of the journal, which indexes follow: its number, what happened, and to which page.

    Kinds: ``added``, ``extracted`` (another record), ``superseded`` (whether it stands among its versions changed),
    ``removed``, ``returned``, ``decided`` (a person decided something of it, or undid that), ``regrouped`` (its place
    among reprints is another), ``reviewed`` (a person said something of its facts, or took that back).
    """

    position: int
    kind: str
    number: int


class Neighbours(msgspec.Struct, frozen=True, kw_only=True):
    """The earlier pages that a page shares most with, encoded, and the part of the pages that hangs together with it.

    A part is named by the least number of its pages; a page that hangs together with no other is of none.
    """

    number: int
    part: int | None = None
    content: bytes = b""


class Placing(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a page among its reprints: its group, named by the number of the first source, and its parent."""

    number: int
    group: int
    parent: int | None = None
    content: bytes = b""
