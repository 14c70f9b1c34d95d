"""The static files: only those that are there, under an address that changes with them, and light."""

from __future__ import annotations

import re

import pytest

from mingjian.serve.web.assets import CYTOSCAPE, _places, asset, static_url, version_of_assets
from mingjian.serve.web.rendering import environment

CHARTS = {"charts.js", "vendored/echarts.min.js"}
GRAPH = {"graph.js", CYTOSCAPE}


def weight(name: str) -> int:
    found = asset(name)
    assert found is not None
    return len(found.gzipped if found.gzipped is not None else found.body)


def test_what_every_page_loads_is_light() -> None:
    loaded = [name for name in _places() if name.endswith((".css", ".js")) and name not in CHARTS | GRAPH]
    assert sum(map(weight, loaded)) < 40_000
    assert sum(map(weight, CHARTS)) + sum(map(weight, loaded)) < 260_000


@pytest.mark.parametrize(
    "name", ["", "../words.py", "/etc/passwd", "vendored", "vendored/../workbench.css", "no.css", "x\0.css"]
)
def test_no_name_reaches_beyond_the_files(name: str) -> None:
    assert asset(name) is None
    with pytest.raises(KeyError):
        static_url(name)


def test_addresses_carry_what_the_files_hold() -> None:
    assert static_url("workbench.css") == f"/static/{version_of_assets()}/workbench.css"
    assert re.fullmatch("[0-9a-f]{12}", version_of_assets())


def test_modules_import_files_that_are_there() -> None:
    for name in _places():
        if name.endswith(".js") and "vendored" not in name:
            found = asset(name)
            assert found is not None
            for imported in re.findall(r'from "\./([^"]+)"', found.body.decode()):
                assert asset(imported) is not None, f"{name} imports {imported}"


def test_what_was_taken_over_comes_with_its_licence() -> None:
    for name in ("htmx", "echarts", "zrender", "cytoscape"):
        found = asset(f"vendored/{name}-LICENSE.txt")
        assert found is not None
        assert b"Copyright" in found.body or b"Permission" in found.body


def test_every_template_can_be_read() -> None:
    for name in environment().list_templates():
        environment().get_template(name)
