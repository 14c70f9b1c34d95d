"""``mingjian rules list``, ``show`` and ``check``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.lexicon.options import RulesOption, tell
from mingjian.cli.progress import list_failures, with_progress
from mingjian.cli.tables import lines_of, table_of
from mingjian.core.model.failure import Failure
from mingjian.core.pipeline.example_values import check_values
from mingjian.core.pipeline.identity import fact_kinds
from mingjian.core.pipeline.rule_places import places_of, where_asked
from mingjian.core.pipeline.rules_named import Named, every_named, named, pattern_of, triggers_of
from mingjian.core.rulebook import Frame, Rule, Rulebook
from mingjian.core.text.rule_examples import check_examples
from mingjian.errors import RuleError
from mingjian.overlay import load_rulebook
from mingjian.read import read_paths
from mingjian.run import extract_pages

JsonOption = Annotated[bool, typer.Option("--json", help="For programs: an object a line.")]
_ASKED = {
    "body": "in every block of the body",
    "few-words": "a cue: in the few words that the annotator of its file chooses",
    "grammar": "a frame: wherever words of its classes stand in the body",
    "page": "in lines of the page, when it is cleaned and dated",
    "method": "a way of reading that no single pattern decides",
}
_MOST_LITERALS = 40


class Use(msgspec.Struct, frozen=True):
    """How often a rule matched on some pages, and how many facts and fields it made, by field."""

    pages: int
    pages_with_matches: int
    matches: int
    made: dict[str, int]


def list_command(
    family: Annotated[str, typer.Option(help="Only the rules of this file, such as events.")] = "",
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the rules: id, kind, family and note; in a terminal as a table, else a line each, parted by tabs."""
    book = load_rulebook(rules)
    every = every_named(book)
    families = Counter(one.family for one in every)
    family = family.removesuffix(".toml")
    if family and family not in families:
        raise RuleError("--family", None, f"there are no rules of {family!r}", f"name one of {', '.join(families)}")
    shown = [one for one in every if family in ("", one.family)]
    if as_json:
        print_lines(_json(_described(one)) for one in shown)
    elif sys.stdout is not None and sys.stdout.isatty():
        rows = [(one.id, one.kind, one.family, one.note) for one in shown]
        print_lines(lines_of(table_of(("id", "kind", "family", "note"), rows)))
    else:
        print_lines(printable(one.id) + f"\t{one.kind}\t{one.family}\t{one.note}" for one in shown)


def show_command(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule, as `by` in records names it.")],
    paths: Annotated[list[str] | None, typer.Argument(help="Pages on which its matches are counted.")] = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
    max_megabytes: Annotated[float, typer.Option(help="Larger pages are listed as failures.")] = 20,
) -> None:
    """Show one rule in full: pattern, examples, trigger words, where it is asked; on pages, how often it matched."""
    book = load_rulebook(rules)
    found = named(book, rule_id)
    failures: list[Failure] = []
    use = _use(found, paths, book, max_megabytes, failures) if paths else None
    if as_json:
        print_lines([_json(_described(found, book, use))])
    else:
        print_lines(map(printable, _shown(found, book, use)))
    list_failures(failures)


def check_command(
    rules: Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")] = None,
) -> None:
    """Hold every rule to its examples and counter-examples, and every frame to the values that they state."""
    book = load_rulebook(rules)
    check_examples(book)
    check_values(book)
    tell(book.notices)
    print_lines([f"{len(book.every)} rules hold what their examples say (version {book.version})"])


def _use(found: Named, paths: list[str], book: Rulebook, megabytes: float, failures: list[Failure]) -> Use:
    pages = with_matches = matches = 0
    made: Counter[str] = Counter()
    for result in with_progress(extract_pages(read_paths(checked_inputs(paths), limits_of(megabytes)), book)):
        if isinstance(result, Failure):
            failures.append(result)
            continue
        page, record = result
        here = len(places_of(found.rule, record, page, book)) if found.rule else 0
        pages, with_matches, matches = pages + 1, with_matches + bool(here), matches + here
        made.update(kind for kind, facts in fact_kinds(record).items() for fact in facts if fact.by == found.id)
        heads = ((name, getattr(record, name)) for name in record.__struct_fields__)
        made.update(name for name, value in heads if getattr(value, "by", None) == found.id)
    return Use(pages, with_matches, matches, dict(sorted(made.items())))


def _described(found: Named, book: Rulebook | None = None, use: Use | None = None) -> dict[str, Any]:
    told: dict[str, Any] = {"id": found.id, "kind": found.kind, "family": found.family, "note": found.note}
    rule = found.rule
    if rule is not None:
        told |= {"file": rule.file, "line": rule.line, "pattern": pattern_of(rule)}
        told |= {"examples": rule.examples, "counter_examples": rule.counter_examples}
        told |= {"fields": rule.fields} if isinstance(rule, Rule | Frame) else {}
    if book is not None:
        told |= {"asked": where_asked(rule, book) if rule else "method", "triggers": triggers_of(rule)}
    return told | ({"use": use} if use else {})


def _shown(found: Named, book: Rulebook, use: Use | None) -> Iterator[str]:
    rule = found.rule
    asked = "method" if rule is None else where_asked(rule, book)
    yield f"{found.id}  ({found.kind}{f', {rule.file}:{rule.line}' if rule else ', methods.toml'})"
    yield found.note
    yield ""
    if rule is not None:
        yield f"{'form' if isinstance(rule, Frame) else 'pattern'}  {pattern_of(rule)}"
    if isinstance(rule, Frame):
        yield f"gives    {rule.gives} in step {rule.step}"
    if isinstance(rule, Rule | Frame):
        yield from (f"field    {name} = {value}" for name, value in rule.fields.items())
    yield f"asked    {_ASKED[asked]}"
    literals = triggers_of(rule)
    if literals:
        more = f" … and {len(literals) - _MOST_LITERALS} more" if len(literals) > _MOST_LITERALS else ""
        yield f"trigger  {' '.join(literals[:_MOST_LITERALS])}{more}"
    if rule is not None:
        yield from (f"finds    {example['match']}  in  {example['text']}" for example in rule.examples)
        yield from (f"silent   {text}" for text in rule.counter_examples)
    yield from _used(found, use)


def _used(found: Named, use: Use | None) -> Iterator[str]:
    if use is None:
        return
    if found.rule is not None:
        yield f"matches  {use.matches} on {use.pages_with_matches} of {use.pages} pages"
    made = ", ".join(f"{count} {field}" for field, count in use.made.items())
    yield f"made     {made or 'nothing'}{'' if found.rule else f' on {use.pages} pages'}"


def _json(told: dict[str, Any]) -> str:
    return msgspec.json.encode(told).decode()
