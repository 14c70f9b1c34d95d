"""Kills a program that adds pages, again and again, and looks whether anything that it acknowledged is lost or half.

    python -m bench.kill --kills 500

A child adds pages to a workspace and tells of each transaction that is done; it dies by SIGKILL at a moment drawn by
lot: after some time, or just behind the beginning of a phase, such as opening or copying. Then
the workspace is opened, checked to the last byte, and compared with what the child had told. Some kills later a new
workspace is begun. ``--work`` names another function for the child and ``--judge`` one for what is left, each as
``module:function``; ``bench.kill_work`` holds the ones of the store alone, and says what they must do.
"""

from __future__ import annotations

import argparse
import importlib
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

Tell: TypeAlias = Callable[[str], None]
Work: TypeAlias = Callable[[Path, int, Tell], None]
"""Works in a folder until it is killed, from a seed; tells ``phase NAME`` at each beginning, and what is done."""

Judge: TypeAlias = Callable[[Path, list[str]], list[str]]
"""What is wrong in a folder, a line each beginning with ``lost`` or ``half``, given all that was told of it."""

_KILLS_OF_A_LIFE = 5
_LONGEST = 0.35  # seconds until a kill that waits for time alone
_BEHIND = 0.02  # seconds behind the beginning of a phase, most of them much shorter
_PATIENCE = 5.0


class Tally(NamedTuple):
    """What came of the kills: how many fell into each phase, what was acknowledged, and what was wrong."""

    phases: Counter[str]
    acknowledged: int
    faults: list[str]
    seconds: float

    def __str__(self) -> str:
        lost = sum(fault.startswith("lost") for fault in self.faults)
        by_phase = ", ".join(f"{phase} {number}" for phase, number in self.phases.most_common())
        return (
            f"{self.phases.total()} kills ({by_phase}); {self.acknowledged} acknowledgements; {lost} lost, "
            f"{len(self.faults) - lost} half; {self.seconds:.0f} s"
        )


def kill_often(kills: int, seed: int, work: Work, judge: Judge, patience: float = 2.0) -> Tally:
    """Kills so many children, waiting for a phase so many seconds; the module of the work lists its ``PHASES``."""
    awaited = (None, *sys.modules[work.__module__].PHASES)
    lot, begun = random.Random(seed), time.monotonic()
    phases: Counter[str] = Counter()
    faults: list[str] = []
    acknowledged = 0
    with tempfile.TemporaryDirectory() as home:
        for number in range(kills):
            folder = Path(home) / str(number // _KILLS_OF_A_LIFE)
            if number % _KILLS_OF_A_LIFE == 0:
                shutil.rmtree(folder.with_name(str(number // _KILLS_OF_A_LIFE - 1)), ignore_errors=True)
                folder.mkdir()
                heard: list[str] = []
            phase = _kill_one(folder, lot, work, _Ear(heard, lot.choice(awaited), patience))
            phases[phase] += 1
            found = [f"{fault} (kill {number}, in {phase})" for fault in judge(folder, heard)]
            faults += found
            if found:
                print("\n".join(found), flush=True)
            acknowledged += len(heard)
            heard = heard if not found else []
    return Tally(phases, acknowledged, faults, time.monotonic() - begun)


def _kill_one(folder: Path, lot: random.Random, work: Work, ear: _Ear) -> str:
    """The phase in which the child died; what it told is put behind what was heard before."""
    reading, writing = os.pipe()
    seed = lot.randrange(1 << 30)
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_child(folder, seed, writing, work)
    os.setpgid(child, child)  # by which the processes that it starts die with it
    os.close(writing)
    ear.wait(reading, lot)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    ear.listen(reading, time.monotonic() + _PATIENCE)
    os.close(reading)
    return ear.phase


class _Ear:
    """What a child tells, line by line; ``phase`` is the last that began."""

    def __init__(self, heard: list[str], awaited: str | None, patience: float) -> None:
        self._heard = heard
        self._awaited = awaited
        self._patience = patience
        self._rest = b""
        self.phase = "start"

    def wait(self, descriptor: int, lot: random.Random) -> None:
        """Until the moment of the kill."""
        if self._awaited is None:
            self.listen(descriptor, time.monotonic() + lot.random() * _LONGEST)
        else:
            self.listen(descriptor, time.monotonic() + self._patience, self._awaited)
            self.listen(descriptor, time.monotonic() + lot.random() ** 3 * _BEHIND)

    def listen(self, descriptor: int, until: float, awaited: str | None = None) -> None:
        """Until a moment, the end of the child, or the beginning of a phase."""
        while select.select([descriptor], [], [], max(until - time.monotonic(), 0))[0]:
            part = os.read(descriptor, 1 << 16)
            if not part:
                return
            *lines, self._rest = (self._rest + part).split(b"\n")
            begun = [self._hear(line.decode()) for line in lines]
            if awaited is not None and awaited in begun:
                return

    def _hear(self, line: str) -> str | None:
        word, _, phase = line.partition(" ")
        if word == "phase":
            self.phase = phase
            return phase
        self._heard.append(line)
        return None


def _be_child(folder: Path, seed: int, descriptor: int, work: Work) -> None:
    """Never returns; a fault of the work itself is told as such."""

    def tell(line: str) -> None:
        os.write(descriptor, f"{line}\n".encode())

    while os.getpgrp() != os.getpid():
        time.sleep(0.0001)
    try:
        work(folder, seed, tell)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
        tell(f"fault {type(error).__name__}: {error}".replace("\n", " "))
    os._exit(0)


def named(path: str) -> Callable[..., object]:
    """The function of this name, ``module:function``."""
    module, _, name = path.partition(":")
    function: Callable[..., object] = getattr(importlib.import_module(module), name)
    return function


def main() -> int:
    """0 where nothing was lost or half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--work", default="bench.kill_work:work")
    parser.add_argument("--judge", default="bench.kill_work:judge")
    given = parser.parse_args()
    work, judge = named(given.work), named(given.judge)
    tally = kill_often(given.kills, given.seed, work, judge)  # type: ignore[arg-type]
    print(tally)
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
