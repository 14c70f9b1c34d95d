"""Kills the service while people work at it, starts it again, and looks whether what it answered with 2xx is lost.

    python -m bench.kill_serve [--kills 60] [--seed 7] [--port 8391]

Several clients accept, reject and correct facts, take that back, keep needs and say what became of them, decide of
pages, take pages out and bring them back, and send pages. The service dies by SIGKILL at a moment drawn by lot, now and
then while it starts, alone or with all that it started. Started again, it must let everybody in who was; every sending
must end in its page; every mark (each request bears one of its own) that was acknowledged must stand exactly once, one
whose answer nobody heard once or never; and ``mingjian check`` and the log of what was done must find nothing wrong.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mingjian.cli.workspace.demo import sample_folders
from mingjian.core.access.rights import scopes_of
from mingjian.corpus import Corpus
from mingjian.read import read_paths
from mingjian.run import extract_many
from mingjian.serve.access.asking import nobody
from mingjian.serve.access.service import Access
from mingjian.serve.access.tokens import make_token
from mingjian.serve.access.users import add_user

_CLIENTS = 3
_LONGEST = 2.5  # seconds of a life behind its start
_PATIENCE = 120.0
_OFTEN_THOROUGH = 10
_KILLED_AT_START = 0.2
_KILLED_WITH_CHILDREN = 0.5
_SESSIONS = 5
_NO_LIMIT = 10_000_000
_REFUSED = (404, 409, 422, 503)  # of a page that is out, somebody faster, words that tell no such part, another writing
_PASSWORD = "quiet herons at dusk"  # noqa: S105 - of users who are there for minutes
_TEXT = """{mark}市印发《人工智能产业行动方案》
来源：样例日报  2026-03-12 09:00
{mark}市人民政府3月12日印发《人工智能产业行动方案》，提出到2027年智能算力规模达到1200P，建成50个智能工厂。
"""


class Reply(NamedTuple):
    """The status of an answer, and what it told."""

    status: int
    told: Any


class Told(NamedTuple):
    """What was asked under a mark: the kind of deed, and the answer, or nothing where none was heard."""

    deed: str
    reply: Any


class Heard:
    """What clients asked for and were told, over all lives of the service."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.marks: dict[str, Told] = {}
        self.undone: dict[int, bool] = {}
        self.removed: dict[str, bool | None] = {}
        self.statuses: Counter[str] = Counter()
        self.faults: list[str] = []

    def note(self, deed: str, mark: str, reply: Reply | None) -> None:
        """Keep what became of a request; nothing is kept of one that was refused."""
        with self._lock:
            if reply is None:
                self.marks[mark] = Told(deed, None)
                self.statuses["no answer"] += 1
            elif 200 <= reply.status < 300:
                self.marks[mark] = Told(deed, reply.told)
                self.statuses[deed] += 1
            else:
                self.statuses[f"{reply.status}"] += 1
                if reply.status not in _REFUSED:
                    self.faults.append(f"half: {deed} was answered {reply.status}: {str(reply.told)[:300]}")

    def acknowledged(self, deed: str) -> dict[str, Any]:
        """The answers that were heard to requests of this kind, by mark."""
        with self._lock:
            return {mark: told.reply for mark, told in self.marks.items() if told.deed == deed and told.reply}


class Client:
    """One who asks, by a token or a cookie; ``None`` is told where no answer comes."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self._port = port
        self._headers = {**headers, "Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}

    def ask(self, method: str, path: str, body: object = None) -> Reply | None:
        """The answer, with the JSON that it tells."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, body=sent, headers=self._headers)
            answer = connection.getresponse()
            told = answer.read()
            return Reply(answer.status, json.loads(told) if told else None)
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def all(self, path: str) -> list[Any]:
        """All items of a list, part by part."""
        found: list[Any] = []
        while True:
            reply = self.ask("GET", f"{path}{'&' if '?' in path else '?'}limit=100&offset={len(found)}")
            if reply is None or reply.status != 200:
                raise RuntimeError(f"{path}: {reply}")
            found += reply.told["items"]
            if not reply.told["items"] or not reply.told.get("next"):
                return found


