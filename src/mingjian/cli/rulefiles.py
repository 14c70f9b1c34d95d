"""The rule book that a command works with: the bundled files, with a folder of the user's own laid over them."""

from __future__ import annotations

from pathlib import Path

from mingjian.core.rulebook import Rulebook, bundled_rulebook, load_rulebook
from mingjian.core.rulebook.bundled import bundled_files
from mingjian.errors import RuleError


def rulebook_with(folder: Path | None) -> Rulebook:
    """The bundled rules, those files in place of which ``folder`` holds a file of the same name."""
    if folder is None:
        return bundled_rulebook()
    if not folder.is_dir():
        raise RuleError(
            str(folder), None, "there is no such folder", "name a folder that holds .toml and .tsv rule files"
        )
    return load_rulebook(bundled_files() | dict(_files_of(folder)))


def _files_of(folder: Path) -> list[tuple[str, str]]:
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".toml", ".tsv"))
    found = []
    for path in paths:
        try:
            found.append((path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError as error:
            raise RuleError(str(path), None, f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from None
    return found
