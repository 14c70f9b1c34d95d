"""Engines by name: those that ship with Mingjian and those of installed plug-ins, each loaded only when it is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from mingjian.core.ports import Engines, LanguageModel, Recognizer
from mingjian.errors import EngineError

BUILT_IN: Mapping[str, tuple[str, str]] = {
    "hanlp": ("mingjian.engines.hanlp", "hanlp"),
    "lac": ("mingjian.engines.lac.recognizer", '"mingjian[lac]"'),
    "ltp": ("mingjian.engines.ltp", "ltp"),
    "openai": ("mingjian.engines.openai", "mingjian"),
    "uie": ("mingjian.engines.uie", "paddlenlp"),
}
"""For each name a module, whose ``load`` is told what was said of the engine (a model, or nothing); what to install."""

_RECOGNIZERS, _MODELS = "mingjian.recognizers", "mingjian.models"


def load_engines(named: str | None) -> Engines:
    """The engine of that name, with what stands behind a colon said to it (``hanlp:MODEL``); none for no name.

    Plug-ins (entry points ``mingjian.recognizers`` and ``mingjian.models``) are functions of one string, as ``load``
    of the built-in engines. Raises ``EngineError`` for a name that nothing has, and for what cannot be loaded.
    """
    if not named:
        return Engines()
    name, _, said = named.partition(":")
    engine = _built_in(name, said) if name in BUILT_IN else _plugged_in(name)(said)
    if isinstance(engine, Recognizer):
        return Engines(recognizer=engine)
    if isinstance(engine, LanguageModel):
        return Engines(model=engine)
    raise EngineError(name, "is neither a Recognizer nor a LanguageModel", "mend the plug-in, or uninstall it")


def _built_in(name: str, said: str) -> object:
    module, package = BUILT_IN[name]
    try:
        engine: object = import_module(module).load(said)
    except ImportError as error:
        raise EngineError(name, f"is not installed ({error})", f"pip install {package}") from error
    return engine


def _plugged_in(name: str) -> Callable[[str], object]:
    points = _plug_ins()
    if name not in points:
        known = ", ".join(sorted({*BUILT_IN, *points}))
        raise EngineError(name, "there is no engine of this name", f"name one of {known}")
    try:
        factory: Callable[[str], object] = points[name].load()
    except Exception as error:
        problem = f"broken-plug-in: its package raised {type(error).__name__}: {error}"
        raise EngineError(name, problem, "mend the package, or uninstall it") from error
    return factory


def _plug_ins() -> dict[str, EntryPoint]:
    return {point.name: point for group in (_MODELS, _RECOGNIZERS) for point in entry_points(group=group)}
