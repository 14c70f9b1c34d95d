"""Many pages: each gives a record or a failure row, in the order of the input."""

from mingjian.run.local import extract_pages
from mingjian.run.many import Extracted, Setup, Workers, extract_many

__all__ = ["Extracted", "Setup", "Workers", "extract_many", "extract_pages"]
