"""The service under load: many clients for a while, with pages being added at the same time.

    python -m bench.serving WORKSPACE [--clients 50] [--seconds 60] [--think 0] [--after 0] [--adding PAGES]

A copy of the workspace is served by ``mingjian serve`` in a process of its own; each client is a user with a token of
their own, asks one address after the other from a fixed mix of web pages and REST, and reads each answer whole. With
``--adding`` the pages of that path are added by ``mingjian add`` meanwhile. Told are, by kind of address, how many
requests there were, the median and the 95th and 99th percentile in milliseconds as clients saw them, the largest
answer, and whatever was no answer as it should be. Without ``--think`` (seconds between two requests of one client) the
clients never pause: what they wait is then mostly for one another. ``--alone`` asks each address by one client only:
that is what the service itself takes. Clients begin so many seconds ``--after`` the service answers: in the first half
minute it makes ready what many will ask. The limit of requests a minute is lifted.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple
from urllib.parse import quote

from mingjian.core.access.rights import scopes_of
from mingjian.corpus import Asked, Corpus
from mingjian.serve.access.asking import nobody
from mingjian.serve.access.service import Access
from mingjian.serve.access.tokens import make_token
from mingjian.serve.access.users import add_user

_WORDS = ("算力", "人工智能 行动", "数据集", "大模型 备案", "智能制造 补贴", "机器人", "类型:target", "场景 开放")
_LISTS = ("targets", "policies", "compute", "scenarios", "datasets", "people", "statistics", "events")
_SAMPLE = 40
_STARTS = 60.0
_NO_LIMIT = 10_000_000


class Address(NamedTuple):
    """An address of the service, and the kind that it is counted under."""

    kind: str
    path: str


class Answer(NamedTuple):
    """One request: its kind, the seconds until the answer was read, its bytes, and what was wrong with it."""

    kind: str
    seconds: float
    size: int
    wrong: str


def addresses_of(folder: Path) -> list[Address]:
    """The mix: pages that people open, and what programs ask."""
    found = [Address("web /", "/"), Address("web /timeline", "/timeline"), Address("web /review", "/review")]
    found += [Address("web /search", f"/search?q={quote(words)}") for words in _WORDS]
    found += [Address(f"web /{name}", f"/{name}") for name in _LISTS]
    found += [Address("api search", f"/api/search?q={quote(words)}") for words in _WORDS]
    found += [Address("api ledger", f"/api/ledgers/{name}?limit=20") for name in _LISTS]
    with Corpus.as_it_stands(folder) as corpus:
        pages = [page.id for words in _WORDS[:6] for page in corpus.search(Asked(words=words, limit=_SAMPLE)).pages]
        with corpus.books() as books:
            events = [thing.id for page in pages[:_SAMPLE] for thing in books.of_page(page, "event")]
    found += [Address("web /pages/ID", f"/pages/{page}") for page in pages[:_SAMPLE]]
    found += [Address("api page", f"/api/pages/{page}") for page in pages[:_SAMPLE]]
    found += [Address("web /events/ID", f"/events/{event}") for event in events[:_SAMPLE]]
    return found


class Load(NamedTuple):
    """Where is asked, for what, until when (monotonic), and how many seconds clients pause between requests."""

    port: int
    mix: Sequence[Address]
    until: float
    think: float


async def run_clients(tokens: Sequence[str], load: Load) -> list[Answer]:
    """All clients, each with a token."""
    answers: list[Answer] = []
    lots = [(token, random.Random(number)) for number, token in enumerate(tokens)]
    await asyncio.gather(*(_client(token, lot, load, answers) for token, lot in lots))
    return answers


async def _client(token: str, lot: random.Random, load: Load, answers: list[Answer]) -> None:
    connection = None
    while time.monotonic() < load.until:
        address = lot.choice(load.mix)
        begun = time.monotonic()
        try:
            connection = connection or await asyncio.open_connection("127.0.0.1", load.port)
            status, body, keeps = await _ask(connection, address.path, token)
            wrong = "" if status == 200 else f"{address.path}: {status} {body[:200]!r}"
            if not keeps:
                connection[1].close()
                connection = None
        except (OSError, asyncio.IncompleteReadError) as error:
            connection, body, wrong = None, b"", f"{address.path}: {error!r}"
        answers.append(Answer(address.kind, time.monotonic() - begun, len(body), wrong))
        if load.think:
            await asyncio.sleep(load.think)
    if connection is not None:
        connection[1].close()


async def _ask(
    connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], path: str, token: str
) -> tuple[int, bytes, bool]:
    """The status, the body as it was sent, and whether the connection stays."""
    reader, writer = connection
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nAccept-Encoding: gzip\r\n\r\n"
    writer.write(asked.encode())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = re.search(r"\r\ncontent-length: (\d+)", head)
    body = await reader.readexactly(int(length[1])) if length else await _chunks(reader)
    return status, body, "\r\nconnection: close" not in head


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return body


@contextmanager
def served(folder: Path, port: int) -> Iterator[None]:
    """The service over a workspace, in a process of its own."""
    command = [sys.executable, "-m", "mingjian", "serve", "-w", str(folder), "--port", str(port)]
    command += ["--requests-a-minute", str(_NO_LIMIT)]
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, stdout=log, stderr=log) as service:
        try:
            asyncio.run(_answers(port))
            yield
        finally:
            service.terminate()
            service.wait(timeout=30)


async def _answers(port: int) -> None:
    until = time.monotonic() + _STARTS
    while True:
        try:
            await _ask(await asyncio.open_connection("127.0.0.1", port), "/health/live", "")
        except (OSError, asyncio.IncompleteReadError):
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)
        else:
            return


def tokens_of(folder: Path, count: int) -> list[str]:
    """Users with a token each."""
    access = Access.open(folder)
    by = nobody("127.0.0.1", may_read=False)
    made = []
    for number in range(count):
        user = add_user(access, by, f"client-{number}", "reviewer", f"quiet herons {number} at dusk")
        made.append(make_token(access, by, user, "load", scopes_of("reviewer"))[0])
    access.close()
    return made


def tell(answers: Sequence[Answer], seconds: float) -> None:
    """The table."""
    by_kind: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_kind[answer.kind].append(answer)
    print(f"{'what':<18}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'most kB':>9}")
    for kind, all_of in (*sorted(by_kind.items()), ("all", list(answers))):
        times = sorted(answer.seconds * 1000 for answer in all_of)
        cuts = quantiles(times, n=100) if len(times) > 1 else times * 99
        largest = max(answer.size for answer in all_of) / 1000
        print(f"{kind:<18}{len(times):>9}{cuts[49]:>9.1f}{cuts[94]:>9.1f}{cuts[98]:>9.1f}{largest:>9.1f}")
    wrong = [answer.wrong for answer in answers if answer.wrong]
    print(f"{len(answers) / seconds:.0f} requests a second; {len(wrong)} wrong")
    for each in sorted(set(wrong))[:10]:
        print("  ", each)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--think", type=float, default=0.0)
    parser.add_argument("--after", type=float, default=0.0)
    parser.add_argument("--adding", type=Path)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--port", type=int, default=8390)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workspace"
        shutil.copytree(given.workspace, folder)
        tokens, mix = tokens_of(folder, 1 if given.alone else given.clients), addresses_of(folder)
        with served(folder, given.port):
            time.sleep(given.after)
            adding = _begin_adding(given.adding, folder)
            load = Load(given.port, mix, time.monotonic() + given.seconds, given.think)
            answers = asyncio.run(run_clients(tokens, load))
            _end_adding(adding)
        tell(answers, given.seconds)


def _begin_adding(pages: Path | None, folder: Path) -> subprocess.Popen[bytes] | None:
    if pages is None:
        return None
    command = [sys.executable, "-m", "mingjian", "add", str(pages), "-w", str(folder), "--workers", "1"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _end_adding(adding: subprocess.Popen[bytes] | None) -> None:
    if adding is None:
        return
    ended = adding.poll()
    print(f"adding: {'still went on when the clients ended' if ended is None else f'ended with status {ended}'}")
    adding.terminate()
    adding.wait(timeout=60)


if __name__ == "__main__":
    main()
