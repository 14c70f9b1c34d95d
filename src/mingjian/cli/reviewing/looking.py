"""``mingjian review queue``, ``show``, ``list``, ``agreement`` and ``export``: what waits, and what was said."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.brief.wording import printable
from mingjian.cli.files import print_lines
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus, outside
from mingjian.cli.workspace.reprints import JsonOption, PageArgument, WhoOption, user_name
from mingjian.core.model.review import Agreement, QueueAsked, QueuedFact, Review

if TYPE_CHECKING:
    from mingjian.corpus.desk.desk import ReviewedPage

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
_ID = 12
_WORDS = 90


class Format(StrEnum):
    """What labelled data are written as."""

    JSONL = "jsonl"
    CONLL = "conll"
    W3C = "w3c"


class Seen(StrEnum):
    """Which of the facts that people looked at before are shown too."""

    NOBODY = "nobody"
    OTHERS = "others"
    ALL = "all"


def queue_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    workspace: WorkspaceOption = HERE,
    kind: Annotated[list[str] | None, typer.Option(help="Only facts of this kind: targets, funds, events …")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Only of this place: a code, or a name.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only from this source.")] = None,
    reason: Annotated[list[str] | None, typer.Option(help="Only for this reason, such as pages-disagree.")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="Only what this rule made.")] = None,
    page: Annotated[str | None, typer.Option(help="Only of this page.")] = None,
    seen: Annotated[Seen, typer.Option(help="Also facts that others, or all, looked at before.")] = Seen.NOBODY,
    who: WhoOption = "",
    limit: Annotated[int, typer.Option(min=1, help="Show so many.")] = 10,
    skip: Annotated[int, typer.Option(min=0, help="Leave out so many of the first.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Show which facts are worth a look, what needs it most first, and why."""
    from mingjian.core.ledger.places import code_of_place  # here, because a start must not cost it

    with open_corpus(workspace) as corpus:
        asked = QueueAsked(
            kinds=tuple(kind or ()),
            regions=tuple(map(code_of_place, region or ())),
            sources=tuple(source or ()),
            reasons=tuple(reason or ()),
            rules=tuple(rule or ()),
            page=corpus.page(page).id if page else None,
            seen=seen.value,
            who=who or user_name(),
            limit=limit,
            offset=skip,
        )
        found = corpus.desk.queue(asked)
    if as_json:
        print_lines(_ENCODE(one).decode() for one in found.facts)
        return
    lines = [line for one in found.facts for line in _queued_lines(one)]
    reasons = ", ".join(f"{slug} {count}" for slug, count in found.by_reason.items())
    print_lines(map(printable, [*lines, f"{found.total} facts are worth a look" + (f": {reasons}" if reasons else "")]))


def _queued_lines(one: QueuedFact) -> Iterator[str]:
    from mingjian.core.review.settings import reason_words  # here, because a start must not cost it

    standing = f"  ({one.standing}: review {', '.join(map(str, one.reviews))})" if one.standing else ""
    yield f"{one.page[:_ID]} {one.fact or '—'}  {one.kind}  {' '.join(one.words.split())[:_WORDS]}{standing}"
    for reason in one.reasons:
        about = f": {reason.about}" if reason.about else ""
        yield f"    {reason.weight:.1f}  {reason_words(reason.slug)} {reason.slug}{about}"


def show_command(page: PageArgument, workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Show the facts of a page as people are told them, with the ids by which they are reviewed, and what was said."""
    with open_corpus(workspace) as corpus:
        told, reviews = corpus.desk.page(page, removed=True), corpus.desk.reviews_of(page)
    if as_json:
        print_lines([_ENCODE({"page": told.kept.id, "reviewed": told.reviewed, "reviews": reviews}).decode()])
    else:
        print_lines(map(printable, [*_page_lines(told), *(worded_review(one) for one in reviews)]))


def _page_lines(told: ReviewedPage) -> Iterator[str]:
    from mingjian.core.pipeline.identity import fact_kinds  # here, because a start must not cost it

    yield f"{told.kept.id}  {told.kept.address}"
    for kind, facts in fact_kinds(told.reviewed.record).items():
        for fact in facts:
            state = told.reviewed.of(fact.id)
            said = "" if state is None else f"  ({state.standing}: review {state.review})"
            place = f"{fact.evidence.start}–{fact.evidence.end}"
            yield f"  {fact.id}  {kind}  {place}  {' '.join(fact.evidence.text.split())[:_WORDS]}{said}"


def list_command(
    workspace: WorkspaceOption = HERE,
    after: Annotated[int, typer.Option(min=0, help="Only reviews behind this number.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """List what people said, in the order in which they did, what was taken back too."""
    with open_corpus(workspace) as corpus:
        reviews = corpus.desk.all(after)
    print_lines(_ENCODE(one).decode() if as_json else printable(worded_review(one)) for one in reviews)


def worded_review(one: Review) -> str:
    """What a person said, in a line."""
    changed = f" {' '.join(dict.fromkeys(change.part for change in one.changes))}" if one.changes else ""
    why = f": {one.why}" if one.why else ""
    undone = f"; undone by {one.undone}" if one.undone else ""
    words = " ".join(one.anchor.exact.split())[:_WORDS] or "(erased)"
    return f"{one.number}  {one.verb}{changed}  {one.kind}  {words}  {one.who} {one.at}{why}{undone}"


def agreement_command(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Show how far each two reviewers agree over facts that both judged (Cohen's kappa), over all and kind by kind."""
    with open_corpus(workspace) as corpus:
        found = corpus.desk.agreement()
    if as_json:
        print_lines(_ENCODE(one).decode() for one in found)
    else:
        nothing = ["no two reviewers judged the same fact"]
        print_lines(map(printable, [_worded_agreement(one) for one in found] or nothing))


def _worded_agreement(one: Agreement) -> str:
    kappa = f"kappa {one.kappa:.2f}" if one.kappa is not None else f"kappa is not defined ({one.why})"
    return f"{one.one} and {one.other}  {one.kind or 'all kinds'}  {one.agreed} of {one.n} alike  {kappa}"


def export_command(
    workspace: WorkspaceOption = HERE,
    form: Annotated[
        Format, typer.Option("--format", help="JSON lines with spans, CoNLL (BIOES a character), or W3C annotations.")
    ] = Format.JSONL,
    to: Annotated[Path | None, typer.Option(help="Write this file; default: standard output.")] = None,
) -> None:
    """Give out what people said as labelled data, by which a model is trained or tested."""
    place = outside(to, workspace)
    with open_corpus(workspace) as corpus:
        lines = corpus.desk.export(form.value)
        if place is None:
            print_lines(lines)
            return
        from mingjian.store.files import disk_plainly, written_whole  # here, because a start must not cost it

        with disk_plainly(place), written_whole(place) as part, part.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
    print_lines([printable(str(place))])
