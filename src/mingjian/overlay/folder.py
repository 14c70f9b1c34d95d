"""The rule book made of the bundled files with a folder of the user's own laid over them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from mingjian.core.rulebook import Rulebook, bundled_files, bundled_rulebook
from mingjian.core.rulebook import load_rulebook as load_files
from mingjian.core.rulebook.lexicons import is_like_another
from mingjian.core.rulebook.overlays import part_of_lexicon
from mingjian.errors import RuleError

_READ = (".toml", ".tsv")
_SHEETS = frozenset({".csv", ".et", ".ods", ".txt", ".xls", ".xlsx"})
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def load_rulebook(folder: str | Path | None = None) -> Rulebook:
    """The bundled rules with those of a folder laid over them; without a folder the bundled ones.

    A file of the name of a bundled one stands in its place; ``lexicons/NAME.add.tsv``, ``lexicons/NAME.retire.tsv``
    and lists with the comment ``# like: NAME`` change lexicons. Raises ``RuleError`` with file, line and mend.
    """
    if folder is None:
        return bundled_rulebook()
    own = files_of(Path(folder))
    book = load_files({**bundled_files(), **own})
    _refuse_lost_settings(own, book)
    return book


def all_files(folder: Path | None) -> dict[str, str]:
    """Name and text of every rule file, bundled and of the folder."""
    return bundled_files() if folder is None else {**bundled_files(), **files_of(folder)}


def files_of(folder: Path) -> dict[str, str]:
    """Name and text of every rule file of a folder; raises ``RuleError`` where nothing would read one."""
    if not folder.is_dir():
        raise RuleError(
            str(folder), None, "there is no such folder", "name a folder that holds .toml and .tsv rule files"
        )
    own = dict(_texts_of(folder))
    if not own:
        raise RuleError(str(folder), None, "holds no rule file", "put .toml files into it, or lexicons/NAME.add.tsv")
    _refuse_unread(folder, own, bundled_files())
    return own


def _texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.name.startswith((".", "~$")) or not path.is_file():
            continue
        if path.suffix in _READ:
            yield path.relative_to(folder).as_posix(), _text_of(path)
        elif path.suffix.lower() in _SHEETS and path.parent.name == "lexicons":
            mend = "save it as UTF-8 text parted by tabs and call it NAME.add.tsv, or use `mingjian lexicon add`"
            raise RuleError(str(path), None, f"a lexicon is no {path.suffix} file", mend)


def _text_of(path: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16 with its mark as spreadsheets save it; lines end in a line feed."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RuleError(str(path), None, str(error.strerror), "check its permissions") from None
    try:
        text = content.decode("utf-16" if content.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError as error:
        kind = " but looks like GBK" if _is_gbk(content) else ""
        mend = "save it as UTF-8 (in a spreadsheet: Unicode text; in a text editor: encoding UTF-8)"
        raise RuleError(str(path), None, f"is not UTF-8 (byte {error.start}){kind}", mend) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_gbk(content: bytes) -> bool:
    try:
        return any("\u4e00" <= character <= "\u9fff" for character in content.decode("gbk"))
    except UnicodeDecodeError:
        return False


def _refuse_unread(folder: Path, own: Mapping[str, str], bundled: Iterable[str]) -> None:
    """A file that nothing would read is a slip, and its rules would be missed in silence."""
    known = set(bundled)
    settings = "".join(text for name, text in own.items() if name.endswith(".toml"))
    for name, text in own.items():
        part = part_of_lexicon(name)
        if name in known or (part is not None and part[1]):
            continue
        if part is None:
            alike = next((file for file in sorted(known) if file.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1]), None)
            mend = "give it the name of a bundled file; `mingjian rules list` names them"
            if alike or name.endswith(".tsv"):
                mend = f"call it {alike or 'lexicons/' + name.rsplit('/', 1)[-1]}"
            raise RuleError(str(folder / name), None, "nothing reads a rule file of this name", mend)
        if not is_like_another(text) and part[0] not in settings:
            mend = "write `# like: NAME` above its header with the lexicon that it is to be read as a part of"
            raise RuleError(str(folder / name), None, "nothing reads a lexicon of this name", mend)


def _refuse_lost_settings(own: Iterable[str], book: Rulebook) -> None:
    """A file laid over a bundled one must hold the settings that the program asks of it."""
    for file in own:
        name, mark, _ = file.partition(".toml")
        if not mark:
            continue
        lost = sorted(bundled_rulebook().tables.get(name, {}).keys() - book.tables.get(name, {}).keys())
        if lost:
            raise RuleError(file, None, f"the setting {lost[0]!r} is missing", "copy it from the bundled file")
