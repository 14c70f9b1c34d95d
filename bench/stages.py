"""The CPU time of each stage of ``extract``."""

from __future__ import annotations

import contextlib
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from mingjian.core.pipeline import extract as pipeline


@contextlib.contextmanager
def stages_timed(nanoseconds: Counter[str]) -> Iterator[None]:
    """While this is open, every function that ``extract`` calls adds its CPU time to ``nanoseconds`` under its name."""
    own = {
        name: value
        for name, value in vars(pipeline).items()
        if isinstance(value, types.FunctionType) and value.__module__ != pipeline.__name__
    }
    for name, function in own.items():
        setattr(pipeline, name, _timed(name, function, nanoseconds))
    try:
        yield
    finally:
        for name, function in own.items():
            setattr(pipeline, name, function)


def _timed(name: str, function: Callable[..., Any], nanoseconds: Counter[str]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        start = time.process_time_ns()
        try:
            return function(*arguments, **options)
        finally:
            nanoseconds[name] += time.process_time_ns() - start

    return call
