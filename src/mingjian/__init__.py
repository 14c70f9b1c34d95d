"""Mingjian reads Chinese news and policy pages into records in which every value cites its words.

``read`` gives pages, ``extract`` makes a record of a page, ``verify`` asks every span and every rule of it again;
``times``, ``quantities`` and ``names`` read the times, the quantities and the names of any text. ``load_rulebook`` adds
a folder of one's own rules and lexicons to the bundled ones; ``Engines`` holds outside help, of which none is needed.
``Corpus`` is a workspace of many pages: it is loaded when it is first named, since it is heavy.
"""

from typing import TYPE_CHECKING, Any

from mingjian.core.model.failure import Failure
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Span
from mingjian.core.pipeline.expressions import quantities, times
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.naming import names
from mingjian.core.pipeline.verify import verify
from mingjian.core.ports import Engines
from mingjian.overlay import load_rulebook
from mingjian.read import read

if TYPE_CHECKING:
    from mingjian.corpus import Corpus

__all__ = [
    "Cited",
    "Corpus",
    "Engines",
    "Failure",
    "Missing",
    "Page",
    "Record",
    "Span",
    "extract",
    "load_rulebook",
    "names",
    "quantities",
    "read",
    "times",
    "verify",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - what a module gives by name
    if name == "Corpus":
        from mingjian.corpus import Corpus

        return Corpus
    raise AttributeError(f"module 'mingjian' has no attribute {name!r}")
