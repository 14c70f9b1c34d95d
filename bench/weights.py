"""What the pages of the workbench weigh: what Chromium fetches for each with nothing kept, as it comes over the wire.

    python -m bench.weights WORKSPACE [--port 8392]

A copy of the workspace is served by ``mingjian serve``; each page is opened in a new context of a headless Chromium
(Debian's package). Told are the requests, the bytes of all answers with their heads, those of the page alone, and what
came from elsewhere, which must be nothing.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Request, sync_playwright

from bench.serving import addresses_of, served, tokens_of

_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
_MORE = ("/ledgers", "/compare?region=广东&metric=算力规模", "/graph", "/briefs", "/match", "/changes")


class Weight(NamedTuple):
    """A page: its path, its requests, the kB of all of them, those of the page alone, and requests to elsewhere."""

    path: str
    requests: int
    all_kb: float
    own_kb: float
    elsewhere: int


def weigh(browser: Browser, home: str, path: str, token: str) -> Weight:
    """The weight of one page, opened for the first time."""
    context = browser.new_context(extra_http_headers={"Authorization": f"Bearer {token}"})
    page = context.new_page()
    asked: list[Request] = []
    page.on("requestfinished", lambda each: asked.append(each))
    page.goto(home + path, wait_until="networkidle")
    sizes = [(each.url, each.sizes()) for each in asked]
    weights = [(url, size["responseHeadersSize"] + size["responseBodySize"]) for url, size in sizes]
    elsewhere = sum(not url.startswith((home, "data:", "blob:")) for url, _ in weights)
    context.close()
    return Weight(path, len(weights), sum(kb for _, kb in weights) / 1000, weights[0][1] / 1000, elsewhere)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--port", type=int, default=8392)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "workspace"
        shutil.copytree(given.workspace, folder)
        token = tokens_of(folder, 1)[0]
        first = {address.kind: address.path for address in reversed(addresses_of(folder)) if "web" in address.kind}
        with served(folder, given.port), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
            print(f"{'page':<46}{'requests':>9}{'all kB':>9}{'own kB':>9}{'elsewhere':>11}")
            for path in (*sorted(first.values(), key=len), *_MORE):
                told = weigh(browser, f"http://127.0.0.1:{given.port}", path, token)
                print(f"{path[:44]:<46}{told.requests:>9}{told.all_kb:>9.1f}{told.own_kb:>9.1f}{told.elsewhere:>11}")
            browser.close()


if __name__ == "__main__":
    main()
