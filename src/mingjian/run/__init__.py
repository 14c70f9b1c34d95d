"""Many pages: each gives a record or a failure row, in the order of the input."""

from mingjian.run.local import extract_pages
from mingjian.run.many import Extracted, Labour, Setup, extract_many

__all__ = ["Extracted", "Labour", "Setup", "extract_many", "extract_pages"]
