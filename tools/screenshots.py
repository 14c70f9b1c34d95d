"""Photograph a first visit to the workbench, for docs/screenshots: a workspace of the sample pages on a free port.

python -m tools.screenshots [NAME…]

Its clock stands still, and nothing but the setup code is left to chance, so that the same pages give the same pictures.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, NamedTuple

from mingjian.core.model.needs import Sought
from mingjian.core.model.review import PartChange, QueueAsked, QueuedFact
from mingjian.corpus import Corpus, clock
from mingjian.corpus.desk import Desk
from mingjian.read import read_paths
from mingjian.run import extract_many

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_PROJECT = Path(__file__).parents[1]
FOLDER = _PROJECT / "docs" / "screenshots"
NOW = datetime.fromisoformat("2026-04-20T09:00:00+08:00")
_MOST_BYTES = 150_000
_UNSEEN = 4  # of 255 levels
_WIDE, _NARROW = (1440, 900), (390, 844)
_ADMIN, _REVIEWER, _PASSWORD = "林岚", "周桥", "three blue lamps"
_NEED = "用机器视觉做轴承的质检"


class Site(NamedTuple):
    """A running service: its address, and the code that makes the first admin."""

    address: str
    code: str


def make_workspace(folder: Path) -> None:
    """The sample pages, and what an office has said of some facts and needs."""
    with Corpus.open(folder, write=True, create=True) as corpus:
        for _ in corpus.add(
            read_paths([Path("examples/pages"), Path("examples/corpus")]), extract_many, command="demo"
        ):
            pass
        _follow(corpus)
        with Desk.open(folder, write=True) as desk:
            _review(desk)
            need = desk.needs.keep(Sought(words=_NEED), who=_ADMIN)
            desk.needs.keep(Sought(words="需要低成本的智能算力"), who=_REVIEWER)
            desk.needs.say(need.id, who=_ADMIN, state="asked", contact="澜山市数据局", note="已发函")
        _follow(corpus)


def _follow(corpus: Corpus) -> None:
    for _ in corpus.follow():
        pass


def _review(desk: Desk) -> None:
    """Two reviewers accept, correct and reject some targets."""
    asked = QueueAsked(kinds=("targets",), limit=500)
    facts = desk.queue(asked).facts
    for fact in facts[10:16]:
        desk.review(fact.page, fact.fact, "accept", who=_REVIEWER)
    for fact in facts[10:13]:
        desk.review(fact.page, fact.fact, "accept", who=_ADMIN)
    desk.review(facts[16].page, facts[16].fact, "reject", who=_REVIEWER, why="是补助上限，不是目标")
    wrong = next(fact for fact in facts if "利用率不低于60%" in fact.words)
    desk.review(wrong.page, wrong.fact, "correct", who=_REVIEWER, changes=[_part(wrong, "metric", "利用率")])


def _part(fact: QueuedFact, part: str, words: str) -> PartChange:
    start = fact.start + fact.words.index(words)
    return PartChange(part=part, spans=((start, start + len(words)),))


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """The service over the workspace, while this is open."""
    import uvicorn

    from mingjian.serve.access.logins import begin_setup
    from mingjian.serve.app import create_app
    from mingjian.serve.settings import Settings

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(Settings(workspace=folder, works=False))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            code = begin_setup(app.state.access)
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", code or "")
        finally:
            server.should_exit = True
            thread.join(10)


class Camera:
    """Windows of one browser that is logged in once, and the pictures that are taken of them."""

    def __init__(self, browser: Browser, site: Site, folder: Path, names: list[str]) -> None:
        self._context = browser.new_context(
            base_url=site.address,
            viewport={"width": _WIDE[0], "height": _WIDE[1]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme="light",
            reduced_motion="reduce",
        )
        self._context.set_default_timeout(20_000)
        self.page = self._context.new_page()
        self._folder, self._names = folder, names

    def go(self, address: str, size: tuple[int, int] = _WIDE) -> Page:
        """The page of an address, in a window of a size."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        answered = self.page.goto(address)
        if answered is None or not answered.ok:
            sys.exit(f"{address} answered {answered and answered.status}")
        return self.page

    def take(self, name: str) -> None:
        """A picture of what the window shows now."""
        if self._names and name not in self._names:
            return
        self.page.wait_for_load_state("networkidle")
        taken = reduced(self.page.screenshot(animations="disabled", caret="hide", scale="css"))
        kept = self._folder / f"{name}.png"
        if not kept.exists() or not look_alike(kept.read_bytes(), taken):
            kept.write_bytes(taken)
        print(f"{name}.png  {len(taken):>7,} bytes")


