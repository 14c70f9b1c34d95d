"""Which documents tell one event in whatever words: one cluster label a document, beside words and dates alone.

    python -m bench.stories --docs FILE.jsonl[.gz] --pred OUT.jsonl [--halves]

Documents are lines ``{id, title, text, event}`` with ``report_time`` or ``date``. The baseline joins whatever is alike
by tf-idf of pairs of characters and came within some days, its threshold chosen in hindsight on the same documents.
``--halves`` scores two halves of the events too, parted by hash, to show how much the figure owes to single events.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

from mingjian import extract
from mingjian.core.link.stories.linking import story_linking
from mingjian.core.link.things.cards import Whence, card_of
from mingjian.core.link.things.grouping import find_links, group
from mingjian.core.link.things.nodes import ProfiledMention, nodes_of
from mingjian.core.model.record import Record
from mingjian.core.model.things import MentionRef, PageCard
from mingjian.read.plain import text_page

Document = dict[str, str]
Labels = dict[str, str]
_DAYS = (3, 7, 14, 30)


def main() -> None:
    """Cluster the documents, write the labels and print both scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--pred", type=Path)
    parser.add_argument("--halves", action="store_true")
    options = parser.parse_args()
    documents = read_documents(options.docs)
    pages = [(document["id"], read_document(document)) for document in documents]
    began = time.process_time()
    found = stories_of(pages)
    print(f"{len(documents)} documents, {(time.process_time() - began) * 1000 / len(pages):.2f} ms of CPU a document")
    if options.pred:
        lines = (json.dumps({"id": name, "cluster": label}, ensure_ascii=False) for name, label in found.items())
        options.pred.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    gold = {one["id"]: one.get("event") or f"alone_{one['id']}" for one in documents}
    halves = {"all": list(gold)}
    if options.halves:
        halves |= {f"half {part}": [name for name in gold if half_of(gold[name]) == part] for part in (0, 1)}
    print("stories:", _told(gold, found, halves))
    threshold, days, labels = baseline(documents, [record for _, record in pages], gold)
    print(f"tf-idf from {threshold:.2f}, within {days} days (in hindsight):", _told(gold, labels, halves))


def read_documents(path: Path) -> list[Document]:
    """The documents of a file of lines, packed or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode().splitlines() if line.strip()]


def read_document(document: Document) -> Record:
    """The record of a document, as if title, day and text stood on a page."""
    day = document.get("report_time") or document.get("date") or ""
    text = f"{document['title']}\n{day}\n{document['text']}\n"
    return extract(text_page(document["id"], text.encode()))


def stories_of(pages: Iterable[tuple[str, Record]]) -> Labels:
    """The label of the story of every page; one that tells none has its own."""
    linking = story_linking()
    labels: Labels = {}
    mentions = []
    for name, record in pages:
        labels[name] = name
        for one in linking.profiles(_card(name, record), record):
            ref = MentionRef(name, linking.kind, *one.fact.evidence.pair, one.fact.id)
            mentions.append(ProfiledMention(ref, one.profile))
    nodes = nodes_of(linking.kind, mentions)
    for thing in group(nodes, find_links(nodes, linking), (), linking):
        names = sorted(ref.page for node in thing.nodes for ref in node.refs)
        labels |= dict.fromkeys(names, names[0])
    return labels


def _card(name: str, record: Record) -> PageCard:
    return card_of(record, Whence(id=name, doc_id=name, address=name, added="2026-01-01T00:00:00Z", group=name))


def half_of(event: str) -> int:
    """Which half an event, or a document that is alone, falls into."""
    return hashlib.blake2b(event.encode(), digest_size=1).digest()[0] % 2


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over documents in groups of two or more, in the gold or as found."""
    golden, made = Counter(gold.values()), Counter(found[name] for name in gold)
    both = Counter((gold[name], found[name]) for name in gold)
    names = [name for name in gold if golden[gold[name]] > 1 or made[found[name]] > 1]
    if not names:
        return 1.0, 1.0, 1.0
    precision = sum(both[gold[name], found[name]] / made[found[name]] for name in names) / len(names)
    recall = sum(both[gold[name], found[name]] / golden[gold[name]] for name in names) / len(names)
    return precision, recall, 2 * precision * recall / (precision + recall)


def _told(gold: Labels, found: Labels, halves: Mapping[str, Sequence[str]]) -> str:
    scores = (
        (half, b_cubed({name: gold[name] for name in names}, {name: found[name] for name in names}))
        for half, names in halves.items()
    )
    return "; ".join(f"{half} P {p:.3f} R {r:.3f} F1 {f:.3f}" for half, (p, r, f) in scores)


def baseline(documents: Sequence[Document], records: Sequence[Record], gold: Labels) -> tuple[float, int, Labels]:
    """Threshold, days and labels of the best of many thresholds."""
    alike = _tf_idf([one["title"] + one["text"] for one in documents])
    names = [one["id"] for one in documents]
    days = [_day(_card(name, record)) for name, record in zip(names, records, strict=True)]
    best: tuple[float, float, int, Labels] = (-1.0, 0.0, 0, {})
    for reach in _DAYS:
        near = {pair: score for pair, score in alike.items() if _within(days[pair[0]], days[pair[1]], reach)}
        for percent in range(6, 60, 2):
            labels = _components(names, (pair for pair, score in near.items() if score >= percent / 100))
            score = b_cubed(gold, labels)[2]
            if score > best[0]:
                best = (score, percent / 100, reach, labels)
    return best[1:]


def _tf_idf(texts: Sequence[str]) -> dict[tuple[int, int], float]:
    """The cosine of every two texts, by pairs of characters."""
    counts = [Counter(map("".join, pairwise(kept))) for kept in (re.sub(r"\W", "", t) for t in texts)]
    held = Counter(pair for count in counts for pair in count)
    vectors = []
    for count in counts:
        weights = {pair: (1 + math.log(n)) * math.log(len(texts) / held[pair]) for pair, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({pair: weight / length for pair, weight in weights.items()})
    return {
        (one, other): sum(weight * vectors[other].get(pair, 0.0) for pair, weight in vectors[one].items())
        for one, other in combinations(range(len(texts)), 2)
    }


def _day(card: PageCard) -> int | None:
    return date.fromisoformat(card.published_from).toordinal() if card.published_from else None


def _within(one: int | None, other: int | None, days: int) -> bool:
    return one is None or other is None or abs(one - other) <= days


def _components(names: Sequence[str], pairs: Iterable[tuple[int, int]]) -> Labels:
    parent = list(range(len(names)))

    def top(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    for one, other in pairs:
        parent[max(top(one), top(other))] = min(top(one), top(other))
    return {name: names[top(at)] for at, name in enumerate(names)}


if __name__ == "__main__":
    main()
