"""Keywords, summaries and digests beside what jieba and TextRank give for the same pages.

    python -m bench.words --gold FOLDER             numbers over the annotated pages, a table a system
    python -m bench.words --gold FOLDER --keywords  keywords of every annotated page side by side, as Markdown
    python -m bench.words --pages FOLDER            all outputs for every page of a folder side by side, as Markdown

Peers get the annotated body, or ours where there is no annotation; ours reads the whole page. Peers: jieba's TF-IDF and
TextRank keywords (top 10), the first three sentences, and textrank4zh's key sentences as far as they fit the limit.

What is counted. Of keywords: cut = most of its places lie in a longer annotated name, or end inside one (智能 where the
page only has 人工智能); name = an annotated surface; missing = the words do not stand in the body. Of summaries:
characters; annotated events whose trigger, and figures whose value, stand in the summary; sentences that lean on words
left out, or hold half a quotation, by the rules' own cues.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jieba
import jieba.analyse
from textrank4zh import TextRank4Sentence

from mingjian.core.model.page import Page
from mingjian.core.model.record import Record
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook
from mingjian.core.text.folding import fold
from mingjian.core.text.sentences import split_sentences
from mingjian.core.text.standing import is_balanced
from mingjian.read import read_paths
from mingjian.read.plain import text_page

_TOP = 10
_LIMIT = 200
_NAMED = ("organisations", "people", "regions", "technologies", "policies", "programmes")
_SYSTEMS = ("Mingjian", "jieba TF-IDF", "jieba TextRank")
_SUMMARIES = ("Mingjian", "Mingjian, digest", "lead-3", "TextRank")

Pair = tuple[int, int]
Truth = dict[str, Any]


class Outputs(NamedTuple):
    """What every system gives for one page: keywords, and places of the sentences chosen."""

    keywords: dict[str, list[str]]
    summaries: dict[str, list[Pair]]
    digest: str


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="a folder of annotated pages")
    parser.add_argument("--keywords", action="store_true", help="keywords side by side instead of numbers")
    parser.add_argument("--pages", type=Path, help="a folder of pages to show side by side")
    options = parser.parse_args()
    jieba.setLogLevel(logging.CRITICAL)
    if options.pages:
        for page in read_paths([str(options.pages)]):
            if isinstance(page, Page):
                print_side_by_side(page)
    elif options.keywords:
        for name, page, truth in gold_pages(options.gold):
            print(f"\n**{name}**\n")
            print_keywords(outputs_for(page, body_of(truth), extract(page)))
    else:
        print_numbers(list(gold_pages(options.gold)))


def gold_pages(gold: Path) -> Iterator[tuple[str, Page, Truth]]:
    """Every annotated page with its truth."""
    for path in [*sorted((gold / "seeds").glob("*.txt")), *sorted((gold / "pages").glob("*.txt"))]:
        seed = gold / f"seed_{path.name[:3]}.json"
        truth = seed if path.parent.name == "seeds" else path.with_suffix(".json")
        yield truth.stem, text_page(path.stem, path.read_bytes()), json.loads(truth.read_text(encoding="utf-8"))


def body_of(truth: Truth) -> list[Pair]:
    """The annotated paragraphs."""
    return [(block["start"], block["end"]) for block in truth["body"] if block["role"] in ("paragraph", "item")]


def outputs_for(page: Page, body: list[Pair], record: Record) -> Outputs:
    """What ours and the peers give for the page."""
    text = "\n".join(page.text[start:end] for start, end in body)
    keywords = {
        _SYSTEMS[0]: [keyword.value for keyword in record.keywords],
        _SYSTEMS[1]: jieba.analyse.extract_tags(text, topK=_TOP),
        _SYSTEMS[2]: jieba.analyse.textrank(text, topK=_TOP),
    }
    sentences = _sentences(page, body)
    digest = [span.pair for sentence in record.digest for span in sentence.support]
    summaries = {
        _SUMMARIES[0]: [span.pair for span in record.summary],
        _SUMMARIES[1]: digest,
        _SUMMARIES[2]: sentences[:3],
        _SUMMARIES[3]: _text_rank(page.text, text, sentences),
    }
    return Outputs(keywords, summaries, "".join(sentence.text for sentence in record.digest))


def _sentences(page: Page, body: list[Pair]) -> list[Pair]:
    blocks = [
        block for block in extract(page).body if any(start < block.end and block.start < end for start, end in body)
    ]
    return [(sentence.start, sentence.end) for sentence in split_sentences(fold(page.text), blocks)]


def _text_rank(page_text: str, text: str, sentences: list[Pair]) -> list[Pair]:
    """The key sentences of textrank4zh in page order, the best first as far as they fit."""
    ranker = TextRank4Sentence()
    with contextlib.redirect_stdout(io.StringIO()):
        ranker.analyze(text=text, lower=False, source="all_filters")
    chosen: list[Pair] = []
    room = _LIMIT
    for found in ranker.get_key_sentences(num=8, sentence_min_len=6):
        words = found.sentence.strip()
        start = page_text.find(words, sentences[0][0] if sentences else 0)
        if start >= 0 and (len(words) <= room or not chosen):
            chosen.append((start, start + len(words)))
            room -= len(words)
    return sorted(chosen)


# ---- numbers


def print_numbers(pages: list[tuple[str, Page, Truth]]) -> None:
    """The two tables over all pages."""
    words = {system: Counter[str]() for system in _SYSTEMS}
    told = {system: Counter[str]() for system in _SUMMARIES}
    for _, page, truth in pages:
        outputs = outputs_for(page, body_of(truth), extract(page))
        for system, keywords in outputs.keywords.items():
            words[system].update(_keyword_counts(page, truth, keywords))
        for system, places in outputs.summaries.items():
            told[system].update(_summary_counts(page, truth, places))
    print("| keywords | number | cut | an annotated name | not in the body | characters each |")
    print("|---|---|---|---|---|---|")
    for system, count in words.items():
        shares = [f"{count[part] / max(1, count['all']):.0%}" for part in ("cut", "name", "missing")]
        print(
            f"| {system} | {count['all']} | {' | '.join(shares)} | {count['characters'] / max(1, count['all']):.1f} |"
        )
    print(
        "\n| summary | characters a page | main events told | figures told | sentences | leaning | half a quotation |"
    )
    print("|---|---|---|---|---|---|---|")
    for system, count in told.items():
        events, figures = count["events told"] / count["events"], count["figures told"] / count["figures"]
        row = (count["characters"] / len(pages), events, figures)
        print("| {} | {:.0f} | {:.0%} | {:.0%} |".format(system, *row), end=" ")
        print(f"{count['sentences']} | {count['leaning']} | {count['cut']} |")


def _keyword_counts(page: Page, truth: Truth, keywords: list[str]) -> Counter[str]:
    folded = fold(page.text)
    names = [tuple(pair) for kind in _NAMED for fact in truth.get(kind) or () for pair in fact.get("mentions") or ()]
    surfaces = {folded[start:end].strip("《》“”") for start, end in names}
    counts: Counter[str] = Counter()
    for keyword in keywords:
        words = fold(keyword)
        places = [place for start, end in body_of(truth) for place in _places(folded, words, start, end)]
        cut = sum(any(_is_cut(place, name) for name in names) for place in places)
        counts["all"] += 1
        counts["characters"] += len(words)
        counts["missing"] += not places
        counts["cut"] += bool(places) and 2 * cut > len(places)
        counts["name"] += words.strip("《》“”") in surfaces
    return counts


def _places(text: str, words: str, start: int, end: int) -> Iterator[Pair]:
    found = text.find(words, start, end)
    while found >= 0:
        yield found, found + len(words)
        found = text.find(words, found + 1, end)


def _is_cut(place: Pair, name: Pair) -> bool:
    """Whether the place lies in a longer name, or a name ends inside it."""
    if name[0] >= place[1] or name[1] <= place[0]:
        return False
    inside = name[0] <= place[0] and place[1] <= name[1] and name != place
    return inside or not (place[0] <= name[0] and name[1] <= place[1])


def _summary_counts(page: Page, truth: Truth, places: list[Pair]) -> Counter[str]:
    counts: Counter[str] = Counter(sentences=len(places), characters=sum(end - start for start, end in places))
    events = [event for event in truth.get("events") or () if not event.get("optional")]
    figures = [fact for kind in ("targets", "statistics") for fact in truth.get(kind) or () if not fact.get("optional")]
    figures = [fact for fact in figures if fact.get("value_span")]
    counts["events"], counts["figures"] = len(events), len(figures)
    counts["events told"] = sum(
        _told(event.get("trigger_span") or event["evidence"], event["evidence"], page, places) for event in events
    )
    counts["figures told"] = sum(_told(fact["value_span"], fact["evidence"], page, places) for fact in figures)
    folded, cues = fold(page.text), bundled_rulebook().cues("summary")
    for number, (start, end) in enumerate(places):
        joins = number and not folded[places[number - 1][1] : start].strip()
        counts["leaning"] += not joins and cues["dangling"].match(folded, start, end) is not None
        counts["cut"] += not is_balanced(folded, start, end)
    return counts


def _told(span: Truth, evidence: Truth, page: Page, places: Iterable[Pair]) -> bool:
    """Whether a place holds the span, or the words of its evidence stand there."""
    for start, end in places:
        if (start <= span["start"] and span["end"] <= end) or evidence["text"] in page.text[start:end]:
            return True
    return False


# ---- side by side


def print_side_by_side(page: Page) -> None:
    """Keywords, summaries and digest of one page, as Markdown."""
    record = extract(page)
    body = [(block.start, block.end) for block in record.body if block.role in ("paragraph", "item")]
    if not body:
        return
    outputs = outputs_for(page, body, record)
    print(f"\n### {Path(page.doc_id).name}\n")
    print_keywords(outputs)
    print()
    for system in (_SUMMARIES[0], *_SUMMARIES[2:]):
        print(f"- {system}, summary: " + " / ".join(_on_one_line(page.text[s:e]) for s, e in outputs.summaries[system]))
    print(f"- {_SUMMARIES[0]}, digest: {outputs.digest}")


def print_keywords(outputs: Outputs) -> None:
    """The keywords of every system, a line each."""
    for system, keywords in outputs.keywords.items():
        print(f"- {system}: {'、'.join(map(_on_one_line, keywords))}")


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


if __name__ == "__main__":
    main()
