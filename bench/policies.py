"""Precision, recall and F1 of each attribute of policy documents: ``python -m bench.policies GOLD_FOLDER [--errors]``.

The folder holds pages and their truth as the gate reads it. A found document is matched to one of the truth by its
title in any of the ways that the truth names it. Of a matched document every attribute counts: issuers and relations
one by one, status, number and date as a whole. Documents that the truth holds optional count only where they are found,
and so do their attributes. ``--errors`` prints what is wrong or missing.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mingjian.core.model.facts import Policy
from mingjian.core.pipeline.extract import extract
from mingjian.core.text.folding import fold
from mingjian.read.plain import text_page

ATTRIBUTES = ("title", "issuer", "doc_no", "date", "status", "relations")
_MARKS = str.maketrans("〔〕[]（）【】", "()()()()")

Truth = dict[str, Any]
Value = tuple[str, str]  # the title of the document, and one value of the attribute


def main() -> None:
    """Prints one line an attribute."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    for path, truth in truths(options.gold):
        source = options.gold / truth["file"]
        text = source.read_bytes().decode()
        found = extract(text_page(truth["doc_id"], source.read_bytes(), path=source.name)).policies
        for attribute, (right, wrong, missed) in compare(truth, found, text).items():
            counts[attribute, "right"] += len(right)
            counts[attribute, "found"] += len(right) + (0 if truth.get("scope") else len(wrong))
            counts[attribute, "gold"] += len(right) + len(missed)
            if options.errors:
                for problem, values in (("wrong  ", wrong), ("missing", missed)):
                    for title, value in sorted(values):
                        print(f"{path.stem:10} {problem} {attribute:9} {value}  of  {title}")
    for attribute in ATTRIBUTES:
        print_scores(attribute, *(counts[attribute, part] for part in ("right", "found", "gold")))


def truths(gold: Path) -> Iterator[tuple[Path, Truth]]:
    """The annotated pages of the folder that list policies."""
    paths = [*sorted(gold.glob("seed_*.json")), *sorted((gold / "pages").glob("*.json"))]
    for path in paths:
        truth = json.loads(path.read_text(encoding="utf-8")) if ".meta." not in path.name else {}
        if "policies" in truth:
            yield path, truth


def compare(truth: Truth, found: tuple[Policy, ...], text: str) -> dict[str, tuple[set[Value], set[Value], set[Value]]]:
    """By attribute: the right values, the wrong ones, and those that are missing."""
    named = {row["id"]: row["title"] for row in truth["policies"]}
    pairs, unmatched = match_titles(truth["policies"], found, text)
    result = {attribute: (set[Value](), set[Value](), set[Value]()) for attribute in ATTRIBUTES}
    result["title"][1].update((one.title, one.title) for one in unmatched)
    for row, one in pairs:
        title = row["title"]
        if one is None:
            if not row.get("optional"):
                result["title"][2].add((title, title))
            continue
        result["title"][0].add((title, title))
        for attribute in ATTRIBUTES[1:]:
            wanted = {folded(value) for value in values_of(row, attribute, named)}
            given = {value: folded(value) for value in found_values(one, attribute)}
            right, wrong, missed = result[attribute]
            for value, form in given.items():
                hit = same_body(form, wanted, truth) if attribute == "issuer" else form if form in wanted else None
                if hit is None:
                    wrong.add((title, value))
                else:
                    right.add((title, value))
                    wanted.discard(hit)
            missed.update((title, value) for value in wanted)
    return result


def match_titles(
    rows: list[Truth], found: tuple[Policy, ...], text: str
) -> tuple[list[tuple[Truth, Policy | None]], list[Policy]]:
    """Every document of the truth with the found one that has its name, and the found ones without any."""
    left = list(found)
    pairs: list[tuple[Truth, Policy | None]] = []
    for row in rows:
        names = {folded(name) for name in (row["title"], *row.get("aliases", ()), *mentions(row, text))}
        one = next((one for one in left if folded(one.title) in names), None)
        if one is not None:
            left.remove(one)
        pairs.append((row, one))
    return pairs, left


def mentions(row: Truth, text: str) -> Iterator[str]:
    """The words at the places that the truth lists."""
    for start, end in row.get("mentions", ()):
        yield text[start:end]


def values_of(row: Truth, attribute: str, named: dict[str, str]) -> Iterator[str]:
    """The values of one attribute in the truth; a relation names the title of its target."""
    if attribute == "relations":
        yield from (f"{one['type']} {named.get(one['target'], one['target'])}" for one in row.get("relations", ()))
    elif attribute == "issuer":
        yield from row.get("issuer") or ()
    elif row.get(attribute):
        yield row[attribute]


def found_values(one: Policy, attribute: str) -> Iterator[str]:
    """The values of one attribute in a record."""
    if attribute == "relations":
        yield from (f"{relation.type} {relation.target}" for relation in one.relations)
    elif attribute == "issuer":
        yield from one.issuer
    elif value := getattr(one, attribute):
        yield value


def same_body(form: str, wanted: set[str], truth: Truth) -> str | None:
    """The issuer of the truth that is the same body by any of its names."""
    for row in truth.get("organisations", ()):
        names = {folded(name) for name in (row["name"], row.get("canonical") or "", *row.get("aliases", ()))}
        if form in names and names & wanted:
            return sorted(names & wanted)[0]
    return form if form in wanted else None


def folded(words: str) -> str:
    """Without white space, quotation and book marks, in one width, brackets of one kind, simplified."""
    plain = unicodedata.normalize("NFKC", fold(words)).translate(_MARKS)
    return "".join(mark for mark in plain if not mark.isspace() and mark not in "《》〈〉“”\"'‘’「」『』—-")


def print_scores(attribute: str, right: int, found: int, gold: int) -> None:
    """Prints one line."""
    precision, recall = right / found if found else 0.0, right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    print(
        f"{attribute:10} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({right} right, {found} found, {gold} in gold)"
    )


if __name__ == "__main__":
    main()
