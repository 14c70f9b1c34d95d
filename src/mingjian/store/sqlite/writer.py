"""What is written to the truth, all of it within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from mingjian.core.model.corpus import Change, Decision, KeptPage, Neighbours, Placing, Run
from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.wire import decode_head, encode_record
from mingjian.store import kept as keeping
from mingjian.store.sqlite.packing import Packed
from mingjian.store.sqlite.reader import SqliteReader
from mingjian.store.sqlite.sealing import sealed

_NEW_PAGE = """INSERT INTO page
  (number, id, address, doc_id, url, path, media_type, sha256, text_sha256, n_bytes, n_chars, version, previous,
   retrieved_at, added_at, run, erased, content, layers)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""

_TWINS = 4  # pages with the same bytes whose layers are looked at: thousands of mirrors must not make adding slow


class SqliteWriter(SqliteReader):
    """A transaction that is open on the connection."""

    erased = False
    """Whether words were erased that still stand in the log."""

    def begin_run(self, command: str, program: str, rules: str, at: str) -> Run:
        """A new run."""
        number = self._next("number", "run")
        self._do(
            "INSERT INTO run (number, command, program, rules, started_at) VALUES (?, ?, ?, ?, ?)",
            *(number, command, program, rules, at),
        )
        return Run(number=number, command=command, program=program, rules=rules, started_at=at)

    def finish_run(self, number: int, counts: Mapping[str, int], at: str) -> None:
        """The run is done."""
        self._must_run(number)
        written = msgspec.json.encode(dict(counts), order="deterministic").decode()
        self._do("UPDATE run SET finished_at = ?, counts = ? WHERE number = ?", at, written, number)

    def add_page(self, run: int, page: Page, address: str, at: str) -> tuple[KeptPage, bool]:
        """The page, kept, and whether it is new."""
        sha256 = page.sha256
        known = self.known(address, sha256)
        if known is not None:
            return known, False
        self._must_run(run)
        keeping.must_be_text(self._place, address, page.doc_id, page.path)
        previous, standing = self._latest(address), self._standing(address)
        number = self._next("number", "page")
        kept = keeping.kept_page(page, address, sha256, number, previous, (run, at))
        self._insert_page(kept, *self._keep(page, kept))
        self._step("added", number)
        if previous is not None:
            self._restand(address, standing, number)
        return self.page(number) or kept, True

    def put_record(self, run: int, number: int, record: Record | bytes) -> None:
        """The record of a page."""
        self._must_run(run)
        line = record if isinstance(record, bytes) else encode_record(record)
        keeping.must_be_of(self._with_words(number), decode_head(line), self._place)
        packed = self._packer.pack_record(line)
        before = self._row("SELECT blob, bytes FROM record JOIN packed ON number = blob WHERE page = ?", number)
        if before is not None and before[1] == packed.content:
            return
        blob = self._put_blob("record", packed)
        self._do("REPLACE INTO record (page, run, blob) VALUES (?, ?, ?)", number, run, blob)
        if before is not None:
            self._drop_blob(before[0])
        self._step("extracted", number)

    def add_failure(self, run: int, failure: Failure) -> None:
        """A page that gave no record."""
        self._must_run(run)
        self._do(
            "INSERT INTO failure (run, doc_id, stage, reason, mend) VALUES (?, ?, ?, ?, ?)",
            *(run, failure.doc_id, failure.stage, failure.reason, failure.mend),
        )

    def add_change(self, change: Change) -> None:
        """What differs from before."""
        self._must_run(change.run)
        self._with_words(change.number)
        self._do(
            "INSERT INTO change (run, page, kind, differences) VALUES (?, ?, ?, ?)",
            *(change.run, change.number, change.kind, change.differences),
        )

    def remove(self, number: int, reason: str, *, erase: bool = False) -> None:
        """Take a page out; erased, its words are gone."""
        kept = keeping.must_be_known(self.page(number), self._place, number)
        if kept.erased or (kept.removed is not None and not erase):
            return
        standing = self._standing(kept.address)
        if erase:
            self._erase(kept)
        self._do("UPDATE page SET removed = ? WHERE number = ?", reason, number)
        self._step("removed", number)
        self._restand(kept.address, standing, number)

    def bring_back(self, number: int) -> None:
        """Undo a removal."""
        kept = self._with_words(number)
        if kept.removed is not None:
            standing = self._standing(kept.address)
            self._do("UPDATE page SET removed = NULL WHERE number = ?", number)
            self._step("returned", number)
            self._restand(kept.address, standing, number)

    def decide(self, kind: str, ids: tuple[str, str], who: str, why: str, at: str) -> Decision:
        """Keep what a person decided."""
        number = self._next("number", "decision")
        self._do(
            "INSERT INTO decision (number, kind, first, second, who, why, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(number, kind, *ids, who, why, at),
        )
        self._step_of(ids)
        return Decision(number=number, kind=kind, ids=ids, who=who, why=why, at=at)

    def undo(self, number: int, who: str, at: str) -> Decision:
        """Undo a decision."""
        found = self._decisions("number = ?", number)
        if not found:
            raise keeping.no_decision(self._place, number)
        if found[0].undone is not None:
            return found[0]
        undone = keeping.undone(who, at)
        self._do("UPDATE decision SET undone = ? WHERE number = ?", undone, number)
        self._step_of(found[0].ids)
        return replace(found[0], undone=undone)

    def note_reviewed(self, numbers: Iterable[int]) -> None:
        """A step for each page."""
        for number in numbers:
            self._step("reviewed", number)

    def put_article(self, number: int, content: bytes | None) -> None:
        """What the linker keeps of a page."""
        self._with_words(number)
        if content is None:
            self._do("DELETE FROM article WHERE page = ?", number)
        else:
            self._do("REPLACE INTO article (page, content) VALUES (?, ?)", number, sealed(content))

    def put_neighbours(self, neighbours: Neighbours) -> None:
        """The neighbours and the part of a page."""
        if neighbours.part is None and not neighbours.content:
            self._do("DELETE FROM neighbour WHERE page = ?", neighbours.number)
            return
        self._with_words(neighbours.number)
        self._do(
            "REPLACE INTO neighbour (page, part, content) VALUES (?, ?, ?)",
            *(neighbours.number, neighbours.part, sealed(neighbours.content)),
        )

    def put_placing(self, placing: Placing) -> None:
        """The place of a page among its reprints."""
        self._with_words(placing.number)
        for number in (placing.group, placing.parent):
            if number is not None:
                keeping.must_be_known(self.page(number), self._place, number)
        if self.placings([placing.number]).get(placing.number) != placing:
            self._do(
                "REPLACE INTO placing (page, head, parent, content) VALUES (?, ?, ?, ?)",
                *(placing.number, placing.group, placing.parent, sealed(placing.content)),
            )
            self._step("regrouped", placing.number)

    def drop_placing(self, number: int) -> None:
        """The page stands alone."""
        if self._do("DELETE FROM placing WHERE page = ?", number):
            self._step("regrouped", number)

    def set_mark(self, name: str, value: str | None) -> None:
        """Leave a word, or take it away."""
        if value is None:
            self._do("DELETE FROM mark WHERE name = ?", name)
        else:
            self._do("REPLACE INTO mark (name, value) VALUES (?, ?)", name, value)

    def _do(self, statement: str, *values: object) -> int:
        """The number of rows that it changed."""
        return self._connection.execute(statement, values).rowcount

    def _next(self, column: str, table: str) -> int:
        return int(self._one(f"SELECT coalesce(max({column}), 0) + 1 FROM {table}")[0])  # noqa: S608

    def _step(self, kind: str, number: int) -> None:
        self._do(
            "INSERT INTO step (position, kind, page) VALUES (?, ?, ?)", self._next("position", "step"), kind, number
        )

    def _step_of(self, ids: Iterable[str]) -> None:
        for page_id in keeping.pages_of(ids):
            for page in self.find(page_id):
                if page.id == page_id:
                    self._step("decided", page.number)

    def _restand(self, address: str, before: int | None, number: int) -> None:
        """Says which versions at an address stand or stand no more, after one of them changed."""
        for other in keeping.changed_standing(before, self._standing(address), number):
            self._step("superseded", other)

    def _must_run(self, number: int) -> None:
        if self._row("SELECT 1 FROM run WHERE number = ?", number) is None:
            raise keeping.no_run(self._place, number)

    def _with_words(self, number: int) -> KeptPage:
        return keeping.must_have_words(self.page(number), self._place, number)

    def keep_erased(self, kept: KeptPage) -> None:
        """What is known of a page whose words are gone, so that nobody adds it again without knowing."""
        number, previous = self._next("number", "page"), self._latest(kept.address)
        version, before = (1, None) if previous is None else (previous.version + 1, previous.number)
        self._insert_page(replace(kept, number=number, version=version, previous=before), None, None)
        self._do("UPDATE page SET removed = ? WHERE number = ?", kept.removed, number)
        self._step("added", number)
        self._step("removed", number)

    def _latest(self, address: str) -> KeptPage | None:
        versions = self._pages("address = ? ORDER BY version DESC LIMIT 1", address)
        return versions[0] if versions else None

    def _insert_page(self, kept: KeptPage, content: int | None, layers: int | None) -> None:
        self._do(
            _NEW_PAGE,
            *(kept.number, bytes.fromhex(kept.id), kept.address, kept.doc_id, kept.url, kept.path, kept.media_type),
            *(bytes.fromhex(kept.sha256), bytes.fromhex(kept.text_sha256), kept.n_bytes, kept.n_chars),
            *(kept.version, kept.previous, kept.retrieved_at, kept.added_at, kept.run, kept.erased, content, layers),
        )

    def _keep(self, page: Page, kept: KeptPage) -> tuple[int, int]:
        """The numbers of the page's packed bytes and layers: those of a page with the same ones, where there is."""
        twins = self._all(
            "SELECT content, layers, bytes FROM page JOIN packed ON packed.number = layers WHERE sha256 = ? LIMIT ?",
            *(bytes.fromhex(kept.sha256), _TWINS),
        )
        packed = self._packer.pack_layers(page)
        content = twins[0][0] if twins else self._put_blob("content", self._packer.pack_content(page))
        same = [layers for _, layers, held in twins if held == packed.content]
        return content, same[0] if same else self._put_blob("layers", packed)

    def _put_blob(self, kind: str, packed: Packed) -> int:
        number = self._next("number", "blob")
        size = len(packed.content)
        self._do(
            "INSERT INTO blob (number, kind, n_bytes, n_packed) VALUES (?, ?, ?, ?)",
            *(number, kind, packed.n_bytes, size),
        )
        self._do("INSERT INTO packed (number, bytes) VALUES (?, ?)", number, packed.content)
        return number

    def _drop_blob(self, number: int) -> None:
        self._do("DELETE FROM packed WHERE number = ?", number)
        self._do("DELETE FROM blob WHERE number = ?", number)

    def _erase(self, kept: KeptPage) -> None:
        """Takes away all that holds words of the page; what changed towards the next version holds them too."""
        self.erased = True
        number = kept.number
        row = self._one("SELECT content, layers FROM page WHERE number = ?", number)
        self._do("UPDATE page SET erased = 1, content = NULL, layers = NULL WHERE number = ?", number)
        record = self._row("SELECT blob FROM record WHERE page = ?", number)
        self._do("DELETE FROM record WHERE page = ?", number)
        for blob in row:
            used = "SELECT 1 FROM page WHERE sha256 = ? AND (content = ? OR layers = ?)"
            if self._row(used, bytes.fromhex(kept.sha256), blob, blob) is None:
                self._drop_blob(blob)
        if record is not None:
            self._drop_blob(record[0])
        self.drop_placing(number)
        for table in ("article", "neighbour"):
            self._do(f"DELETE FROM {table} WHERE page = ?", number)  # noqa: S608
        of_page = "? IN (substr(first, 1, length(?)), substr(second, 1, length(?)))"
        self._do(f"UPDATE decision SET why = '' WHERE {of_page}", *[kept.id] * 3)  # noqa: S608
        self._do(
            "UPDATE change SET differences = x'' WHERE page = ? OR (kind = 'version' AND page IN "
            "(SELECT number FROM page WHERE address = ? AND previous = ?))",
            *(number, kept.address, number),
        )
