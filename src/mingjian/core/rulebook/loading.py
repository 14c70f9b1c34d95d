"""Reads rule files into a rule book, and refuses a file that is not what it must be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeVar

from mingjian.core.rulebook.claims import SCANNING_FILE, settle
from mingjian.core.rulebook.compiled import PYTHON, Compiled, bundled_compiled, hash_of, programs_of
from mingjian.core.rulebook.foldings import FILE as FOLDING_FILE
from mingjian.core.rulebook.foldings import read_foldings
from mingjian.core.rulebook.nouns import Cue, Frame, Rule, Rulebook
from mingjian.core.rulebook.overlays import SETTINGS_FILE, Layers, lay_lexicons
from mingjian.core.rulebook.pattern_reading import UnboundedRepeatError, read_pattern
from mingjian.core.rulebook.pieces import FILE as PIECES_FILE
from mingjian.core.rulebook.pieces import Pieces
from mingjian.core.rulebook.triggers import NoLiteralError, classes_of, plan_of
from mingjian.errors import RuleError

_ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+")
_HEADER = re.compile(r"\s*\[\[\s*(rule|cue|frame)\s*\]\]")
_ID_LINE = re.compile(r"\s*id\s*=")
_SYNTAX_LINE = re.compile(r"\(at line (\d+),")
_OF_MANY_PAGES = "corpus/"
_OWN_KEYS = ("id", "pattern", "note", "example", "counter_example")
_FRAME_KEYS = ("id", "form", "step", "gives", "note", "example", "counter_example")
_Known = TypeVar("_Known")


def load_rulebook(files: Mapping[str, str], compiled: Compiled | None = None) -> Rulebook:
    """The rule book written in these files (name → text), such as ``events.toml`` and ``lexicons/regions.tsv``.

    ``compiled`` is what is known of some of them already; without it, what the package holds.
    """
    known = bundled_compiled() if compiled is None else compiled
    parsed = {file: _toml(file, text, known) for file, text in files.items() if file.endswith(".toml")}
    foldings = read_foldings(files.get(FOLDING_FILE, ""))
    layers = settle(lay_lexicons(files, parsed.get(SETTINGS_FILE, {})), parsed, foldings)
    pieces = Pieces(parsed.pop(PIECES_FILE, {}), layers.lexicons, foldings, files.get(PIECES_FILE, ""))
    rules: list[Rule] = []
    cues: list[Cue] = []
    frames: list[Frame] = []
    for file, content in parsed.items():
        lines = _lines_of_ids(files[file])
        for line, row in _rows("rule", file, content.pop("rule", []), lines["rule"]):
            rules.append(_rule(file, line, row, pieces, known))
        for line, row in _rows("cue", file, content.pop("cue", []), lines["cue"]):
            cues.append(_cue(file, line, row, pieces, known))
        for line, row in _rows("frame", file, content.pop("frame", []), lines["frame"]):
            frames.append(_frame(file, line, row))
    _refuse_doubles((*rules, *cues, *frames))
    tables = {file.removesuffix(".toml"): content for file, content in parsed.items()}
    version = version_of(files)
    return Rulebook(tuple(rules), tuple(cues), tuple(frames), layers.lexicons, tables, version, layers.notices)


def load_lexicons(files: Mapping[str, str]) -> Layers:
    """The lexicons alone of these files, which costs a tenth of all rules."""
    parsed = {
        file: _toml(file, files[file], bundled_compiled()) for file in (SCANNING_FILE, SETTINGS_FILE) if file in files
    }
    foldings = read_foldings(files.get(FOLDING_FILE, ""))
    return settle(lay_lexicons(files, parsed.get(SETTINGS_FILE, {})), parsed, foldings)


def version_of(files: Mapping[str, str]) -> str:
    """The version of the rules that make a record of a page: the hash of the names and texts of their files.

    What stands in ``corpus/`` speaks of many pages, and makes no record another.
    """
    digest = sha256()
    for name, text in sorted(files.items()):
        if name.startswith(_OF_MANY_PAGES):
            continue
        for part in (name, text):
            content = part.encode("utf-8")
            digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:16]


def compile_files(files: Mapping[str, str]) -> Compiled:
    """What can be worked out of these files once and for all."""
    nothing = Compiled()
    book = load_rulebook(files, nothing)
    tables = {hash_of(text): _toml(file, text, nothing) for file, text in files.items() if file.endswith(".toml")}
    plans = {rule.pattern: rule.plan for rule in book.rules}
    cues = {cue.pattern for cue in book.all_cues}
    classes = {source for plan in plans.values() for source in classes_of(plan)}
    return Compiled(tables, plans, programs_of({*plans, *cues, *classes}), PYTHON)


def _toml(file: str, text: str, known: Compiled) -> dict[str, Any]:
    table = known.tables.get(hash_of(text))
    if table is not None:
        return dict(table)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _SYNTAX_LINE.search(str(error))
        line = int(place.group(1)) if place else None
        raise RuleError(file, line, f"this is not TOML: {error}", "mend the syntax") from error


def _rows(kind: str, file: str, rows: object, lines: list[int | None]) -> list[tuple[int | None, dict[str, Any]]]:
    """The tables of one kind, each checked but for its pattern, with its line."""
    if not isinstance(rows, list):
        raise RuleError(file, None, f"`{kind}` is not a list of tables", f"write [[{kind}]] with two brackets")
    lines = lines + [None] * (len(rows) - len(lines))
    for line, row in zip(lines, rows, strict=False):
        _refuse_odd_keys(kind, file, line, row)
        _refuse_odd_examples(file, line, row)
    return list(zip(lines, rows, strict=False))


def _lines_of_ids(text: str) -> dict[str, list[int | None]]:
    """For every kind the line of the ``id`` of every table, or of its header where the table has none."""
    lines: dict[str, list[int | None]] = {"rule": [], "cue": [], "frame": []}
    last: list[int | None] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        header = _HEADER.match(line)
        if header:
            last = lines[header.group(1)]
            last.append(number)
        elif last is not None and _ID_LINE.match(line):
            last[-1] = number
            last = None
    return lines


def _refuse_odd_keys(kind: str, file: str, line: int | None, row: Mapping[str, Any]) -> None:
    own = _FRAME_KEYS if kind == "frame" else _OWN_KEYS
    for key in own:
        if not row.get(key):
            problem = f"the {kind} has no {key}"
            raise RuleError(file, line, problem, f"a {kind} needs {', '.join(own[:-2])} and examples of both kinds")
    for key in set(own) & {"id", "pattern", "form", "gives", "note"}:
        if not isinstance(row[key], str):
            raise RuleError(file, line, f"the {kind}'s {key} is no string", "put it in quotes")
    if not _ID.fullmatch(row["id"]):
        problem = f"{row['id']!r} is no {kind} id"
        raise RuleError(file, line, problem, "write kind.what in lower case, with hyphens inside a word")
    odd = sorted(row.keys() - set(_OWN_KEYS)) if kind == "cue" else []
    if odd:
        raise RuleError(file, line, f"a cue has no {odd[0]}", "leave it out, or make it a key of the file")


def _rule(file: str, line: int | None, row: Mapping[str, Any], pieces: Pieces, known: Compiled) -> Rule:
    pattern = pieces.expand(row["pattern"], file, line)
    return Rule(
        id=row["id"],
        group=file.removesuffix(".toml"),
        pattern=pattern,
        plan=known.plans.get(pattern) or read_or_refuse(plan_of, pattern, file, line),
        note=row["note"],
        fields={key: value for key, value in row.items() if key not in _OWN_KEYS},
        examples=tuple(row["example"]),
        counter_examples=tuple(row["counter_example"]),
        line=line,
    )


def _cue(file: str, line: int | None, row: Mapping[str, Any], pieces: Pieces, known: Compiled) -> Cue:
    pattern = pieces.expand(row["pattern"], file, line)
    if pattern not in known.programs:
        read_or_refuse(read_pattern, pattern, file, line)
    return Cue(
        id=row["id"],
        group=file.removesuffix(".toml"),
        pattern=pattern,
        note=row["note"],
        examples=tuple(row["example"]),
        counter_examples=tuple(row["counter_example"]),
        line=line,
    )


def _frame(file: str, line: int | None, row: Mapping[str, Any]) -> Frame:
    if not isinstance(row["step"], int):
        raise RuleError(file, line, "the frame's step is no number", "write step = 1, 2 …")
    return Frame(
        id=row["id"],
        group=file.removesuffix(".toml"),
        form=row["form"],
        step=row["step"],
        gives=row["gives"],
        note=row["note"],
        fields={key: value for key, value in row.items() if key not in _FRAME_KEYS},
        examples=tuple(row["example"]),
        counter_examples=tuple(row["counter_example"]),
        line=line,
    )


def _refuse_odd_examples(file: str, line: int | None, row: Mapping[str, Any]) -> None:
    examples, counter_examples = row["example"], row["counter_example"]
    if not isinstance(examples, list) or not all(_is_example(example) for example in examples):
        raise RuleError(file, line, "an example is no table with text and match", 'write { text = "…", match = "…" }')
    if not isinstance(counter_examples, list) or not all(isinstance(text, str) for text in counter_examples):
        raise RuleError(file, line, "a counter-example is no string", 'write counter_example = ["…"]')


def _is_example(example: object) -> bool:
    return isinstance(example, dict) and all(isinstance(example.get(key), str) for key in ("text", "match"))


def read_or_refuse(reader: Callable[[str], _Known], pattern: str, file: str, line: int | None) -> _Known:
    """What the reader knows of the pattern, or a RuleError that says why it refuses it."""
    try:
        return reader(pattern)
    except re.error as error:
        raise RuleError(file, line, f"the pattern does not compile: {error}", "mend the pattern") from error
    except UnboundedRepeatError as error:
        problem = "the pattern has a repeat without an upper bound"
        raise RuleError(file, line, problem, "write {0,40} for *, {1,40} for +") from error
    except NoLiteralError as error:
        problem = "the pattern can match without any fixed word"
        raise RuleError(file, line, problem, "make one word of the pattern compulsory, in every branch") from error


def _refuse_doubles(rules: Sequence[Rule | Cue | Frame]) -> None:
    first: dict[str, Rule | Cue | Frame] = {}
    for rule in rules:
        if rule.id in first:
            other = first[rule.id]
            problem = f"the id {rule.id!r} stands in {other.file}:{other.line} already"
            raise RuleError(rule.file, rule.line, problem, "choose another")
        first[rule.id] = rule
