"""Reads rule files into a rule book, and refuses a file that is not what it must be."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from mingjian.core.rulebook.foldings import FILE as FOLDING_FILE
from mingjian.core.rulebook.foldings import read_foldings
from mingjian.core.rulebook.lexicons import read_lexicon
from mingjian.core.rulebook.nouns import Rule, Rulebook
from mingjian.core.rulebook.pattern_reading import UnboundedRepeatError
from mingjian.core.rulebook.pieces import FILE as PIECES_FILE
from mingjian.core.rulebook.pieces import Pieces
from mingjian.core.rulebook.triggers import NoLiteralError, TriggerPlan, plan_of
from mingjian.errors import RuleError

_ID = re.compile(r"[a-z][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+")
_HEADER = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_ID_LINE = re.compile(r"\s*id\s*=")
_SYNTAX_LINE = re.compile(r"\(at line (\d+),")
_OWN_KEYS = ("id", "pattern", "note", "example", "counter_example")


def load_rulebook(files: Mapping[str, str]) -> Rulebook:
    """The rule book written in these files (name → text), such as ``events.toml`` and ``lexicons/regions.tsv``."""
    lexicons = {}
    for file, text in files.items():
        if file.startswith("lexicons/") and file.endswith(".tsv"):
            lexicon = read_lexicon(file, text)
            lexicons[lexicon.name] = lexicon
    parsed = {file: _toml(file, text) for file, text in files.items() if file.endswith(".toml")}
    foldings = read_foldings(files.get(FOLDING_FILE, ""))
    pieces = Pieces(parsed.pop(PIECES_FILE, {}), lexicons, foldings, files.get(PIECES_FILE, ""))
    rules: list[Rule] = []
    for file, content in parsed.items():
        rules += _rules(file, content.pop("rule", []), files[file], pieces)
    _refuse_doubles(rules)
    tables = {file.removesuffix(".toml"): content for file, content in parsed.items()}
    return Rulebook(tuple(rules), lexicons, tables, _version(files))


def _version(files: Mapping[str, str]) -> str:
    digest = sha256()
    for name, text in sorted(files.items()):
        for part in (name, text):
            content = part.encode("utf-8")
            digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:16]


def _toml(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _SYNTAX_LINE.search(str(error))
        line = int(place.group(1)) if place else None
        raise RuleError(file, line, f"this is not TOML: {error}", "mend the syntax") from error


def _rules(file: str, rows: object, text: str, pieces: Pieces) -> list[Rule]:
    if not isinstance(rows, list):
        raise RuleError(file, None, "`rule` is not a list of tables", "write [[rule]] with two brackets")
    lines = _lines_of_rules(text)
    lines += [None] * (len(rows) - len(lines))
    return [_rule(file, line, row, pieces) for line, row in zip(lines, rows, strict=False)]


def _lines_of_rules(text: str) -> list[int | None]:
    """The line of the ``id`` of every rule, or of its header where the rule has none."""
    lines: list[int | None] = []
    has_id = True
    for number, line in enumerate(text.split("\n"), start=1):
        if _HEADER.match(line):
            lines.append(number)
            has_id = False
        elif not has_id and _ID_LINE.match(line):
            lines[-1] = number
            has_id = True
    return lines


def _rule(file: str, line: int | None, row: Mapping[str, Any], pieces: Pieces) -> Rule:
    for key in _OWN_KEYS:
        if not row.get(key):
            raise RuleError(
                file, line, f"the rule has no {key}", "a rule needs id, pattern, note and examples of both kinds"
            )
    for key in ("id", "pattern", "note"):
        if not isinstance(row[key], str):
            raise RuleError(file, line, f"the rule's {key} is no string", "put it in quotes")
    if not _ID.fullmatch(row["id"]):
        problem = f"{row['id']!r} is no rule id"
        raise RuleError(file, line, problem, "write kind.what in lower case, with hyphens inside a word")
    _refuse_odd_examples(file, line, row)
    pattern = pieces.expand(row["pattern"], file, line)
    return Rule(
        id=row["id"],
        group=file.removesuffix(".toml"),
        pattern=pattern,
        plan=_plan(file, line, pattern),
        note=row["note"],
        fields={key: value for key, value in row.items() if key not in _OWN_KEYS},
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


def _plan(file: str, line: int | None, pattern: str) -> TriggerPlan:
    """The trigger plan of the pattern, or a RuleError that says why it has none."""
    try:
        return plan_of(pattern)
    except re.error as error:
        raise RuleError(file, line, f"the pattern does not compile: {error}", "mend the pattern") from error
    except UnboundedRepeatError as error:
        problem = "the pattern has a repeat without an upper bound"
        raise RuleError(file, line, problem, "write {0,40} for *, {1,40} for +") from error
    except NoLiteralError as error:
        problem = "the pattern can match without any fixed word"
        raise RuleError(file, line, problem, "make one word of the pattern compulsory, in every branch") from error


def _refuse_doubles(rules: Sequence[Rule]) -> None:
    first: dict[str, Rule] = {}
    for rule in rules:
        if rule.id in first:
            other = first[rule.id]
            problem = f"the id {rule.id!r} stands in {other.file}:{other.line} already"
            raise RuleError(rule.file, rule.line, problem, "choose another")
        first[rule.id] = rule
