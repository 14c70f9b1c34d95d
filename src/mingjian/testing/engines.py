"""What an engine must do to be plugged in."""

from __future__ import annotations

from mingjian.core.ports import LABELS, LanguageModel, Recognizer
from mingjian.testing.demands import demand

TEXTS = (
    "岚州市科技局局长周岚在岚州表示，将与青禾机器人有限公司合作。",
    "",
    " \n　",
    "。，、！？",
    "2025年，ＡＢＣ１２３ and 𠮷野家 opened in 岚州 \U0001f600。",
    "周岚，" * 400,
)
"""Texts that any engine may meet: prose, nothing, blanks, marks, other scripts and widths, a very long line."""


def check_recognizer(recognizer: Recognizer) -> None:
    """Whether the engine keeps to the port of recognisers."""
    _check_name(recognizer.name)
    answers = [list(names) for names in recognizer.recognize(TEXTS)]
    demand(len(answers) == len(TEXTS), f"it answers {len(answers)} texts of {len(TEXTS)}")
    for text, names in zip(TEXTS, answers, strict=True):
        for start, end, label in names:
            words = f"{start}..{end} of {text[:20]!r}"
            demand(
                type(start) is int and type(end) is int, f"{words}: bounds must be int, for they are written as JSON"
            )
            demand(0 <= start < end <= len(text), f"{words}: lies outside of the text")
            demand(label in LABELS, f"{words}: the label {label!r} is none of {', '.join(LABELS)}")
    again = [list(names) for names in recognizer.recognize(TEXTS)]
    demand(again == answers, "the same texts give other names the second time")
    demand(len(list(recognizer.recognize(()))) == 0, "it answers where nothing was asked")


def check_language_model(model: LanguageModel) -> None:
    """Whether the engine keeps to the port of language models."""
    _check_name(model.name)
    demand(isinstance(model.complete('只输出 JSON：{"names": []}'), str), "its answer is no string")


def _check_name(name: str) -> None:
    demand(bool(name.strip()) and name == "".join(name.split()), f"its name {name!r} is empty or holds blanks")
