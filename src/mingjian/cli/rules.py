"""``mingjian rules``: the rules that are in force, one of them in full, or a check of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from mingjian.cli.files import print_lines
from mingjian.cli.lexicon.options import tell
from mingjian.core.pipeline.example_values import check_values
from mingjian.core.rulebook.nouns import Cue, Frame, Rule
from mingjian.core.text.rule_examples import check_examples
from mingjian.errors import RuleError
from mingjian.overlay import load_rulebook


def rules_command(
    rule_id: Annotated[str | None, typer.Argument(help="Show this rule in full.")] = None,
    rules: Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Run every example and counter-example.")] = False,
) -> None:
    """List the rules, show one, or check a folder of your own."""
    book = load_rulebook(rules)
    known: tuple[Rule | Cue | Frame, ...] = (*book.rules, *book.all_cues, *book.all_frames)
    if check:
        check_examples(book)
        check_values(book)
        tell(book.notices)
        print_lines([f"{len(known)} rules hold what their examples say (version {book.version})"])
        return
    if rule_id is None:
        print_lines(f"{rule.id}\t{rule.file}\t{rule.note}" for rule in known)
        return
    found = [rule for rule in known if rule.id == rule_id]
    if not found:
        raise RuleError(rule_id, None, "there is no rule of this id", "list them all with `mingjian rules`")
    print_lines(_shown(found[0]))


def _shown(rule: Rule | Cue | Frame) -> Iterator[str]:
    yield f"{rule.id}  ({rule.file}:{rule.line})"
    if isinstance(rule, Frame):
        yield from (rule.note, "", f"form     {rule.form}", f"gives    {rule.gives} in step {rule.step}")
    else:
        yield from (rule.note, "", f"pattern  {rule.pattern}")
    if not isinstance(rule, Cue):
        yield from (f"{name}  {value}" for name, value in rule.fields.items())
    yield from (f"finds    {example['match']}  in  {example['text']}" for example in rule.examples)
    yield from (f"silent   {text}" for text in rule.counter_examples)
