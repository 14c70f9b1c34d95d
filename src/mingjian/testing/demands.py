"""How the suites say what is wrong."""

from __future__ import annotations


def demand(held: bool, problem: str) -> None:
    """Silence where it held, else ``AssertionError``: unlike ``assert``, also where Python leaves those out."""
    if not held:
        raise AssertionError(problem)
