"""``mingjian link``: which mentions are one thing, why, and what people decide of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from mingjian.brief.wording import graph_label, ledger_label, phrase, printable
from mingjian.cli.files import print_lines
from mingjian.cli.workspace.adding import follow
from mingjian.cli.workspace.opening import HERE, WAIT, WaitOption, WorkspaceOption, open_corpus
from mingjian.cli.workspace.reprints import JsonOption, WhoOption, WhyOption, user_name, worded_decision
from mingjian.cli.workspace.searching import said, titled
from mingjian.core.ledger.counting import count_things
from mingjian.core.ledger.meaning import the_mention, the_thing
from mingjian.core.model.things import MentionRef, ThingDate

if TYPE_CHECKING:
    from mingjian.core.books import Books
    from mingjian.core.model.things import Thing
    from mingjian.corpus.books.describing import ThingStory

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
_ID = 12
_SHOWN = 200
ThingArgument = Annotated[
    str, typer.Argument(metavar="ID", help="A thing's id or a fact's, as much of it as is needed, or a full name.")
]


def link_command(
    context: typer.Context, workspace: WorkspaceOption = HERE, wait: WaitOption = WAIT, as_json: JsonOption = False
) -> None:
    """Bring links up to date with the pages, and count the things of each kind."""
    if context.invoked_subcommand is not None:
        return
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        follow(corpus)
        with corpus.books() as books:
            counts = count_things(books)
    if as_json:
        print_lines([_ENCODE(counts).decode()])
    else:
        print_lines(f"{count:8d}  {graph_label(kind)} {kind}" for kind, count in counts.items())


def show_command(thing: ThingArgument, workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Show a thing: every page that tells of it with its words, why they are one, and when it happened."""
    with open_corpus(workspace) as corpus, corpus.books() as books:
        show_thing(books, the_thing(books, thing, str(workspace)), as_json=as_json)


def show_thing(books: Books, thing: Thing, *, as_json: bool) -> None:
    """Print all that is known of a thing."""
    from mingjian.corpus.books.describing import tell_thing  # here, because a start must not cost it
    from mingjian.corpus.clock import now

    story = tell_thing(books, thing, now()[:10], thing.mentions if as_json else _SHOWN)
    if as_json:
        print_lines([_ENCODE(story).decode()])
    else:
        print_lines(map(printable, [*_lines(story), *_row_lines(story, books)]))


def split_command(
    first: ThingArgument,
    second: ThingArgument,
    workspace: WorkspaceOption = HERE,
    why: WhyOption = "",
    who: WhoOption = "",
    wait: WaitOption = WAIT,
) -> None:
    """Keep two mentions, named by the ids of their facts, in two things, whatever the rules say, now and later."""
    _decide("split", (first, second), (who, why), workspace, wait)


def merge_command(
    first: ThingArgument,
    second: ThingArgument,
    workspace: WorkspaceOption = HERE,
    why: WhyOption = "",
    who: WhoOption = "",
    wait: WaitOption = WAIT,
) -> None:
    """Make two things one, whatever the rules say, now and when pages come."""
    _decide("merge", (first, second), (who, why), workspace, wait)


def decisions_command(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """List what people decided of things, undone decisions too."""
    with open_corpus(workspace) as corpus:
        decisions = corpus.decisions.on_things()
        print_lines(_ENCODE(one).decode() if as_json else worded_decision(one) for one in decisions)


def _decide(
    kind: str, names: tuple[str, str], said_by: tuple[str, str], workspace: WorkspaceOption, wait: float
) -> None:
    with open_corpus(workspace, write=True, wait=wait) as corpus:
        with corpus.books() as books:
            first, second = (the_mention(books, name, str(workspace)) for name in names)
        who, why = said_by
        decision = corpus.decisions.of_things(kind, (first, second), printable(who or user_name()), printable(why))
        follow(corpus)
        print_lines([worded_decision(decision)])


def _lines(story: ThingStory) -> Iterator[str]:
    thing = story.thing
    yield f"{thing.id}  {graph_label(thing.kind)}  {thing.name}"
    yield "  " + phrase("thing_told", mentions=thing.mentions, pages=thing.pages, sources=thing.sources)
    if story.date is not None:
        yield f"  {_dated(story.date)}"
    number = {mention.ref: place for place, mention in enumerate(story.mentions, start=1)}
    for mention in story.mentions:
        source = said(mention.publisher, mention.source)
        yield f"  [{number[mention.ref]}] {said(mention.published)}  {source}  {titled(mention.title, mention.address)}"
        words = " ".join(mention.words.split())
        yield f"      {mention.ref.page[:_ID]} {mention.ref.start}–{mention.ref.end} {mention.ref.fact}  {words}"
    if story.links:
        yield "  " + phrase("thing_why")
    for link in story.links:
        on = f": {'、'.join(link.on)}" if any(link.on) else ""
        yield f"    {_number(number, link.first)} = {_number(number, link.second)}  {link.says}{on}"
    if len(story.mentions) < thing.mentions:
        yield "  " + phrase("thing_more", count=thing.mentions - len(story.mentions))


def _row_lines(story: ThingStory, books: Books) -> Iterator[str]:
    """What its ledger says of it: every value with its words, and how it was found."""
    if story.row is None or story.ledger is None:
        return
    from mingjian.brief.ledgers.printed import evidence_lines  # here, because a start must not cost it
    from mingjian.brief.ledgers.tables import Table, chosen_columns

    columns = chosen_columns(type(story.row), ())
    table = Table(ledger=story.ledger, columns=columns, rows=[story.row], pages=books.page, day=story.day)
    yield "  " + phrase("thing_row", ledger=ledger_label(story.ledger), day=story.day)
    yield from (f"  {line}" for line in list(evidence_lines(table))[1:] if line)


def _number(number: dict[MentionRef, int], ref: MentionRef) -> str:
    return f"[{number[ref]}]" if ref in number else f"[{ref.page[:_ID]} {ref.fact}]"


def _dated(date: ThingDate) -> str:
    """The days of an event, and how they are known."""
    days = date.start or "…" if date.start == date.end else f"{date.start or '…'} – {date.end or '…'}"
    after = f" {date.after}" if date.after else ""
    against = "  " + phrase("thing_against", count=len(date.against)) if date.against else ""
    return f"{days}  {phrase('thing_date_' + date.basis)}{after}{against}"
