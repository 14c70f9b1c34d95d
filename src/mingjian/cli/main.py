"""The ``mingjian`` program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from mingjian import __version__
from mingjian.brief.wording import printable
from mingjian.cli.agents import mcp_command
from mingjian.cli.explain import explain_command
from mingjian.cli.expressions import names_command, quantities_command, times_command
from mingjian.cli.extract import extract_command
from mingjian.cli.files import print_lines
from mingjian.cli.lexicon import changing as lexicon_changing
from mingjian.cli.lexicon.finding import find_command
from mingjian.cli.lexicon.listing import list_command
from mingjian.cli.lexicon.testing import test_command
from mingjian.cli.reviewing import looking as reviewing_looking
from mingjian.cli.reviewing import saying as reviewing_saying
from mingjian.cli.rules import listing as rules_listing
from mingjian.cli.rules import testing as rules_testing
from mingjian.cli.schema import schema_command
from mingjian.cli.serving import serve_command
from mingjian.cli.users import accounts as user_accounts
from mingjian.cli.users import tokens as user_tokens
from mingjian.cli.users.audit import audit_command
from mingjian.cli.users.copying import backup_command
from mingjian.cli.verify import verify_command
from mingjian.cli.workspace import graph, keeping, looking, needs, reprints, things
from mingjian.cli.workspace.adding import add_command
from mingjian.cli.workspace.briefs import brief_command
from mingjian.cli.workspace.comparing import compare_command
from mingjian.cli.workspace.demo import demo_command
from mingjian.cli.workspace.ledgers import ledger_command
from mingjian.cli.workspace.matching import match_command
from mingjian.cli.workspace.searching import search_command
from mingjian.errors import MingjianError
from mingjian_start import INTERRUPTED, hear_interrupts

P = ParamSpec("P")
app = typer.Typer(
    help="Chinese news and policy about AI and industry, read into records in which every value cites its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

lexicon = typer.Typer(
    help="Lexicons: list them, look a term up, add and retire rows of your own, see what that changes on pages.",
    no_args_is_help=True,
)

reprint = typer.Typer(
    help="Reprints: who was first, who copied from whom how long after, and what people decide of it.",
    invoke_without_command=True,
)

link = typer.Typer(
    help="Links: which mentions are one thing, why, and what people decide of it.",
    invoke_without_command=True,
)

users = typer.Typer(
    help="Users of the service: who may what, their passwords, sessions and tokens, and the log of what was done.",
    no_args_is_help=True,
)

user_token = typer.Typer(help="Tokens, which programs use instead of passwords.", no_args_is_help=True)

graphs = typer.Typer(
    help="The graph of things: what stands round one, how two hang together, all of it as a file.",
    no_args_is_help=True,
)

review = typer.Typer(
    help="Reviews: which facts are worth a look, what people say of them, how far they agree, labelled data.",
    no_args_is_help=True,
)

need = typer.Typer(
    help="Needs that are kept: what is new for them, whom to turn to, how far they have come.",
    invoke_without_command=True,
)

rules = typer.Typer(
    help="Rules: list and show them, hold them to their examples, try one on pages and see what it changes.",
    no_args_is_help=True,
)


def ending_well(command: Callable[P, None]) -> Callable[P, None]:
    """The same command; what goes wrong with its use is one line on standard error and exit status 2.

    Standard output that is closed early, as by ``| head``, ends it in silence: Typer would call that a failure.
    """

    @wraps(command)
    def run_command(*arguments: P.args, **options: P.kwargs) -> None:
        hear_interrupts()
        try:
            command(*arguments, **options)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except MingjianError as error:
            typer.echo(f"mingjian: {printable(str(error))}", err=True)
            raise typer.Exit(2) from None
        except OSError as error:  # of a path that nobody foresaw, such as a name that is too long
            place = printable(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else "the system"
            told = (
                f"{place}: {error.strerror or error}; look whether it is there, and whether you may read and write it"
            )
            typer.echo(f"mingjian: {told}", err=True)
            raise typer.Exit(2) from None
        except KeyboardInterrupt:
            typer.echo("mingjian: interrupted; nothing half-written is left", err=True)
            raise typer.Exit(INTERRUPTED) from None

    return run_command


def version_command() -> None:
    """Print the version of the program."""
    print_lines([__version__])


app.command("demo")(ending_well(demo_command))
app.command("add")(ending_well(add_command))
app.command("status")(ending_well(looking.status_command))
app.command("search")(ending_well(search_command))
app.command("ledger")(ending_well(ledger_command))
app.command("brief")(ending_well(brief_command))
app.command("compare")(ending_well(compare_command))
app.command("serve")(ending_well(serve_command))
app.command("match")(ending_well(match_command))
app.command("show")(ending_well(looking.show_command))
app.command("changes")(ending_well(looking.changes_command))
app.add_typer(need, name="needs")
app.add_typer(reprint, name="reprints")
app.add_typer(link, name="link")
app.add_typer(graphs, name="graph")
app.command("mcp")(ending_well(mcp_command))
app.command("reextract")(ending_well(keeping.reextract_command))
app.command("remove")(ending_well(keeping.remove_command))
app.command("return")(ending_well(keeping.return_command))
app.command("backup")(ending_well(keeping.backup_command))
app.command("restore")(ending_well(keeping.restore_command))
app.command("check")(ending_well(keeping.check_command))
app.command("salvage")(ending_well(keeping.salvage_command))
app.command("follow")(ending_well(keeping.follow_command))
app.command("reindex")(ending_well(keeping.reindex_command))
app.command("extract")(ending_well(extract_command))
app.command("verify")(ending_well(verify_command))
app.command("explain")(ending_well(explain_command))
app.command("times")(ending_well(times_command))
app.command("quantities")(ending_well(quantities_command))
app.command("names")(ending_well(names_command))
app.add_typer(users, name="users")
app.add_typer(rules, name="rules")
app.add_typer(review, name="review")
app.add_typer(lexicon, name="lexicon")
app.command("schema")(ending_well(schema_command))
app.command("version")(ending_well(version_command))

reprint.callback()(ending_well(reprints.list_command))
reprint.command("show")(ending_well(reprints.show_command))
reprint.command("split")(ending_well(reprints.split_command))
reprint.command("merge")(ending_well(reprints.merge_command))
reprint.command("marks")(ending_well(reprints.marks_command))
reprint.command("decisions")(ending_well(reprints.decisions_command))
reprint.command("undo")(ending_well(reprints.undo_command))

need.callback()(ending_well(needs.list_command))
need.command("save")(ending_well(needs.save_command))
need.command("show")(ending_well(needs.show_command))
need.command("state")(ending_well(needs.say_command))
link.callback()(ending_well(things.link_command))
link.command("show")(ending_well(things.show_command))
link.command("split")(ending_well(things.split_command))
link.command("merge")(ending_well(things.merge_command))
link.command("decisions")(ending_well(things.decisions_command))
link.command("undo")(ending_well(reprints.undo_command))

graphs.command("neighbours")(ending_well(graph.neighbours_command))
graphs.command("path")(ending_well(graph.path_command))
graphs.command("export")(ending_well(graph.export_command))

users.command("list")(ending_well(user_accounts.list_command))
users.command("add")(ending_well(user_accounts.add_command))
users.command("role")(ending_well(user_accounts.role_command))
users.command("disable")(ending_well(user_accounts.disable_command))
users.command("enable")(ending_well(user_accounts.enable_command))
users.command("password")(ending_well(user_accounts.password_command))
users.command("sessions")(ending_well(user_accounts.sessions_command))
users.command("audit")(ending_well(audit_command))
users.command("backup")(ending_well(backup_command))
users.add_typer(user_token, name="token")
user_token.command("add")(ending_well(user_tokens.add_command))
user_token.command("list")(ending_well(user_tokens.list_command))
user_token.command("revoke")(ending_well(user_tokens.revoke_command))

lexicon.command("list")(ending_well(list_command))
lexicon.command("find")(ending_well(find_command))
lexicon.command("add")(ending_well(lexicon_changing.add_command))
lexicon.command("retire")(ending_well(lexicon_changing.retire_command))
lexicon.command("test")(ending_well(test_command))

rules.command("list")(ending_well(rules_listing.list_command))
rules.command("show")(ending_well(rules_listing.show_command))
rules.command("check")(ending_well(rules_listing.check_command))
rules.command("test")(ending_well(rules_testing.test_command))

review.command("queue")(ending_well(reviewing_looking.queue_command))
review.command("show")(ending_well(reviewing_looking.show_command))
review.command("list")(ending_well(reviewing_looking.list_command))
review.command("accept")(ending_well(reviewing_saying.accept_command))
review.command("correct")(ending_well(reviewing_saying.correct_command))
review.command("reject")(ending_well(reviewing_saying.reject_command))
review.command("add")(ending_well(reviewing_saying.add_command))
review.command("undo")(ending_well(reviewing_saying.undo_command))
review.command("agreement")(ending_well(reviewing_looking.agreement_command))
review.command("export")(ending_well(reviewing_looking.export_command))
