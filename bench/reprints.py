"""Which documents of a collection are one text: one cluster label a document.

    python -m bench.reprints --docs FILE.jsonl[.gz] --pred OUT.jsonl [--partial OUT.jsonl]

Documents are lines ``{id, site, date, title, text}``. Their text is cleaned as any page is, then sketched, joined,
judged and grouped. With ``--gold`` (and ``--score``, the folder of the scorer) it prints how good that is. What peers
cost on the same bodies, ``bench.reprints_speed`` tells.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from mingjian.core.clean.article import clean
from mingjian.core.link.reprints.bodies import (
    Body,
    body_text,
    compared_spans,
    compared_title,
    is_roundup,
    published_of,
    quoting_places,
)
from mingjian.core.link.reprints.grouping import group_pages
from mingjian.core.link.reprints.judging import relate_pages
from mingjian.core.link.reprints.sketches import Sketch, sketch_bodies
from mingjian.core.model.outcome import value_of
from mingjian.core.model.page import Page
from mingjian.core.model.reprints import Group, Published, Relation
from mingjian.core.pipeline.relocate import shorten
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.normal import normalise

T = TypeVar("T")
_WARM = 100  # documents that are clustered beforehand, so that tables are there; peers are imported beforehand too


def main() -> None:
    """Cluster the documents, write the labels and print what it cost."""
    options = _options()
    documents = list(read_documents(options.docs))
    bodies, cleaning = timed(lambda: [body_of_document(document) for document in documents])
    cluster(bodies[:_WARM])
    (sketches, relations, groups), clustering = timed(lambda: cluster(bodies))
    _write(options.pred, _labels(groups))
    if options.partial:
        _write(options.partial, _parts(relations))
    size = sum(map(_bytes_of, sketches)) / max(1, len(sketches))
    print(f"{len(documents)} documents, {len(relations)} relations, {len(groups)} groups")
    print(f"cleaning {cleaning:.2f} s of CPU, clustering {clustering:.3f} s; a sketch holds {size:.0f} bytes")
    if options.gold:
        _report_score(options)


def cluster(bodies: Sequence[Body]) -> tuple[list[Sketch], list[Relation], list[Group]]:
    """All steps from bodies to groups."""
    sketches = sketch_bodies(bodies)
    relations = relate_pages(sketches)
    return sketches, relations, group_pages(sketches, relations)


def body_of_document(document: dict[str, str]) -> Body:
    """The body of a document's text as the project's own cleaning finds it."""
    text = document["text"]
    page = Page(doc_id=document["id"], content=b"", media_type="text/plain", encoding="utf-8", text=text)
    normal = normalise(page)
    article, metadata = clean(shorten(page, normal) if normal.maps else page, normal.folded, bundled_rulebook())
    spans = compared_spans(article.text, article.body, article.boilerplate)
    published = published_of(metadata.published)
    if published is None or published.value[:10] != document["date"]:
        published = Published(document["date"], "day") if document.get("date") else published
    compared = body_text(article.text, spans)
    title = document.get("title") or ""
    return Body(
        id=document["id"],
        text=compared,
        quoting=quoting_places(compared),
        host=document.get("site", ""),
        publisher=document.get("site", ""),
        source=value_of(metadata.source) or "",
        title=compared_title(title),
        roundup=is_roundup(title),
        published=published,
    )


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the seconds of CPU of all threads that it took.

    What stands in memory already is kept out of the collection of garbage: it is no part of the work.
    """
    gc.collect()
    gc.freeze()
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


def _labels(groups: Iterable[Group]) -> Iterator[dict[str, str]]:
    return ({"id": page, "cluster": group.source} for group in groups for page in group.pages)


def _parts(relations: Iterable[Relation]) -> Iterator[dict[str, str]]:
    for relation in relations:
        if relation.reuser is not None:
            yield {"id": relation.reuser, "source_id": relation.other(relation.reuser)}


def _bytes_of(sketch: Sketch) -> int:
    return len(msgspec.msgpack.encode(sketch))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--pred", type=Path, required=True)
    parser.add_argument("--partial", type=Path)
    parser.add_argument("--gold", type=Path, help="lines {id, cluster, kind, ops, raw}")
    parser.add_argument("--partial-gold", type=Path)
    parser.add_argument("--score", type=Path, help="the folder that holds score.py")
    return parser.parse_args()


def read_documents(path: Path) -> Iterator[dict[str, Any]]:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return (json.loads(line) for line in content.decode("utf-8").split("\n") if line.strip())


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _report_score(options: argparse.Namespace) -> None:
    sys.path.insert(0, str(options.score or options.gold.parent))
    score = importlib.import_module("score")

    gold = list(read_documents(options.gold))
    result = score.score(gold, {row["id"]: row["cluster"] for row in read_documents(options.pred)})
    if options.partial and options.partial_gold:
        result |= score.score_partial(
            gold, list(read_documents(options.partial_gold)), list(read_documents(options.partial))
        )
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
