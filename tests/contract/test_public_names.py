"""The public names are these and no others."""

from __future__ import annotations

import mingjian


def test_public_names() -> None:
    assert set(mingjian.__all__) == {
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
    }
    assert all(getattr(mingjian, name) is not None for name in mingjian.__all__)
