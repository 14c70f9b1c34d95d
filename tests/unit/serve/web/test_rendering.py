"""From values to HTML: everything escaped, nothing passed over in silence, no words and no inline code in templates."""

from __future__ import annotations

import json
import re
from html import unescape
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from mingjian.serve.web.parts import (
    Badge,
    Choice,
    Cited,
    Column,
    Crumb,
    Facet,
    Frame,
    Line,
    Listing,
    Message,
    Pager,
    Shown,
    Tile,
)
from mingjian.serve.web.rendering import abridged, data_block, environment, render, verbatim
from mingjian.serve.web.words import Word, word

HOSTILE = "\"'><script>alert(1)</script>{{ 7*7 }}&lt;"
TEMPLATES = sorted(Path(str(files("mingjian.serve.web"))).joinpath("templates").rglob("*.j2"))
USES = re.compile(r"""\bw\(\s*["']([a-z_]+\.[a-z_]+)["']""")


def without_comments(path: Path) -> str:
    return re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def problem(**values: object) -> str:
    told = {"title": "t", "status": 404, "detail": Word("d", "d"), "mend": Word("m", "e"), **values}
    return render("problem.html.j2", frame=Frame(), **told)


def made(source: str, **values: object) -> str:
    return environment().from_string(source).render(frame=Frame(), **values)


def test_what_is_given_is_escaped_everywhere() -> None:
    page = problem(
        title=HOSTILE,
        detail=Word(HOSTILE, HOSTILE),
        mend=Word(HOSTILE, HOSTILE),
        messages_=(Message(HOSTILE, mend=HOSTILE),),
        crumbs_=(Crumb(HOSTILE),),
    )
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") >= 5


def test_cells_and_their_cites_are_escaped() -> None:
    cites = (Cited(HOSTILE, HOSTILE, f"/pages/{HOSTILE}"),)
    cell = (Shown(text=HOSTILE, cites=cites), Shown(missing=HOSTILE), Shown(badge=Badge(HOSTILE), basis=HOSTILE))
    listing = Listing(
        id="x",
        caption=HOSTILE,
        columns=(Column(key="a", label=HOSTILE, english=HOSTILE, head=True), Column(key="b", label="b")),
        lines=(Line(id=HOSTILE, href="/x", cells=(cell, cell)),),
        pager=Pager(first=1, last=1, total=1),
    )
    page = made('{% from "parts/lists.html.j2" import listing with context %}{{ listing(each) }}', each=listing)
    assert "<script" not in page
    said = re.search(r'data-cites="([^"]*)"', page)
    assert said is not None
    assert json.loads(unescape(said[1])) == [[HOSTILE, HOSTILE, f"/pages/{HOSTILE}"]]


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="mend"):
        render("problem.html.j2", frame=Frame(), title="t", status=404, detail=Word("d"))


def test_readers_see_no_desk_and_nobody_sees_places_without_a_role() -> None:
    assert 'href="/admin"' not in problem()
    admin = render("problem.html.j2", frame=Frame(role="admin"), title="t", status=1, detail=Word(""), mend=Word(""))
    assert 'href="/admin"' in admin
    nobody = render("problem.html.j2", frame=Frame(role=None), title="t", status=1, detail=Word(""), mend=Word(""))
    assert 'href="/events"' not in nobody


def test_data_in_a_page_cannot_end_its_element() -> None:
    hostile = {"a": "</script><!--<script>\u2028\u2029&]]>"}
    block = data_block(hostile)
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == hostile


def test_a_text_keeps_its_carriage_returns() -> None:
    assert verbatim("a\r\nb\r<") == "a&#13;\nb&#13;&lt;"


def test_a_nul_is_shown_as_browsers_read_it() -> None:
    assert "\0" not in problem(detail=Word("a\0b"))
    assert "a\N{REPLACEMENT CHARACTER}b" in problem(detail=Word("a\0b"))


def test_long_words_are_cut_at_characters() -> None:
    assert abridged("𠮷" * 10, 4) == "𠮷𠮷𠮷…"


def test_every_tile_has_a_place_of_its_own() -> None:
    page = made(
        '{% from "parts/figures.html.j2" import tiles %}{{ tiles(all, "c") }}',
        all=(Tile(code="110000", text="12", level=3, href="/x"),),
    )
    places = re.findall(r'<li class="(c\d r\d) level-(\d)"', page)
    assert len(places) == len({place for place, _ in places}) == 34
    assert sum(level != "0" for _, level in places) == 1


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words_and_no_inline_code(path: Path) -> None:
    shown = without_comments(path)
    assert not re.search(r"[\u4e00-\u9fff]", shown)
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style|\|\s*safe", shown)
    assert not re.search(r"<script(?![^>]*(?:\ssrc=|application/json))", shown)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_use_words_that_are_there(path: Path) -> None:
    for key in USES.findall(without_comments(path)):
        assert word(key).zh


def test_an_empty_list_says_when_books_are_still_made() -> None:
    source = '{% from "parts/lists.html.j2" import empty with context %}{{ empty() }}'
    template = environment().from_string(source)
    assert word("list.behind").zh in template.render(frame=Frame(behind=3))
    assert word("list.behind").zh not in template.render(frame=Frame())


def test_a_facet_without_choices_is_not_shown() -> None:
    facet = Facet(key="kind", label="类型甲", choices=())
    source = '{% from "parts/lists.html.j2" import facets with context %}{{ facets((each,), "x") }}'
    assert "类型甲" not in made(source, each=facet)
    chosen = Facet(key="kind", label="类型甲", choices=(Choice(label="新闻", href="/x"),))
    assert "类型甲" in made(source, each=chosen)
