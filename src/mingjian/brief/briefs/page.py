"""A brief as one HTML file that needs nothing else: no script, no network, charts drawn within."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mingjian.brief.briefs.pictures import bars_svg, timeline_svg
from mingjian.brief.briefs.wording import heading_number, note, printable_line, reference_words, web_address
from mingjian.core.model.brief import Brief


def render_page(brief: Brief) -> str:
    """The whole document."""
    charts = [timeline_svg(brief.timeline)] if brief.timeline is not None else []
    charts += [bars_svg(chart) for chart in brief.charts]
    drawn = [Markup(chart) for chart in charts]  # noqa: S704 - drawn by pictures.py, which escapes every word
    return _environment().get_template("brief.html.j2").render(brief=brief, charts=drawn)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mingjian.brief"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters.update(line=printable_line)
    environment.globals.update(
        note=note, heading_number=heading_number, reference_words=reference_words, web_address=web_address
    )
    return environment
