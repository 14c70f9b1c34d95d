"""Write the golden records again: ``python -m tests.golden.rewrite``; then read the difference."""

from __future__ import annotations

from tests.golden.cases import EXPECTED, golden_text, pages_by_case


def main() -> None:
    EXPECTED.mkdir(exist_ok=True)
    for stale in EXPECTED.glob("*.json"):
        stale.unlink()
    for case, page in pages_by_case().items():
        (EXPECTED / f"{case}.json").write_text(golden_text(page), encoding="utf-8")


if __name__ == "__main__":
    main()