def reduced(png: bytes) -> bytes:
    """The picture with as many colours as fit into the most bytes that one may have."""
    from PIL import Image

    picture = Image.open(BytesIO(png)).convert("RGB")
    small = png
    for colours in (256, 128, 64, 32, 16):
        made = BytesIO()
        picture.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
        small = made.getvalue()
        if len(small) < _MOST_BYTES:
            break
    return small


def look_alike(one: bytes, other: bytes) -> bool:
    """Whether nobody could tell two pictures apart: the browser smooths a line now so, now so."""
    from PIL import Image, ImageChops

    first, second = (Image.open(BytesIO(png)).convert("RGB") for png in (one, other))
    if first.size != second.size:
        return False
    return max(ImageChops.difference(first, second).tobytes()) <= _UNSEEN


def visit(camera: Camera, site: Site) -> None:
    """The first minutes, in their order."""
    _set_up(camera, site)
    camera.go("/")
    camera.take("02-home")
    _read(camera)
    camera.go("/targets")
    camera.take("06-targets")
    _desk(camera)
    camera.go("/briefs?topic=算力&since=2026-03")
    camera.take("11-brief")
    _books(camera)
    camera.go("/graph?name=澜山市数据局")
    camera.take("16-graph")
    camera.go("/", _NARROW)
    camera.take("17-phone-home")
    _phone(camera)


def _set_up(camera: Camera, site: Site) -> None:
    page = camera.go("/setup")
    page.fill("[name=name]", _ADMIN)
    page.fill("[name=password]", _PASSWORD)
    page.fill("[name=again]", _PASSWORD)
    page.focus("[name=code]")
    camera.take("01-setup")
    page.fill("[name=code]", site.code)
    page.click("form.card button[type=submit]")
    page.wait_for_url("**/")


def _read(camera: Camera) -> None:
    """From words to a page, its facts and what it tells of."""
    page = camera.go("/search")
    page.locator("[data-search]").press_sequentially("算力券")
    page.wait_for_url("**/search?q=*")
    page.wait_for_selector("#hits li")
    camera.take("03-search")
    page.click("#hits li h3 a >> text=实施细则")
    page.click(".beside nav.strip a[href='#targets']")
    page.click("#targets + ol .fact >> nth=0")
    camera.take("04-page")
    camera.go("/events")
    page.click("[data-open] >> text=新闻通气会")
    page.wait_for_url("**/events/*")
    camera.take("05-event")


def _desk(camera: Camera) -> None:
    """What is worth a look, one such fact, what answers a need, and a need that is kept."""
    page = camera.go("/review?kind=targets")
    camera.take("07-review")
    page.click("main [data-open] >> nth=0")
    page.wait_for_url("**/review/*/*")
    page.click("main summary >> text=更正")
    camera.take("08-review-fact")
    camera.go(f"/match?need={_NEED}")
    camera.take("09-match")
    camera.go("/match")
    page.click(f"main a >> text={_NEED}")
    page.wait_for_url("**/match/needs/*")
    camera.take("10-need")


def _books(camera: Camera) -> None:
    """Lists, one of them with its menu of files open, and the picture of each that has one."""
    page = camera.go("/policies")
    page.click("details.menu summary >> text=下载")
    camera.take("12-excel")
    camera.go("/policies")
    page.click("tbody a >> text=算力券管理实施细则")
    camera.take("13-policy")
    camera.go("/compute")
    camera.take("14-compute")
    camera.go("/timeline?since=2025-07&until=2027-12")
    camera.take("15-timeline")


def _phone(camera: Camera) -> None:
    page = camera.go("/search?q=算力券", _NARROW)
    page.click("#hits li h3 a >> text=实施细则")
    camera.take("18-phone-page")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser; the program ends where it or what drives it is missing, and says what to install."""
    program = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sys.exit("playwright is missing: pip install -r requirements/dev.txt")
    if program is None:
        sys.exit("chromium is missing: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=["--font-render-hinting=none"])
        yield browser
        browser.close()


def main(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
    os.putenv("TZ", "Asia/Shanghai")
    time.tzset()
    os.chdir(_PROJECT)  # pages without an address bear the path by which they are read
    clock.time = SimpleNamespace(time=NOW.timestamp)  # type: ignore[attr-defined, assignment]
    FOLDER.mkdir(exist_ok=True)
    with chromium() as browser, tempfile.TemporaryDirectory() as there:
        workspace = Path(there) / "workspace"
        make_workspace(workspace)
        with serving(workspace) as site:
            visit(Camera(browser, site, FOLDER, names), site)


if __name__ == "__main__":
    main(sys.argv[1:])
