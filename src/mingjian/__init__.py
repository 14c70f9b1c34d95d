"""Mingjian reads Chinese news and policy pages into records in which every value cites its words.

``read`` gives pages, ``extract`` makes a record of a page, ``verify`` asks every span and every rule of it again;
``times``, ``quantities`` and ``names`` read the times, the quantities and the names of any text. ``load_rulebook`` adds
a folder of one's own rules and lexicons to the bundled ones; ``Engines`` holds outside help, of which none is needed.
"""

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

__all__ = [
    "Cited",
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
