"""``mingjian rules test``: one rule on pages, every match and what it changes in the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.comparing import (
    Compared,
    Tally,
    change_lines,
    compare_pages,
    page_object,
    summary_lines,
    summary_object,
)
from mingjian.cli.files import print_lines
from mingjian.cli.inputs import checked_inputs, limits_of
from mingjian.cli.progress import list_failures, with_progress
from mingjian.cli.rules.reviews import lines_against_reviews
from mingjian.cli.tables import lines_of, table_of
from mingjian.cli.workspace.opening import HERE, WorkspaceOption
from mingjian.core.pipeline.rule_places import Found, places_of, where_asked
from mingjian.core.pipeline.rules_named import rule_called
from mingjian.core.rulebook import Rulebook, bundled_rulebook
from mingjian.core.rulebook.variants import with_pattern, without_rule
from mingjian.errors import RuleError
from mingjian.overlay import all_files, load_rulebook
from mingjian.read import read_paths

_OPEN, _CLOSE = "⟦", "⟧"


class Trial(NamedTuple):
    """What is compared: two rule books, in words what is before and what is after, and whose matches are shown."""

    old: Rulebook
    new: Rulebook
    before: str
    after: str
    shown: tuple[Rulebook, ...]


class Matched(msgspec.Struct, frozen=True):
    """A match and its sign: ``+`` only after the change, ``-`` only before it, ``=`` both; empty where one is shown."""

    sign: str
    found: Found


class Seen(msgspec.Struct):
    """How many matches there were so far, and on how many pages."""

    matches: int = 0
    pages: int = 0


def test_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    rule_id: Annotated[str | None, typer.Argument(metavar="ID", help="The rule, cue or frame to try.")] = None,
    paths: Annotated[list[str] | None, typer.Argument(help="Pages: files, folders, .jsonl, or - .")] = None,
    rules: Annotated[
        Path | None, typer.Option(help="Your rule files: compared with the bundled ones, or changed as asked.")
    ] = None,
    without: Annotated[bool, typer.Option("--without", help="Compare the rules with them without it.")] = False,
    pattern: Annotated[str | None, typer.Option(help="Compare the rules with this pattern for it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: an object a page, then the counts.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where any fact changes.")] = False,
    max_megabytes: Annotated[float, typer.Option(help="Larger pages are listed as failures.")] = 20,
    against_reviews: Annotated[
        bool, typer.Option("--against-reviews", help="Hold the rules against what people said in a workspace instead.")
    ] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Try one rule on pages: every match in its context, and by page which facts appear, disappear or alter.

    Without options it is compared with the same rules without it: what changes is what the rule gives. With
    --against-reviews it tells of each rule (or of one) how often people found it wrong, and what it makes now.
    """
    if against_reviews:
        print_lines(lines_against_reviews(workspace, rule_id, rules, as_json=as_json))
        return
    if rule_id is None or not paths:
        raise RuleError("rules test", None, "no rule, or no pages", "give both, or --against-reviews")
    trial = _trial(rule_id, rules, without, pattern)
    tally, seen = Tally(), Seen()
    pages = with_progress(read_paths(checked_inputs(paths), limits_of(max_megabytes)))
    compared = compare_pages(pages, trial.old, trial.new, tally)
    try:
        print_lines((_objects if as_json else _lines)(rule_id, trial, compared, tally, seen))
    except RuleError as error:
        if len(trial.shown) > 1:
            raise
        problem = f"other rules cannot do without it ({error.file}: {error.problem})"
        raise RuleError(rule_id, None, problem, "try another --pattern for it instead") from None
    list_failures(tally.failures)
    lost = any(failure.stage == "find" for failure in tally.failures)
    if lost or (exit_code and tally.changed):
        raise typer.Exit(1)


