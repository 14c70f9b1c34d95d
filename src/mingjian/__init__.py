"""Mingjian reads Chinese news and policy pages into records in which every value cites its words.

import mingjian as mj

for page in mj.read("examples/pages"):
record = mj.extract(page)
mj.verify(record, page)
"""

from mingjian.core.model.failure import Failure
from mingjian.core.model.outcome import Cited, Missing
from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.model.span import Span
from mingjian.core.pipeline.extract import extract
from mingjian.core.pipeline.verify import verify
from mingjian.read import read

__all__ = ["Cited", "Failure", "Missing", "Page", "Record", "Span", "extract", "read", "verify"]
__version__ = "0.1.0"
