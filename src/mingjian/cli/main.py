"""The ``mingjian`` program."""

from __future__ import annotations

import os
import sys

import typer

from mingjian import __version__
from mingjian.cli.extract import extract_command
from mingjian.cli.rules import rules_command
from mingjian.cli.schema import schema_command
from mingjian.cli.verify import verify_command
from mingjian.errors import MingjianError

app = typer.Typer(
    help="Chinese news and policy about AI and industry, read into records in which every value cites its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("extract")(extract_command)
app.command("verify")(verify_command)
app.command("rules")(rules_command)
app.command("schema")(schema_command)


@app.command("version")
def version_command() -> None:
    """Print the version of the program."""
    typer.echo(__version__)


def run() -> None:
    """Run the program; what goes wrong with the use of it is one line on standard error and exit status 2."""
    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except MingjianError as error:
        typer.echo(f"mingjian: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("mingjian: interrupted; what was written is whole", err=True)
        sys.exit(130)