def _trial(rule_id: str, folder: Path | None, without: bool, pattern: str | None) -> Trial:
    book = load_rulebook(folder)
    whose = f"the rules of {folder}" if folder else "the bundled rules"
    if without and pattern:
        raise RuleError("--without", None, "a rule cannot be left out and have another pattern", "give one of the two")
    if pattern is not None and not pattern.strip():
        raise RuleError("--pattern", None, "the pattern is empty", "give one, or --without to leave the rule out")
    if pattern:
        rule_called(book, rule_id)
        changed = with_pattern(book, all_files(folder), rule_id, pattern)
        return Trial(book, changed, whose, f"with the pattern {pattern}", (book, changed))
    if folder and not without:
        bundled = bundled_rulebook()
        if book.called(rule_id) is None:
            rule_called(bundled, rule_id)
        return Trial(bundled, book, "the bundled rules", whose, (bundled, book))
    rule_called(book, rule_id)
    bare = without_rule(book, rule_id)
    left_out = f"without {rule_id}"
    return Trial(book, bare, whose, left_out, (book,)) if without else Trial(bare, book, left_out, whose, (book,))


def _lines(rule_id: str, trial: Trial, pages: Iterable[Compared], tally: Tally, seen: Seen) -> Iterator[str]:
    yield printable(f"before: {trial.before}; after: {trial.after}")
    rule = trial.new.called(rule_id) or trial.old.called(rule_id)
    if rule is not None and where_asked(rule, trial.new) == "few-words":
        yield "it is a cue: an annotator asks it in some of these words alone"
    for compared in pages:
        matches = _matches(rule_id, trial, compared)
        _count(matches, seen)
        if matches or compared.found:
            yield ""
            yield printable(compared.page.doc_id)
        if matches:
            yield from lines_of(table_of(("", ""), [_match_row(one) for one in matches]))
        if compared.found:
            yield from change_lines(compared.found)
    yield ""
    yield f"{seen.matches} match{'' if seen.matches == 1 else 'es'} on {seen.pages} of {tally.pages} pages"
    yield from summary_lines(tally)


def _match_row(one: Matched) -> tuple[str, str]:
    found = one.found
    groups = "  ".join(f"{name}={words}" for name, words in found.groups.items() if words != found.text)
    place = f"  {one.sign or ' '} {found.start}–{found.end}"
    return place, f"{found.before}{_OPEN}{found.text}{_CLOSE}{found.after}{'   ' if groups else ''}{groups}"


def _objects(rule_id: str, trial: Trial, pages: Iterable[Compared], tally: Tally, seen: Seen) -> Iterator[str]:
    for compared in pages:
        matches = _matches(rule_id, trial, compared)
        _count(matches, seen)
        if matches or compared.found:
            told: list[dict[str, Any]] = [msgspec.to_builtins(one.found) | {"sign": one.sign} for one in matches]
            yield msgspec.json.encode(page_object(compared, matches=told)).decode()
    counts: dict[str, Any] = {"rule": rule_id, "before": trial.before, "after": trial.after}
    counts |= {"matches": seen.matches, "pages_with_matches": seen.pages}
    yield msgspec.json.encode(counts | summary_object(tally)).decode()


def _matches(rule_id: str, trial: Trial, compared: Compared) -> list[Matched]:
    """The matches before and after; of a rule that one side lacks, those of the other, without a sign."""
    page = compared.page
    sides = [
        places_of(rule, record, page, book)
        for book, record in ((trial.old, compared.old), (trial.new, compared.new))
        if book in trial.shown and (rule := book.called(rule_id)) is not None
    ]
    if len(sides) < 2:
        return [Matched("", found) for side in sides for found in side]
    before, after = ({found.pair: found for found in side} for side in sides)
    every = sorted(before.keys() | after.keys())
    return [Matched(_sign(pair in before, pair in after), after.get(pair) or before[pair]) for pair in every]


def _sign(is_old: bool, is_new: bool) -> str:
    return "=" if is_old and is_new else "-" if is_old else "+"


def _count(matches: Sequence[Matched], seen: Seen) -> None:
    seen.matches += sum(one.sign != "-" for one in matches)
    seen.pages += any(one.sign != "-" for one in matches)
