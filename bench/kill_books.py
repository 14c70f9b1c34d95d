"""What ``bench.kill`` kills, and how it judges what is left: a workspace whose books are kept, asked and decided on.

    python -m bench.kill --work bench.kill_books:work --judge bench.kill_books:judge

The work tells ``added ADDRESS ID`` of each page, ``decided NUMBER`` and ``undone NUMBER`` of decisions about things,
and runs the commands that write ledgers, graphs and briefs. Killed at any moment, the workspace must open, be sound and
follow to the end; what was told must stand, every file that bears its name must be whole, and ledgers, graph and brief
must be, byte for byte, what they are where all pages are read at once, as if nobody had ever been killed.
"""

from __future__ import annotations

import csv
import io
import os
import random
import xml.etree.ElementTree as ET
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from bench.kill import Tell
from mingjian.brief.briefs.files import brief_files
from mingjian.brief.graphs.files import graph_files
from mingjian.brief.ledgers.files import PLAIN, ledger_file
from mingjian.brief.ledgers.tables import Table, chosen_columns
from mingjian.cli.main import app
from mingjian.core.books import Asked, Books
from mingjian.core.ledger.asking import Question, rows_answering
from mingjian.core.ledger.briefing.asking import scope_of
from mingjian.core.ledger.briefing.writing import write_brief
from mingjian.core.ledger.graph.finding import whole_graph
from mingjian.core.ledger.ledgers import LEDGERS
from mingjian.core.model.page import Page
from mingjian.core.model.things import Member, ThingKind
from mingjian.core.pipeline.extract import extract
from mingjian.corpus import Corpus
from mingjian.corpus.books.deciding import standing_decisions
from mingjian.corpus.books.pages import shelf_of
from mingjian.errors import MingjianError
from mingjian.read.plain import text_page
from mingjian.store import DATABASE

PHASES = ("open", "add", "follow", "decide", "undo", "ledger", "graph", "brief", "close")
_LARGEST_BATCH = 6
_DAY = "2027-01-01"
_KINDS: tuple[ThingKind, ...] = ("target", "statistic", "policy", "event", "organisation")
_FILES = {
    "ledger": ("targets.csv", "events.jsonl", "policies.xlsx"),
    "graph": ("graph.graphml", "graph.jsonld", "graph.html", "neo4j"),
    "brief": ("brief.md", "brief.html", "brief.docx", "brief.xlsx"),
}
_TEXT = """{place}印发《{place}人工智能产业行动方案》
来源：{source}  2026-0{month}-1{day} 09:00
{place}人民政府{month}月1{day}日印发《{place}人工智能产业行动方案》，由{place}工业和信息化局牵头，提出到202{year}年智能算力规模达到{value}00P，建成{value}个智能工厂。
{place}工业和信息化局局长陈望溪表示：“今年将开放{value}个应用场景。”截至2025年底，{place}人工智能核心产业规模达到{value}0亿元，同比增长1{day}%。
半个月后，{place}将举行人工智能大会。
"""


def work(folder: Path, seed: int, tell: Tell) -> None:
    """Adds, follows, decides, undoes, and writes files of all kinds, until it is killed."""
    lot = random.Random(seed)
    silence = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(silence, stream)
    while True:
        tell("phase open")
        with Corpus.open(folder / "workspace", write=True, create=True) as corpus:
            tell("phase add")
            addresses = [f"https://kill.invalid/{lot.randrange(1 << 30)}" for _ in range(lot.randrange(_LARGEST_BATCH))]
            for added in corpus.add(map(page_of, addresses)):
                tell(f"added {added.doc_id} {added.page.id if added.page else None}")
            if lot.random() < 0.7:
                _decide(corpus, lot, tell)
            tell("phase close")
        for command in lot.sample(tuple(_FILES), 2):
            tell(f"phase {command}")
            _write(folder, command, lot.choice(_FILES[command]), lot)


def _decide(corpus: Corpus, lot: random.Random, tell: Tell) -> None:
    tell("phase follow")
    deque(corpus.follow(), maxlen=0)
    standing = [one for one in corpus.decisions.on_things() if one.undone is None]
    if standing and lot.random() < 0.4:
        tell("phase undo")
        tell(f"undone {corpus.decisions.undo(lot.choice(standing).number, 'a person').number}")
        return
    members = _some_members(corpus, lot)
    tell("phase decide")
    if len(members) == 2:
        kind = lot.choice(("split", "merge"))
        decision = corpus.decisions.of_things(kind, (members[0].ref, members[1].ref), "a person", "")
        tell(f"decided {decision.number}")


def _some_members(corpus: Corpus, lot: random.Random) -> list[Member]:
    """Two mentions of one kind, or fewer where there are no two."""
    with corpus.books() as books:
        things = books.find(Asked(kind=lot.choice(_KINDS), ai=False))
        members = [member for thing in things for member in books.members(thing.id)]
        return lot.sample(members, min(2, len(members)))


def _write(folder: Path, command: str, name: str, lot: random.Random) -> None:
    to = folder / "written" / name
    arguments = {
        "ledger": ["ledger", to.stem],
        "graph": ["graph", "export"],
        "brief": ["brief", "--since", "2026", "--all"],
    }[command]
    if lot.random() < 0.5:
        to = to.with_name(f"{lot.randrange(3)}-{name}")
    with suppress(SystemExit):
        app([*arguments, "--to", str(to), "--workspace", str(folder / "workspace")])


