"""The rule book that a command works with: the bundled files, with a folder of the user's own laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    bundled, own = bundled_files(), dict(_files_of(folder))
    _refuse_unread(folder, own, bundled)
    book = load_rulebook(bundled | own)
    _refuse_lost_settings(own, book)
    return book


def _files_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".toml", ".tsv") and path.is_file():
            try:
                yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                raise RuleError(str(path), None, f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from None
            except OSError as error:
                raise RuleError(str(path), None, str(error.strerror), "check its permissions") from None


def _refuse_unread(folder: Path, own: dict[str, str], bundled: Iterable[str]) -> None:
    """A file that nothing would read is a slip, and its rules would be missed in silence."""
    if not own:
        raise RuleError(str(folder), None, "holds no rule file", "put .toml files into it, or lexicons/NAME.tsv")
    known = set(bundled)
    for name in own:
        if name not in known and not (name.startswith("lexicons/") and name.endswith(".tsv")):
            alike = next((file for file in sorted(known) if file.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1]), None)
            mend = f"call it {alike}" if alike else "give it the name of a bundled file; `mingjian rules` lists them"
            raise RuleError(str(folder / name), None, "nothing reads a rule file of this name", mend)


def _refuse_lost_settings(own: Iterable[str], book: Rulebook) -> None:
    """A file laid over a bundled one must hold the settings that the program asks of it."""
    for file in own:
        name = file.removesuffix(".toml")
        lost = sorted(bundled_rulebook().tables.get(name, {}).keys() - book.tables.get(name, {}).keys())
        if lost:
            raise RuleError(file, None, f"the setting {lost[0]!r} is missing", "copy it from the bundled file")
