"""The option that names an engine."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

EngineOption: TypeAlias = Annotated[
    str | None, typer.Option("--engine", help="Also ask an engine for names: lac, hanlp, ltp, uie, openai:MODEL.")
]
