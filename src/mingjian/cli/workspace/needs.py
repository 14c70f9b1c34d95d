"""``mingjian needs``: needs that are kept, what is new for them, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from mingjian.brief.ledgers.matched_lines import gap_lines, hit_lines, need_line, passages_lines
from mingjian.brief.wording import minute_of, phrase, printable
from mingjian.cli.files import print_lines
from mingjian.cli.tables import lines_of, table_of
from mingjian.cli.workspace.ledgers import Several
from mingjian.cli.workspace.matching import split_kinds
from mingjian.cli.workspace.opening import HERE, WorkspaceOption, open_corpus
from mingjian.core.ledger.meaning import the_thing
from mingjian.core.model.needs import NeedEntry, NeedLook, Sought
from mingjian.errors import QuestionError

if TYPE_CHECKING:
    from mingjian.core.books import Books
    from mingjian.corpus import Corpus
    from mingjian.corpus.matching import PageWords

WhoOption = Annotated[str, typer.Option("--who", envvar="USER", help="Who says so.")]
NeedArgument = Annotated[str, typer.Argument(metavar="ID", help="The id of a need, or its beginning.")]


def list_command(
    context: typer.Context,
    workspace: WorkspaceOption = HERE,
    closed: Annotated[bool, typer.Option("--closed", help="Also those that are closed.")] = False,
) -> None:
    """Needs that are kept, the newest first; docs/how-to/match.md."""
    if context.invoked_subcommand is not None:
        return
    with open_corpus(workspace) as corpus:
        needs = [need for need in corpus.desk.needs.all() if closed or need.state != "closed"]
    if not needs:
        print_lines(['no needs are kept; `mingjian needs save "…"` keeps one'])
        return
    rows = [(need.id, need.name, _state(need.state), need.contact, need.who, need.at[:10]) for need in needs]
    print_lines(lines_of(table_of(("need", "", "state", "contact", "who", "kept on"), rows)))


def save_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    words: Annotated[str, typer.Argument(metavar="[NEED]", help="What is needed, in a sentence.")] = "",
    workspace: WorkspaceOption = HERE,
    scenario: Annotated[str | None, typer.Option(metavar="ID", help="The need of this row of scenarios.")] = None,
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
    regions: Annotated[Several, typer.Option("--region", help="Where it is needed: a name or a code.")] = None,
    kinds: Annotated[Several, typer.Option("--kinds", help="Only rows of these ledgers: systems,compute …")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what no page about AI tells of.")] = False,
    who: WhoOption = "",
) -> None:
    """Keep a need, so that what is new for it shows up."""
    if bool(words.strip()) == (scenario is not None):
        raise QuestionError(words, "is not one need", "give a sentence, or --scenario ID, and not both")
    sought = Sought(
        words=words, thing=scenario, regions=tuple(regions or ()), kinds=split_kinds(kinds), everything=everything
    )
    with open_corpus(workspace) as corpus:
        corpus.match(sought)  # so that what cannot be asked is told before it is kept
        need = corpus.desk.needs.keep(sought, who=who, name=name)
    print_lines([printable(f"{need.id}  {need.name}")])


def show_command(
    need: NeedArgument,
    workspace: WorkspaceOption = HERE,
    keep_new: Annotated[bool, typer.Option("--keep-new", help="Do not mark what is shown as seen.")] = False,
) -> None:
    """What answers a kept need: what is new since it was last shown first, then the rest, then what was said of it."""
    with open_corpus(workspace) as corpus, _asking(corpus) as (books, words, behind):
        needs = corpus.desk.needs
        look = needs.look(books, words, need, behind)
        print_lines(_look_lines(look))
        print_lines(_log_lines(list(needs.log(need))))
        if not keep_new:
            needs.seen(look.kept.id, look.mentions)


def say_command(  # noqa: PLR0913, PLR0917 - each argument is an option that users see
    need: NeedArgument,
    workspace: WorkspaceOption = HERE,
    state: Annotated[str | None, typer.Option(help="open, asked, agreed, running or closed.")] = None,
    hit: Annotated[str, typer.Option(metavar="ID", help="Of this hit, not of the need as a whole.")] = "",
    contact: Annotated[str, typer.Option(help="Whom to turn to.")] = "",
    note: Annotated[str, typer.Option(help="What else there is to say.")] = "",
    who: WhoOption = "",
) -> None:
    """Say what became of a need, or of one of its hits; all that was said before stays in the log."""
    if state is None and not contact and not note:
        raise QuestionError(need, "is told nothing of", "give --state, --contact or --note")
    with open_corpus(workspace) as corpus, corpus.books() as books:
        thing = the_thing(books, hit, str(workspace)).id if hit else ""
        entry = corpus.desk.needs.say(
            need, who=who, state=state, contact=contact, note=note, hit=thing, books=books if thing else None
        )
    print_lines(_log_lines([entry]))


@contextmanager
def _asking(corpus: Corpus) -> Iterator[tuple[Books, PageWords, int]]:
    """What a look at needs is given."""
    from mingjian.corpus.matching import PageWords  # here, because a start must not cost it

    with corpus.searching() as (index, behind), corpus.books() as books, corpus.store.reading() as reader:
        yield books, PageWords(reader, index), behind


def _look_lines(look: NeedLook) -> Iterator[str]:
    need = look.kept
    yield printable(f"{need.id}  {need.name}  {_state(need.state)}  {need.contact}".rstrip())
    yield need_line(look.matching)
    new = set(look.new)
    for title, wanted in (("match_new", True), ("match_known", False)):
        hits = [(rank, hit) for rank, hit in enumerate(look.matching.hits, 1) if (hit.thing in new) is wanted]
        if hits:
            yield ""
            yield phrase(title, count=len(hits))
        for rank, hit in hits:
            yield from hit_lines(rank, hit)
            said = look.states.get(hit.thing)
            if said is not None:
                yield f"      {_entry_words(said)}"
    yield from passages_lines(look.matching, look.new_passages)
    yield from map(printable, gap_lines(look.matching))


def _log_lines(log: list[NeedEntry]) -> Iterator[str]:
    for entry in log:
        of = f" {entry.hit[:12]}" if entry.hit else ""
        yield printable(f"{minute_of(entry.at)}{of}  {_entry_words(entry)}")


def _entry_words(entry: NeedEntry) -> str:
    return printable("  ".join(filter(None, (_state(entry.state), entry.contact, entry.note, entry.who))))


def _state(state: str) -> str:
    return phrase(f"need_{state}")
