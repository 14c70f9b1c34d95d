"""Strict F1 of people and organisations on files of sentences with marked names: ``python bench/names.py FOLDER``.

Every ``*.jsonl`` of the folder holds lines ``{id, text, ents: [[start, end, TYPE]]}`` with the types PER, ORG, LOC.
``--errors N`` prints the first N names of each kind that are wrong or missing. No such file ships with the project.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from mingjian.core.model.article import Article, BodyBlock
from mingjian.core.pipeline.findings import find_all
from mingjian.core.pipeline.naming import find_names
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.sentences import split_sentences

Name = tuple[int, int, str]
KINDS = ("PER", "ORG", "LOC")


def names_of(text: str) -> set[Name]:
    """The names that the annotators find in a text."""
    book = bundled_rulebook()
    body = (BodyBlock(0, len(text), "paragraph"),)
    article = Article(text=text, folded=fold(text), body=body, boilerplate=(), sentences=split_sentences(text, body))
    read = find_names(article, find_all(article, book))
    names = {(start, end, "ORG") for one in read.organisations if one.type != "group" for start, end in one.mentions}
    names |= {(start, end, "PER") for person in read.people for start, end in person.mentions}
    return names | {(start, end, "LOC") for region in read.regions for start, end in region.mentions}


def main() -> None:
    """Prints precision, recall and F1 for each file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--lines", type=int, default=None)
    options = parser.parse_args()
    for path in sorted(options.folder.glob("*.jsonl")):
        counts: Counter[tuple[str, str]] = Counter()
        errors: list[str] = []
        for line in path.read_text(encoding="utf-8").splitlines()[: options.lines]:
            row = json.loads(line)
            gold = {(start, end, kind) for start, end, kind in row["ents"] if kind in KINDS}
            found = names_of(row["text"]) if row["text"] else set()
            for kind in KINDS:
                counts[kind, "right"] += sum(name[2] == kind for name in found & gold)
                counts[kind, "found"] += sum(name[2] == kind for name in found)
                counts[kind, "gold"] += sum(name[2] == kind for name in gold)
            errors += [shown("wrong  ", name, row["text"]) for name in sorted(found - gold)]
            errors += [shown("missing", name, row["text"]) for name in sorted(gold - found)]
        print_scores(path.stem, counts)
        print("\n".join(errors[: options.errors]))


def shown(problem: str, name: Name, text: str) -> str:
    """One wrong or missing name with the words round it."""
    start, end, kind = name
    return f"{problem} {kind} {text[start:end]}  in  {text[max(0, start - 12) : end + 12]}"


def print_scores(title: str, counts: Counter[tuple[str, str]]) -> None:
    """Prints a line for each kind of name."""
    for kind in KINDS:
        right, found, gold = (counts[kind, part] for part in ("right", "found", "gold"))
        precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        print(f"{title:16s} {kind}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({gold} names)")


if __name__ == "__main__":
    main()
