"""What a rule book is made of: rules, cues, frames, lexicons, tables; frozen and without logic beyond look-up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from mingjian.core.rulebook.compiled import pattern_of
from mingjian.core.rulebook.triggers import TriggerPlan
from mingjian.errors import RuleError


class Rule(msgspec.Struct, frozen=True, eq=False):
    """One pattern with its reason, its own fields and its tests.

    ``pattern`` is the expanded source: every named piece has been put in. ``plan`` is derived from it and says where on
    a page it is worth trying.
    """

    id: str
    group: str
    pattern: str
    plan: TriggerPlan
    note: str
    fields: Mapping[str, Any]
    examples: tuple[Mapping[str, Any], ...]
    counter_examples: tuple[str, ...]
    line: int | None = None

    @property
    def file(self) -> str:
        """The rule file that the rule stands in."""
        return f"{self.group}.toml"


class Cue(msgspec.Struct, frozen=True, eq=False):
    """One pattern that an annotator asks in a few words, such as those before a trigger; no page is searched for it."""

    id: str
    group: str
    pattern: str
    note: str
    examples: tuple[Mapping[str, Any], ...]
    counter_examples: tuple[str, ...]
    line: int | None = None

    @property
    def name(self) -> str:
        """What an annotator calls the cue: the part of its id after the first dot."""
        return self.id.partition(".")[2]

    @property
    def file(self) -> str:
        """The rule file that the cue stands in."""
        return f"{self.group}.toml"


class Frame(msgspec.Struct, frozen=True, eq=False):
    """One order in which words of some classes follow one another, and what they make together.

    ``form`` is written over the classes of the words' tables, not over characters. What is found takes the class
    ``gives`` for the steps that follow; frames of one ``step`` are tried together, the longest first.
    """

    id: str
    group: str
    form: str
    step: int
    gives: str
    note: str
    fields: Mapping[str, Any]
    examples: tuple[Mapping[str, Any], ...]
    counter_examples: tuple[str, ...]
    line: int | None = None

    @property
    def file(self) -> str:
        """The rule file that the frame stands in."""
        return f"{self.group}.toml"


class _Compiled(dict[str, re.Pattern[str]]):
    """The patterns of the cues of one group that were asked for."""

    def __init__(self, group: str, cues: Iterable[Cue]) -> None:
        super().__init__()
        self._group = group
        self.cues = {cue.name: cue for cue in cues}

    def __missing__(self, name: str) -> re.Pattern[str]:
        if name not in self.cues:
            problem = f"there is no cue of the name {name!r}"
            raise RuleError(f"{self._group}.toml", None, problem, "keep the cues of the bundled file in your own")
        self[name] = found = pattern_of(self.cues[name].pattern)
        return found


class CuePatterns(Mapping[str, re.Pattern[str]]):
    """The patterns of the cues of one group by their names, each compiled when it is first asked for."""

    def __init__(self, group: str, cues: Iterable[Cue]) -> None:
        self._compiled = _Compiled(group, cues)

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self._compiled[name]

    def __contains__(self, name: object) -> bool:
        return name in self._compiled.cues

    def __iter__(self) -> Iterator[str]:
        return iter(self._compiled.cues)

    def __len__(self) -> int:
        return len(self._compiled.cues)


class Entry(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One row of a lexicon.

    ``lexicon`` is the lexicon that the row is read as a part of. ``home`` is the one that holds it where that is
    another: a list of the user's own that is read like a bundled one. ``retired`` are names that are not looked for.
    """

    lexicon: str
    id: str
    name: str
    aliases: tuple[str, ...]
    fields: Mapping[str, str]
    home: str = ""
    retired: tuple[str, ...] = ()

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The name and every alias that are not retired: all the ways in which a page may write the entry."""
        names = (self.name, *self.aliases)
        return tuple(name for name in names if name not in self.retired) if self.retired else names

    @property
    def by(self) -> str:
        """What a fact that this row made says of it: the lexicon in which the row stands."""
        return f"lexicon.{self.home or self.lexicon}"


class Lexicon(msgspec.Struct, frozen=True, eq=False):
    """A named table of entries, in the order of its file; ``notes`` are the comments above its header.

    ``like`` is the lexicon as a part of which a list of the user's own is read.
    """

    name: str
    entries: tuple[Entry, ...]
    notes: tuple[str, ...] = ()
    like: str = ""

    @property
    def version(self) -> str | None:
        """The version that a comment above the header states, as taxonomies do, or None."""
        stated = (note.partition("version:") for note in self.notes)
        return next((words.strip() for before, mark, words in stated if mark and not before), None)


class Notice(msgspec.Struct, frozen=True):
    """Something in a user's lexicon that is allowed, but may not be meant.

    Kinds: ``taken`` (a name that was another row's), ``common`` (an ordinary word), ``several`` (an alias that looks
    like several), ``renamed`` (a known row under another name), ``column`` (one whose name is nearly that of another).
    """

    kind: str
    file: str
    line: int
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}; {self.mend}"


class Rulebook(msgspec.Struct, frozen=True, eq=False):
    """All rules, cues, frames, lexicons and tables of one set of files, with the hash that names them.

    ``notices`` are what its reader thinks may not be meant in users' lexicons.
    """

    rules: tuple[Rule, ...]
    all_cues: tuple[Cue, ...]
    all_frames: tuple[Frame, ...]
    lexicons: Mapping[str, Lexicon]
    tables: Mapping[str, Mapping[str, Any]]
    version: str
    notices: tuple[Notice, ...] = ()

    @property
    def every(self) -> tuple[Rule | Cue | Frame, ...]:
        """The rules, then the cues, then the frames."""
        return (*self.rules, *self.all_cues, *self.all_frames)

    def called(self, rule_id: str) -> Rule | Cue | Frame | None:
        """The rule, cue or frame of this id, or None where the book has none."""
        return next((rule for rule in self.every if rule.id == rule_id), None)

    def group(self, name: str) -> tuple[Rule, ...]:
        """The rules of one file, in the order of the file; a file without rules gives an empty tuple."""
        self._refuse_unknown(name)
        return tuple(rule for rule in self.rules if rule.group == name)

    def frames(self, group: str) -> tuple[Frame, ...]:
        """The frames of one file, in the order of the file."""
        self._refuse_unknown(group)
        return tuple(frame for frame in self.all_frames if frame.group == group)

    def cues(self, group: str) -> Mapping[str, re.Pattern[str]]:
        """The patterns of one file's cues, by the part of their id after the first dot."""
        self._refuse_unknown(group)
        return _cues_of(self, group)

    def _refuse_unknown(self, group: str) -> None:
        if group not in self.tables:
            raise RuleError(f"{group}.toml", None, "there is no such rule file", "name a file of the rules folder")

    def lexicon(self, name: str) -> Lexicon:
        """The lexicon of that name."""
        if name not in self.lexicons:
            raise RuleError(f"lexicons/{name}.tsv", None, "there is no such lexicon", "add the file or mend the name")
        return self.lexicons[name]


@lru_cache(maxsize=256)
def _cues_of(book: Rulebook, group: str) -> CuePatterns:
    """The patterns of one group of one book: annotators ask for them on every page."""
    return CuePatterns(group, (cue for cue in book.all_cues if cue.group == group))
