"""The rule book: patterns, lexicons and tables as data, read and checked once."""

from __future__ import annotations

from mingjian.core.rulebook.bundled import bundled_file, bundled_files, bundled_rulebook
from mingjian.core.rulebook.compiled import encode_compiled
from mingjian.core.rulebook.loading import compile_files, load_lexicons, load_rulebook, version_of
from mingjian.core.rulebook.nouns import Cue, Entry, Frame, Lexicon, Notice, Rule, Rulebook

__all__ = [
    "Cue",
    "Entry",
    "Frame",
    "Lexicon",
    "Notice",
    "Rule",
    "Rulebook",
    "bundled_file",
    "bundled_files",
    "bundled_rulebook",
    "compile_files",
    "encode_compiled",
    "load_lexicons",
    "load_rulebook",
    "version_of",
]