class Worker(threading.Thread):
    """A client that works until the service is gone."""

    def __init__(self, client: Client, heard: Heard, seed: int, pages: list[str], own: list[str]) -> None:
        super().__init__(daemon=True)
        self._client, self._heard, self._lot, self._pages = client, heard, random.Random(seed), pages
        self._own = own
        self._facts: list[dict[str, Any]] = []
        self.ends = threading.Event()

    def run(self) -> None:
        """Deeds drawn by lot."""
        deeds = [self._review, self._undo, self._need, self._say, self._decide, self._page, self._send]
        while not self.ends.is_set():
            self._lot.choices(deeds, (60, 12, 6, 10, 4, 4, 4))[0]()

    def _post(self, deed: str, path: str, make: Callable[[str], object]) -> None:
        mark = _mark(self._lot)
        self._heard.note(deed, mark, self._client.ask("POST", path, make(mark)))

    def _review(self) -> None:
        if not self._facts:
            queue = self._client.ask("GET", f"/api/reviews/queue?limit=50&seen=all&offset={self._lot.randrange(200)}")
            if queue is None or queue.status != 200 or not queue.told["items"]:
                self.ends.wait(0.05)
                return
            self._facts = queue.told["items"]
        fact = self._facts.pop()
        verb = self._lot.choice(("accept", "reject", "correct"))
        changes = [{"part": "evidence", "spans": [[fact["start"], fact["end"]]]}] if verb == "correct" else []
        said = {"page": fact["page"], "fact": fact["fact"], "verb": verb, "changes": changes}
        self._post("review", "/api/reviews", lambda mark: {**said, "why": mark})

    def _undo(self) -> None:
        said = [told["number"] for told in self._heard.acknowledged("review").values()]
        fresh = [number for number in said if number not in self._heard.undone]
        if not fresh:
            return
        number = self._lot.choice(fresh)
        reply = self._client.ask("POST", f"/api/reviews/{number}/undo")
        self._heard.note("undo", _mark(self._lot), reply)
        if reply is not None and reply.status == 200:
            self._heard.undone[number] = True

    def _need(self) -> None:
        self._post("need", "/api/needs", lambda mark: {"need": "想找智能算力和大模型的应用场景", "name": mark})

    def _say(self) -> None:
        needs = [told["id"] for told in self._heard.acknowledged("need").values()]
        if needs:
            self._post("say", f"/api/needs/{self._lot.choice(needs)}/log", lambda mark: {"note": mark})

    def _decide(self) -> None:
        first, second = self._lot.sample(self._pages, 2)
        kind = self._lot.choice(("merge", "split"))
        decided = {"kind": kind, "of": "pages", "first": first, "second": second}
        self._post("decision", "/api/decisions", lambda mark: {**decided, "why": mark})

    def _page(self) -> None:
        """Take a page out, or in again; each client has pages of its own."""
        page = self._lot.choice(self._own)
        out = not self._heard.removed.get(page)
        reply = self._client.ask("POST", f"/api/pages/{page}/{'remove' if out else 'return'}", _why(out))
        self._heard.note("page", _mark(self._lot), reply)
        if reply is None:
            self._heard.removed[page] = None
        elif reply.status == 200:
            self._heard.removed[page] = out

    def _send(self) -> None:
        self._post("send", "/api/jobs/pages", lambda mark: [{"url": _address(mark), "text": _TEXT.format(mark=mark)}])


def _mark(lot: random.Random) -> str:
    """Another one than all before."""
    return f"m{lot.getrandbits(64):016x}"


def _why(out: bool) -> object:
    return {"why": "asked for"} if out else None


def _address(mark: str) -> str:
    return f"https://kill.invalid/{mark}"


