"""Many pages: each gives a record or a failure row, in the order of the input."""

from mingjian.run.local import extract_pages

__all__ = ["extract_pages"]
