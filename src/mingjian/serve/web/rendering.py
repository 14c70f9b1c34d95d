"""From values to HTML: the templates, what they may call, and nothing of requests.

``render`` is a pure function. Templates escape whatever they are given, refuse values that they were not given, and
hold no words: those come from ``words`` and ``brief.wording``.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from mingjian.brief.wording import (
    field_label,
    graph_label,
    ledger_column_label,
    ledger_label,
    ledger_missing_label,
    ledger_value_label,
    minute_of,
)
from mingjian.core.text.normal import on_one_line
from mingjian.serve.web.assets import CYTOSCAPE, static_url
from mingjian.serve.web.navigation import groups_for
from mingjian.serve.web.parts import Cited, Frame
from mingjian.serve.web.tiles import provinces, tiled
from mingjian.serve.web.words import english_of, word

_ENCODE = msgspec.json.Encoder().encode
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_QUOTED_LENGTH = 160


def render(template: str, /, *, frame: Frame, **values: Any) -> str:  # noqa: ANN401 - what templates are given
    """The whole document of a template (``search.html.j2``); a character NUL is shown as browsers read it."""
    html = environment().get_template(template).render(frame=frame, **values)
    return html.replace("\0", "\N{REPLACEMENT CHARACTER}")


def data_block(value: Any) -> Markup:  # noqa: ANN401 - whatever msgspec can encode
    r"""The value as JSON that can stand inside a script element of type ``application/json``: nothing there closes it.

    >>> data_block({"a": "</script>"})
    Markup('{"a":"\\u003c/script\\u003e"}')
    """
    return Markup(_ENCODE(value).decode().translate(_IN_SCRIPT))  # noqa: S704 - no character of markup is left


def cites_attribute(cites: tuple[Cited, ...]) -> str:
    """What a cited value carries for its card of evidence: words, source and address of each, as JSON."""
    return _ENCODE([(abridged(one.words), one.source, one.href) for one in cites]).decode()


def abridged(words: str, length: int = _QUOTED_LENGTH) -> str:
    """The words on one line, cut where they are long.

    >>> abridged("甲乙丙丁", 3)
    '甲乙…'
    """
    line = on_one_line(words)
    return line if len(line) <= length else f"{line[: length - 1]}…"


def verbatim(text: str) -> Markup:
    r"""The text escaped so that a browser keeps as many characters as it has: carriage returns too.

    >>> verbatim("a<\r\n")
    Markup('a&lt;&#13;\n')
    """
    return escape(text).replace("\r", Markup("&#13;"))


def grouped(number: int) -> str:
    """A count with its thousands apart."""
    return f"{number:,d}"


def load_templates() -> None:
    """Compile all templates, which is else done when a page first needs one."""
    for name in environment().list_templates(extensions=["j2"]):
        environment().get_template(name)


@cache
def environment() -> Environment:
    """The templates with all that they may call."""
    environment = Environment(
        loader=PackageLoader("mingjian.serve.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        abridged=abridged,
        as_cites=cites_attribute,
        english=english_of,
        grouped=grouped,
        one_line=on_one_line,
        verbatim=verbatim,
        when=minute_of,
    )
    environment.globals.update(
        CYTOSCAPE=CYTOSCAPE,
        data_block=data_block,
        field_label=field_label,
        graph_label=graph_label,
        groups_for=groups_for,
        ledger_column_label=ledger_column_label,
        ledger_label=ledger_label,
        ledger_missing_label=ledger_missing_label,
        ledger_value_label=ledger_value_label,
        provinces=provinces,
        static_url=static_url,
        tiled=tiled,
        w=word,
    )
    return environment
