"""A page of all parts with invented values, and a small server that sends it as strictly as the workbench is sent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mingjian.brief.html import Segment
from mingjian.serve.web.assets import ROOT, asset
from mingjian.serve.web.parts import (
    Badge,
    Choice,
    Cited,
    Column,
    Crumb,
    Download,
    Facet,
    Frame,
    Line,
    Listing,
    Message,
    Pager,
    Shown,
    Tile,
)
from mingjian.serve.web.rendering import environment

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HOSTILE = "</script><script>document.title='owned'</script><img src=x onerror=document.title='owned'>"
TEXT = (
    "甲省印发《人工智能发展行动方案》，提出到2027年，智能算力规模达到35 EFLOPS。\n"
    "𠮷林公司👩‍👩‍👧在会上说：“到2028年，𠮷林公司将建成三个智算中心。”\r\n"
    + "这是一段没有事实的文字，只为让页面可以滚动。\n" * 40
    + "全省人工智能企业超过1200家。\n"
)


def span_of(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


FACTS: list[tuple[str, list[tuple[int, int]], str, str]] = [
    ("t1", [span_of("智能算力规模达到35 EFLOPS"), span_of("到2027年")], "figures", "智能算力规模达到35 EFLOPS"),
    ("t2", [span_of("到2028年，𠮷林公司将建成三个智算中心")], "figures", "到2028年，𠮷林公司将建成三个智算中心"),
    ("o1", [span_of("𠮷林公司👩‍👩‍👧"), (TEXT.rindex("𠮷林公司"), TEXT.rindex("𠮷林公司") + 4)], "names", "𠮷林公司"),
    ("s1", [span_of("全省人工智能企业超过1200家")], "figures", "全省人工智能企业超过1200家"),
]


def pieces() -> Iterator[Segment]:
    ends = {0, len(TEXT)} | {end for _, spans, _, _ in FACTS for span in spans for end in span}
    for start, end in pairwise(sorted(ends)):
        keys = [key for key, spans, _, _ in FACTS if any(a <= start < b for a, b in spans)]
        group = next((group for key, _, group, _ in FACTS if key in keys), "")
        yield Segment(start, TEXT[start:end], " ".join(keys), group, dropped=False)


def _cites(words: str) -> tuple[Cited, ...]:
    return (
        Cited(words, "甲省日报 · 2026-03-02", "/pages/p1#s=24,41"),
        Cited(words[:6], "乙市发布 · 2026-03-05", "/pages/p2#s=3,9"),
    )


def listing(first: int, order: str = "ascending") -> Listing:
    names = ["甲省智能算力规模", "乙市人工智能核心产业规模", "丙区规模以上工业企业智能化改造覆盖率", HOSTILE]
    tones: list[Badge] = [
        Badge("未到期", "info"),
        Badge("已达成", "good"),
        Badge("已到期待核", "warn"),
        Badge("未达成", "bad"),
    ]
    lines = tuple(
        Line(
            id=f"thing{number}",
            href=f"/things/thing{number}",
            cells=(
                (Shown(text=f"{names[number % 4]} {number}"),),
                (Shown(text="35 EFLOPS", cites=_cites("智能算力规模达到35 EFLOPS，占全省算力的七成以上"), more=3),),
                (Shown(text="2027-12", precision="到月", cites=_cites("到2027年底")),)
                if number % 3
                else (Shown(missing="各页都没有写期限"),),
                (Shown(badge=tones[number % 4], basis="按期限与当日"),),
                (Shown(text="甲省人民政府", cites=_cites("甲省人民政府")), Shown(text="甲省工业和信息化厅")),
                (Shown(text=f"{number * 3 + 1}"),),
            ),
        )
        for number in range(first, first + 12)
    )
    return Listing(
        id="targets",
        caption="目标台账",
        columns=(
            Column(key="name", label="名称", english="name", wide=True, head=True, href="?sort=name"),
            Column(key="printed", label="原文数值", english="printed"),
            Column(key="deadline", label="期限", english="deadline", href="?sort=-deadline", order="ascending"),
            Column(key="status", label="状态", english="status"),
            Column(key="issuer", label="提出者", english="issuer"),
            Column(key="sources", label="信源", english="sources", number=True, href="?sort=sources"),
        ),
        lines=lines,
        pager=Pager(
            first=first + 1,
            last=first + 12,
            total=1234,
            later=f"/?first={first + 12}",
            earlier="/?first=0" if first else None,
        ),
        facets=(
            Facet(
                key="region",
                label="地区",
                english="region",
                choices=(
                    Choice(label="甲省", href="/?first=24", count=812, chosen=True),
                    Choice(label="乙市", href="/?first=36", count=96),
                    Choice(label="全国", href="/?first=36", count=51),
                ),
            ),
            Facet(
                key="status",
                label="状态",
                english="status",
                choices=tuple(
                    Choice(label=tone.text, href=f"/?first={number * 12}", count=number)
                    for number, tone in enumerate(tones)
                ),
            ),
        ),
        downloads=(
            Download("Excel", "/targets.xlsx"),
            Download("CSV", "/targets.csv"),
            Download("JSON", "/targets.json"),
        ),
    )


def values(first: int) -> dict[str, Any]:
    cited = Cited("到2027年，智能算力规模达到35 EFLOPS", "甲省日报 · 2026-03-02", "/pages/p1#s=24,41")
    return {
        "crumbs_": (Crumb("首页", "/"), Crumb("目标", "/targets"), Crumb("甲省智能算力规模")),
        "messages_": (
            Message("已保存 3 条复核。", "good"),
            Message("有 2 条事实的原文已变。", "warn", "它们回到了复核队列。", "/review", "去看看"),
        ),
        "sample": listing(first),
        "rows": [
            ("发文机关", "issuer", (Shown(text="甲省人民政府", cites=(cited,)),)),
            ("成文日期", "signed", (Shown(text="2026-03", precision="到月"),)),
            ("有效期至", "valid until", (Shown(missing="各页都没有写日期"),)),
            ("状态", "status", (Shown(badge=Badge("施行", "good")),)),
        ],
        "cited": cited,
        "tile_values": [
            Tile(code="110000", text="12", level=3, href="/targets?region=110000", note="12 条"),
            Tile(code="440000", text="35", level=5, href="/targets?region=440000"),
            Tile(code="310000", text="28", level=4, href="/targets?region=310000"),
            Tile(code="510000", text="6", level=2, href="/targets?region=510000"),
            Tile(code="520000", text="3", level=1, href="/targets?region=520000"),
        ],
        "bars": {"labels": ["甲省", "乙市", HOSTILE], "values": [12, 30, 7], "unit": "条", "links": ["/a", "/b", "/c"]},
        "lines": {
            "unit": "EFLOPS",
            "series": [
                {"name": "甲省", "points": [["2023-06", 5], ["2024-06", 12], ["2025-12", 28]]},
                {"name": HOSTILE, "points": [["2023-12", 3], ["2024-12", 9], ["2025-06", 11]]},
            ],
        },
        "timeline": {
            "lanes": ["政策发布", "会议", "企业动作"],
            "items": [
                {"lane": 0, "start": "2025-01-05", "end": "2025-01-05", "label": "甲省印发方案", "href": "/events/1"},
                {"lane": 1, "start": "2025-03-01", "end": "2025-03-08", "label": "乙市大会", "href": "/events/2"},
                {"lane": 2, "start": "2025-02", "end": "2025-04", "label": HOSTILE, "href": "/events/3"},
            ],
        },
        "points": {
            "years": True,
            "x": "期限",
            "y": "规模",
            "items": [{"x": 2025, "y": 3, "label": "甲"}, {"x": 2027, "y": 9, "label": "乙"}],
        },
        "elements": [
            {"data": {"id": "p", "name": "甲省方案", "kind": "policy", "size": 36, "href": "/policies/p"}},
            {"data": {"id": "o", "name": HOSTILE, "kind": "organisation", "size": 24}, "classes": "bare"},
            {"data": {"id": "v", "name": "甲省大会", "kind": "event", "size": 24}},
            {"data": {"id": "e0", "source": "o", "target": "p", "label": "发文机关"}},
            {"data": {"id": "e1", "source": "v", "target": "p", "label": "关于"}},
        ],
        "pieces": list(pieces()),
        "text_facts": FACTS,
    }


def styleguide(first: int = 0, *, charts: bool = False, words: str = "") -> str:
    """The page of all parts from a row on; with ``charts`` these are drawn."""
    source = Path(__file__).with_name("styleguide.html.j2").read_text(encoding="utf-8")
    hits = [f"命中 {words} {number}" for number in range(3)] if words else []
    frame = Frame(here="targets", role="admin", user="审阅员", day="2026-11-30", version="0.9", behind=3)
    return (
        environment().from_string(source).render(frame=frame, title="样式", charts=charts, hits=hits, **values(first))
    )


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path.startswith(ROOT):
            found = asset(url.path.split("/", 3)[3])
            if found is None:
                return self._send(404, b"", "text/plain")
            return self._send(200, found.body, found.media_type)
        if url.path == "/":
            asked = parse_qs(url.query)
            first = int(asked.get("first", ["0"])[0])
            return self._send(
                200,
                styleguide(first, charts="charts" in asked, words=asked.get("words", [""])[0]).encode(),
                "text/html; charset=utf-8",
            )
        return self._send(404, b"<p>nothing</p>", "text/html; charset=utf-8")

    def do_POST(self) -> None:
        said = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if said != "fact=f1":
            return self._send(403, b"<p>no</p>", "text/html; charset=utf-8")
        return self._send(200, "<p id='act'>已接受</p>".encode(), "text/html; charset=utf-8")

    def _send(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """The address of the page, served while this is open."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