class Service:
    """``mingjian serve`` in a process of its own, which is started and killed."""

    def __init__(self, folder: Path, port: int) -> None:
        self._command = [sys.executable, "-m", "mingjian", "serve", "-w", str(folder), "--port", str(port)]
        self._command += ["--requests-a-minute", str(_NO_LIMIT)]
        self._log = (folder.parent / "log").open("wb")
        self._asks = Client(port, {})
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin; it does not answer yet."""
        self._process = subprocess.Popen(
            self._command, stdout=self._log, stderr=self._log, start_new_session=True, env={**os.environ}
        )

    def answers(self) -> bool:
        """Whether it answers, sooner or later."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self._process is not None and self._process.poll() is None:
            reply = self._asks.ask("GET", "/health/live")
            if reply is not None and reply.status == 200:
                return True
            time.sleep(0.05)
        return False

    def kill(self, *, children: bool) -> None:
        """End it at once, alone or with what it started."""
        if self._process is None:
            return
        if children:
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()


class Judge:
    """Holds what stands after a start to what was heard."""

    def __init__(self, folder: Path, client: Client, sessions: Mapping[str, Client], heard: Heard) -> None:
        self._folder, self._client, self._sessions, self._heard = folder, client, sessions, heard

    def faults(self, *, thoroughly: bool) -> list[str]:
        """What is lost or half."""
        found = [f"lost: {name} is let in no more" for name, one in self._sessions.items() if not _let_in(one)]
        if not self._quiet():
            return [*found, f"half: after {_PATIENCE:.0f} s jobs wait, or indexes are behind"]
        reviews = self._client.all("/api/reviews")
        found += self._once("review", [one["why"] for one in reviews])
        needs = self._client.all("/api/needs")
        found += self._once("need", [one["name"] for one in needs])
        found += self._once("say", [entry["note"] for one in needs for entry in self._entries(one["id"])])
        found += self._once("decision", [one["why"] for one in self._client.all("/api/decisions")])
        pages = self._client.all("/api/pages")
        found += self._once("send", [one["address"].rpartition("/")[2] for one in pages])
        gone = {one["number"] for one in reviews if one["undone"]}
        found += [f"lost: that review {number} was undone" for number in self._heard.undone if number not in gone]
        return [*found, *self._removed(), *self._jobs(), *self._commands(thoroughly=thoroughly)]

    def _quiet(self) -> bool:
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            jobs, status = self._client.ask("GET", "/api/jobs"), self._client.ask("GET", "/api/status")
            if jobs is None or status is None or (jobs.status, status.status) != (200, 200):
                continue
            if not status.told["behind"] and not any(_open(job) for job in jobs.told):
                return True
            time.sleep(0.2)
        return False

    def _entries(self, need: str) -> list[Any]:
        reply = self._client.ask("GET", f"/api/needs/{need}/log")
        return reply.told if reply is not None and reply.status == 200 else []

    def _once(self, deed: str, marks: list[str]) -> list[str]:
        """Of each mark: once where that was acknowledged, and never more."""
        counts = Counter(marks)
        asked = {mark: told.reply for mark, told in self._heard.marks.items() if told.deed == deed}
        lost = [f"lost: {deed} {mark}" for mark, reply in asked.items() if reply is not None and not counts[mark]]
        return lost + [f"half: {deed} {mark} stands {counts[mark]} times" for mark in asked if counts[mark] > 1]

    def _removed(self) -> list[str]:
        out = {one["id"] for one in self._client.all("/api/removed")}
        told = {page: state for page, state in self._heard.removed.items() if state is not None}
        return [
            f"lost: that {page} was taken {'out' if state else 'in'}"
            for page, state in told.items()
            if (page in out) != state
        ]

    def _jobs(self) -> list[str]:
        found = []
        for mark, job in self._heard.acknowledged("send").items():
            reply = self._client.ask("GET", f"/api/jobs/{job['id']}")
            if reply is None or reply.status != 200:
                found.append(f"lost: the job of {mark}")
            elif reply.told["job"]["state"] != "done":
                found.append(f"half: the job of {mark}: {reply.told['job']}")
        return found

    def _commands(self, *, thoroughly: bool) -> list[str]:
        """What the commands say that look whether all is sound."""
        found = []
        for words in (["check", *(["--thoroughly"] if thoroughly else [])], ["users", "audit", "--most", "1"]):
            command = [sys.executable, "-m", "mingjian", *words, "-w", str(self._folder)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                found.append(f"half: {' '.join(words)} says {done.stdout} {done.stderr}")
        return found


def _open(job: Mapping[str, Any]) -> bool:
    return job["state"] in ("waiting", "running")


def _let_in(client: Client) -> bool:
    reply = client.ask("GET", "/api/session")
    return reply is not None and reply.status == 200 and reply.told["role"] is not None


def made(folder: Path, port: int) -> Client:
    """A new workspace of the sample pages with an admin, and the client who asks by a token of theirs."""
    with Corpus.open(folder, write=True, create=True) as corpus:
        for _ in corpus.add(read_paths(sample_folders()), extract_many):
            pass
        for _ in corpus.follow():
            pass
        corpus.desk.queue()
    access = Access.open(folder)
    by = nobody("127.0.0.1", may_read=False)
    user = add_user(access, by, "lin", "admin", _PASSWORD)
    secret, _ = make_token(access, by, user, "kill", scopes_of("admin"))
    access.close()
    return Client(port, {"Authorization": f"Bearer {secret}"})


def logged_in(port: int) -> Client:
    """A client with a session."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}
    connection.request("POST", "/api/session", json.dumps({"name": "lin", "password": _PASSWORD}), headers)
    answer = connection.getresponse()
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    connection.close()
    return Client(port, {"Cookie": cookie})


def live(client: Client, heard: Heard, lot: random.Random, pages: list[str]) -> list[Worker]:
    """Clients at work."""
    owns = [pages[number::_CLIENTS] for number in range(_CLIENTS)]
    workers = [Worker(client, heard, lot.randrange(1 << 60), pages, own) for own in owns]
    for worker in workers:
        worker.start()
    return workers


def kill_often(folder: Path, kills: int, seed: int, port: int) -> Heard:
    """Kill the service so many times."""
    lot, heard = random.Random(seed), Heard()
    client = made(folder, port)
    sessions = {"a token": client}
    service, judge = Service(folder, port), Judge(folder, client, sessions, heard)
    try:
        service.start()
        service.answers()
        pages = [one["id"] for one in client.all("/api/pages")]
        for number in range(kills):
            sessions[f"session {number % _SESSIONS}"] = logged_in(port)
            workers = live(client, heard, lot, pages)
            time.sleep(lot.random() * _LONGEST)
            die_and_start(service, workers, lot)
            thoroughly = number % _OFTEN_THOROUGH == _OFTEN_THOROUGH - 1 or number == kills - 1
            found = judge.faults(thoroughly=thoroughly) if service.answers() else ["lost: the service does not start"]
            heard.faults += [f"{fault} (kill {number})" for fault in found]
            print("\n".join(found) or f"kill {number}: {dict(heard.statuses)}", flush=True)
    finally:
        service.kill(children=True)
    return heard


def die_and_start(service: Service, workers: list[Worker], lot: random.Random) -> None:
    """The service dies while clients work, and now and then once more while it starts."""
    service.kill(children=lot.random() < _KILLED_WITH_CHILDREN)
    for worker in workers:
        worker.ends.set()
    for worker in workers:
        worker.join()
    service.start()
    while lot.random() < _KILLED_AT_START:
        time.sleep(lot.random() * _LONGEST)
        service.kill(children=lot.random() < _KILLED_WITH_CHILDREN)
        service.start()


def main() -> int:
    """0 where nothing was lost or half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--port", type=int, default=8391)
    given = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        heard = kill_often(Path(place) / "workspace", given.kills, given.seed, given.port)
    for fault in heard.faults:
        print(fault)
    lost = sum(fault.startswith("lost") for fault in heard.faults)
    told = ", ".join(f"{deed} {count}" for deed, count in heard.statuses.most_common())
    seconds = time.monotonic() - begun
    print(f"{given.kills} kills; {told}; {lost} lost, {len(heard.faults) - lost} half; {seconds:.0f} s")
    return 1 if heard.faults else 0


if __name__ == "__main__":
    sys.exit(main())