def judge(folder: Path, heard: list[str]) -> list[str]:
    """What is lost or half."""
    faults = [f"half: the work failed: {line}" for line in heard if line.startswith("fault")]
    faults += _judge_files(folder / "written")
    workspace = folder / "workspace"
    _warm()
    if not heard and not (workspace / DATABASE).exists():
        return faults
    try:
        faults += _judge_asked(workspace) if heard else ()
        with Corpus.open(workspace, write=True, create=True) as corpus:
            faults += [f"half: {line}" for line in corpus.store.check(thoroughly=True)]
            deque(corpus.follow(), maxlen=0)
            faults += [f"half: after following: {line}" for line in corpus.check(thoroughly=True)]
            faults += [*_judge_told(corpus, heard), *_judge_books(corpus)]
    except MingjianError as error:
        faults.append(f"lost: {error}")
    except Exception as error:  # noqa: BLE001 - whatever it is, the workspace cannot be used as it was left
        faults.append(f"half: {type(error).__name__}: {error}")
    return faults


def _judge_asked(workspace: Path) -> Iterator[str]:
    """The next command, a reader, must answer at once."""
    with Corpus.open(workspace) as corpus, corpus.books() as books:
        with corpus.store.reading() as reader:
            standing = reader.counts()["pages"]
        if len(list(books.pages())) != standing:
            yield "lost: pages that no ledger speaks of"


def _judge_told(corpus: Corpus, heard: list[str]) -> Iterator[str]:
    told = [line.split() for line in heard]
    decisions = {one.number: one for one in corpus.decisions.on_things()}
    with corpus.store.reading() as reader:
        for word, *rest in told:
            if word == "added" and not reader.find(rest[1]):
                yield f"lost: {rest[0]}"
            elif word == "decided" and int(rest[0]) not in decisions:
                yield f"lost: decision {rest[0]}"
            elif word == "undone" and decisions[int(rest[0])].undone is None:
                yield f"lost: that decision {rest[0]} was undone"


def _judge_books(corpus: Corpus) -> Iterator[str]:
    with corpus.store.reading() as reader:
        shelf = shelf_of(reader, standing_decisions(reader))
    with corpus.books() as books:
        kept, anew = dict(_everything(books)), dict(_everything(shelf))
    yield from (
        f"half: {name} is another than that of all pages read at once" for name in anew if kept[name] != anew[name]
    )


def _everything(books: Books) -> Iterator[tuple[str, bytes]]:
    """All ledgers, the graph and a brief, as the bytes of files."""
    for name, ledger in LEDGERS.items():
        rows = list(rows_answering(books, name, Question(everything=True), _DAY))
        columns = chosen_columns(ledger.row_type, ())
        table = Table(ledger=name, columns=columns, rows=rows, pages=books.page, day=_DAY, asked="")
        yield name, b"".join(ledger_file(table, Path(f"{name}.jsonl"), PLAIN))
    for path, content in graph_files(whole_graph(books), books.page, "", Path("graph.jsonld")):
        yield path.name, content
    scope = msgspec.structs.replace(scope_of((), (), ("2026", None, None), _DAY), ai=False)
    for path, content in brief_files(write_brief(books, scope), Path("brief.docx")).items():
        yield path.name, content


def _judge_files(folder: Path) -> Iterator[str]:
    """Every file that bears its name must be whole; what killed programs left beside them is taken away."""
    for path in sorted(folder.rglob("*")):
        if path.name.startswith("."):
            path.unlink()
        elif path.is_file():
            try:
                _READ[path.suffix](path.read_bytes())
            except Exception as error:  # noqa: BLE001 - whatever it is, the file cannot be read
                yield f"half: {path.name}: {type(error).__name__}: {error}"
    for pair in folder.glob("*neo4j"):
        if len(list(pair.iterdir())) not in (0, 2):
            yield f"half: {pair.name} lacks a file"


def _read_text(content: bytes, end: bytes = b"\n") -> None:
    if not content.decode().strip() or not content.endswith(end):
        raise ValueError("it is cut off")


def _read_html(content: bytes) -> None:
    _read_text(content.rstrip(), b"</html>")


def _read_lines(content: bytes) -> None:
    for line in content.splitlines():
        msgspec.json.decode(line)


def _read_csv(content: bytes) -> None:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    if len({len(row) for row in rows}) != 1:
        raise ValueError("its lines are not alike")


def _read_package(content: bytes) -> None:
    damaged = zipfile.ZipFile(io.BytesIO(content)).testzip()
    if damaged is not None:
        raise ValueError(f"{damaged} is damaged")


_READ: dict[str, Callable[[bytes], object]] = {
    ".csv": _read_csv, ".jsonl": _read_lines, ".jsonld": msgspec.json.decode, ".graphml": ET.fromstring,
    ".svg": ET.fromstring, ".html": _read_html, ".md": _read_text, ".xlsx": _read_package, ".docx": _read_package,
}  # fmt: skip


@cache
def _warm() -> None:
    """Once done here, the next child, a fork, need not read rules and find its way into them."""
    extract(page_of("https://kill.invalid/"))


@cache
def page_of(address: str) -> Page:
    """The page that stands there: one of some that tell of the same things, with other numbers and days."""
    lot = random.Random(address)
    text = _TEXT.format(
        place=lot.choice(("岚州市", "澜山市", "栖云县")),
        source=lot.choice(("岚州日报", "云岭社", "百闻汇")),
        month=lot.randrange(1, 4),
        day=lot.randrange(3),
        year=lot.randrange(6, 9),
        value=lot.randrange(10, 13),
    )
    return text_page(address, f"{text}{address}\n".encode())
