"""Feed the readers of files damaged ones: mutated samples of every kind, in a process with bounded memory and time.

    python -m bench.fuzz_readers --minutes 10 [--seed 1] [--only docx,warc]

Prints how many inputs were read, and each input that made a reader crash, hang or grow: its bytes are kept beside.
"""

from __future__ import annotations

import argparse
import faulthandler
import io
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

from tests.contract.samples import SAMPLES
from tools.make_example_pages import archive, feed, notice
from tools.sample_files import zip_file

from mingjian.core.model.failure import Failure
from mingjian.read import Limits, read_paths

_MEMORY = 3 << 30
_SECONDS = 10
_TOKENS = (
    b"<", b">", b"&", b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 99999999\r\n", b"--b1", b"\x1f\x8b\x08\0", b"]]>",
    b"<![CDATA[", b"<!--", b"<w:tbl><w:tr><w:tc>", b"<w:p>", b"</w:p>", b"\0", b"\xff" * 8, b"<item>", b'"', b"{", b"[",
    b"=?gb2312?B?", b"?=", b"chunked", b"Content-Encoding: gzip\r\n", b"\x28\xb5\x2f\xfd", b"&#x", b"-1", b"4294967296",
)  # fmt: skip


def seeds() -> list[tuple[str, bytes]]:
    """The samples, and the richer example pages."""
    found = [(sample.name, sample.content) for sample in SAMPLES]
    return [*found, ("n.docx", notice()), ("c.warc.gz", archive()), ("f.xml", feed())]


def mutated(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """The content with a few random changes."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        place = chance.randrange(len(changed) + 1)
        width = chance.choice((1, 1, 4, 32, 400))
        match chance.randrange(1, 7):
            case 1:
                del changed[place : place + width]
            case 2:
                changed[place:place] = chance.choice(_TOKENS)
            case 3:
                changed[place:place] = changed[place : place + width] * chance.choice((1, 2, 50))
            case 4:
                changed[place : place + width] = chance.randbytes(width)
            case 5:
                start = chance.randrange(len(other) + 1)
                changed[place:place] = other[start : start + width]
            case 6:
                del changed[place : None if chance.random() < 0.1 else place + 1]
    return bytes(changed)


def mutated_parts(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """A zip archive with one of its parts changed, and packed anew."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts: dict[str, bytes | str] = {name: package.read(name) for name in package.namelist()}
    name = chance.choice(sorted(parts))
    part = parts[name]
    parts[name] = mutated(part.encode() if isinstance(part, str) else part, chance, other)
    return zip_file(parts)


def work(folder: Path, seed: int, end: float, only: str) -> None:
    """Reads mutated files until the time is over; the file that is being read stands in the folder."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    chance = random.Random(seed)
    kinds = [item for item in seeds() if not only or any(kind in item[0] for kind in only.split(","))]
    counts: Counter[str] = Counter()
    slowest = 0.0
    while time.monotonic() < end:
        name, content = chance.choice(kinds)
        other = chance.choice(kinds)[1]
        inside = name.endswith("docx") and chance.random() < 0.8
        changed = mutated_parts(content, chance, other) if inside else mutated(content, chance, other)
        file = folder / name
        file.write_bytes(changed)
        faulthandler.dump_traceback_later(_SECONDS, exit=True)
        begun = time.perf_counter()
        crashed = [str(item) for item in read_paths([file], Limits()) if isinstance(item, Failure) and _is_crash(item)]
        slowest = max(slowest, time.perf_counter() - begun)
        faulthandler.cancel_dump_traceback_later()
        counts[name] += 1
        for problem in crashed:
            (folder / f"crash-{seed}-{sum(counts.values())}-{name}").write_bytes(changed)
            print("CRASH", name, problem, flush=True)
        file.unlink()
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print("READ", sum(counts.values()), f"slowest {slowest:.2f} s, {grown} MB at most", dict(counts), flush=True)


def _is_crash(item: Failure) -> bool:
    return item.reason.startswith("crashed")


def main() -> None:
    """Runs the work in a process of its own, and anew with another seed where it dies."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--folder", type=Path, default=Path("out/fuzz-readers"))
    parser.add_argument("--worker", action="store_true")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.worker:
        work(asked.folder, asked.seed, time.monotonic() + asked.minutes * 60, asked.only)
        return
    end, seed = time.monotonic() + asked.minutes * 60, asked.seed
    while (left := end - time.monotonic()) > 1:
        command = [sys.executable, "-m", "bench.fuzz_readers", "--worker", "--minutes", str(left / 60)]
        command += ["--seed", str(seed), "--only", asked.only, "--folder", str(asked.folder)]
        died = subprocess.run(command, check=False).returncode
        if died:
            print("DIED", died, "with seed", seed, "- the file that was being read stands in", asked.folder, flush=True)
        for file in asked.folder.glob("[a-z].*") if died else ():
            file.rename(asked.folder / f"died-{seed}-{file.name}")
        seed += 1


if __name__ == "__main__":
    main()
