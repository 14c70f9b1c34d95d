"""What ``bench.kill`` kills, and how it judges what is left: a workspace on whose desk somebody reviews.

    python -m bench.kill --kills 200 --work bench.kill_desk:work --judge bench.kill_desk:judge

The work tells ``added ADDRESS ID`` of each page, ``reviewed NUMBER VERB`` and ``undone NUMBER`` of what was said of
facts. Killed at any moment, the desk and the workspace must open, be sound and follow to the end; what was told must
stand, word for word, and ledgers must be what they are where all pages are read at once with what was said of them.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from bench.kill import Tell
from bench.kill_books import page_of
from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question, rows_answering
from mingjian.core.model.review import NOTHING, PartChange
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.corpus import Corpus
from mingjian.corpus.books.deciding import standing_decisions
from mingjian.corpus.books.pages import shelf_of
from mingjian.errors import MingjianError, ReviewError
from mingjian.store import DATABASE

PHASES = ("open", "add", "review", "undo", "queue", "follow", "close")
_DAY = "2027-01-01"
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode


def work(folder: Path, seed: int, tell: Tell) -> None:
    """Adds pages, says something of their facts, takes some of it back and follows, until it is killed."""
    lot = random.Random(seed)
    while True:
        tell("phase open")
        with Corpus.open(folder / "workspace", write=True, create=True) as corpus:
            tell("phase add")
            for added in corpus.add([page_of(f"https://kill.invalid/{lot.randrange(1 << 30)}")]):
                tell(f"added {added.doc_id} {added.page.id if added.page else None}")
            for _ in range(lot.randrange(6)):
                _say(corpus, lot, tell)
            if lot.random() < 0.3:
                tell("phase queue")
                corpus.desk.queue()
            if lot.random() < 0.5:
                tell("phase follow")
                deque(corpus.follow(), maxlen=0)
            tell("phase close")


def _say(corpus: Corpus, lot: random.Random, tell: Tell) -> None:
    said = [one.number for one in corpus.desk.all() if one.undone is None]
    if said and lot.random() < 0.3:
        tell("phase undo")
        tell(f"undone {corpus.desk.undo(lot.choice(said), who='a person').number}")
        return
    with corpus.store.reading() as reader:
        page = lot.choice([kept.id for kept in reader.pages() if kept.stands])
    record = corpus.desk.page(page).reviewed.record
    facts = [fact for facts in fact_kinds(record).values() for fact in facts]
    if not facts:
        return
    fact, verb = lot.choice(facts), lot.choice(("accept", "reject", "correct"))
    changes = (PartChange("evidence", (fact.evidence.pair,)),) if verb == "correct" else ()
    if fact.parts and changes:
        changes = (PartChange(lot.choice(sorted(fact.parts)), (fact.evidence.pair,)),)
    tell("phase review")
    try:
        review = corpus.desk.review(page, fact.id, verb, who="a person", why="a reason", changes=changes)  # type: ignore[arg-type]
    except ReviewError:  # words that tell no such part
        return
    tell(f"reviewed {review.number} {review.verb}")


def judge(folder: Path, heard: list[str]) -> list[str]:
    """What is lost or half."""
    faults = [f"half: the work failed: {line}" for line in heard if line.startswith("fault")]
    workspace = folder / "workspace"
    _warm()
    if not heard and not (workspace / DATABASE).exists():
        return faults
    try:
        with Corpus.open(workspace, write=True, create=True) as corpus:
            faults += [f"half: {line}" for line in corpus.desk.check(thoroughly=True)]
            deque(corpus.follow(), maxlen=0)
            faults += [f"half: after following: {line}" for line in corpus.check(thoroughly=True)]
            corpus.desk.queue()
            faults += [*_judge_told(corpus, heard), *_judge_ledgers(corpus)]
    except MingjianError as error:
        faults.append(f"lost: {error}")
    except Exception as error:  # noqa: BLE001 - whatever it is, the workspace cannot be used as it was left
        faults.append(f"half: {type(error).__name__}: {error}")
    return faults


@cache
def _warm() -> None:
    """Loads the rules before the next child is forked, which would spend its life on that."""
    extract(page_of("https://kill.invalid/warm"))


def _judge_told(corpus: Corpus, heard: list[str]) -> Iterator[str]:
    reviews = {one.number: one for one in corpus.desk.all()}
    for what, number, *verb in (line.split() for line in heard if line.startswith(("reviewed", "undone"))):
        review = reviews.get(int(number))
        if review is None:
            yield f"lost: review {number}"
        elif what == "undone" and review.undone is None:
            yield f"lost: that review {number} was undone"
        elif what == "reviewed" and (review.verb, review.why, review.fact == NOTHING) != (verb[0], "a reason", False):
            yield f"half: review {number}"


def _judge_ledgers(corpus: Corpus) -> Iterator[str]:
    """Whether the books say what all pages say together with what people said of them."""
    with corpus.store.reading() as reader, corpus.books() as books:
        shelf = shelf_of(reader, standing_decisions(reader))
        for ledger in ("targets", "statistics", "policies", "events"):
            if _lines(books, ledger) != _lines(shelf, ledger):
                yield f"half: the ledger {ledger} is another than that of all pages"


def _lines(books: Books, ledger: str) -> list[bytes]:
    return [_ENCODE(row) for row in rows_answering(books, ledger, Question(everything=True), _DAY)]
