"""``mingjian rules``: the rules that are in force, one of them in full, or a check of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mingjian.cli.rulefiles import rulebook_with
from mingjian.core.rulebook import Rule
from mingjian.core.text.rule_examples import check_examples
from mingjian.errors import RuleError


def rules_command(
    rule_id: Annotated[str | None, typer.Argument(help="Show this rule in full.")] = None,
    rules: Annotated[Path | None, typer.Option(help="A folder of rule files laid over the bundled ones.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Run every example and counter-example.")] = False,
) -> None:
    """List the rules, show one, or check a folder of your own."""
    book = rulebook_with(rules)
    if check:
        check_examples(book)
        typer.echo(f"{len(book.rules)} rules hold what their examples say (version {book.version})")
        return
    if rule_id is None:
        for rule in book.rules:
            typer.echo(f"{rule.id}\t{rule.file}\t{rule.note}")
        return
    found = [rule for rule in book.rules if rule.id == rule_id]
    if not found:
        raise RuleError(rule_id, None, "there is no rule of this id", "list them all with `mingjian rules`")
    _show(found[0])


def _show(rule: Rule) -> None:
    typer.echo(f"{rule.id}  ({rule.file}:{rule.line})\n{rule.note}\n\npattern  {rule.pattern}")
    for name, value in rule.fields.items():
        typer.echo(f"{name}  {value}")
    for example in rule.examples:
        typer.echo(f"finds    {example['match']}  in  {example['text']}")
    for text in rule.counter_examples:
        typer.echo(f"silent   {text}")
