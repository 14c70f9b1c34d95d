"""Whether a page is about artificial intelligence, and whether about policy: scores that show their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from mingjian.core.model.article import Article
from mingjian.core.model.facts import Organisation, Policy, Technology
from mingjian.core.model.outcome import Cited, Outcome
from mingjian.core.model.relevance import Relevance, TopicScore, TopicWord
from mingjian.core.model.span import Pair, Span
from mingjian.core.text.contexts import is_barred, is_weak
from mingjian.core.text.folding import fold
from mingjian.core.text.group import GroupFindings
from mingjian.core.text.lexicon_matching import LexiconHit
from mingjian.core.text.matching import Match
from mingjian.core.text.sentences import sentence_at

_DIGITS = 2
_Part = Literal["title", "lead", "body"]
Hits = Mapping[str, Sequence[LexiconHit]]


class Named(msgspec.Struct, frozen=True):
    """What other annotators found that speaks for a topic."""

    technologies: Sequence[Technology]
    policies: Sequence[Policy]
    organisations: Sequence[Organisation]
    genres: Sequence[Match]


class _Word(msgspec.Struct, frozen=True, gc=False):
    """Words that speak for a topic, where they stand."""

    start: int
    end: int
    weight: float


def find_relevance(
    article: Article, found: GroupFindings, hits: Hits, titled: tuple[Outcome[str], Hits], named: Named
) -> Relevance:
    """How far the page is about artificial intelligence and about policy, each with the words that say so.

    ``titled`` is the headline with the names that stand in it, counted from its first character.
    """
    ai, policy = found.settings["ai"], found.settings["policy"]
    kept = {pair for technology in named.technologies for pair in technology.mentions}
    technologies = [hit for hit in hits["technologies"] if (hit.start, hit.end) in kept]
    title, in_title = titled
    strong = [hit for hit in in_title["technologies"] if not is_weak(hit)]
    return Relevance(
        ai=_scored(article, ai, _technologies(technologies, ai), title, _technologies(strong, ai)),
        policy=_scored(
            article,
            policy,
            [*_policy_words(article.folded, hits["policy_words"]), *_named(named, policy)],
            title,
            [*_policy_words(_folded_title(title), in_title["policy_words"]), *_organs(in_title["names"], policy)],
        ),
    )


def _technologies(hits: Iterable[LexiconHit], rule: Mapping[str, Any]) -> list[_Word]:
    """The technologies that say something, by the weight of their id or else of their group."""
    ids, groups = rule["ids"], rule["groups"]
    weighed = ((hit, ids.get(hit.entry.id, groups.get(hit.entry.fields["group"], 0.0))) for hit in hits)
    return [_Word(hit.start, hit.end, weight) for hit, weight in weighed if weight]


def _policy_words(folded: str, hits: Iterable[LexiconHit]) -> list[_Word]:
    return [_Word(hit.start, hit.end, float(hit.entry.fields["weight"])) for hit in hits if not is_barred(folded, hit)]


def _organs(hits: Iterable[LexiconHit], rule: Mapping[str, Any]) -> list[_Word]:
    """The organs of state among the names of a headline."""
    lexicon = rule["lexicon_of_bodies"]
    return [_Word(hit.start, hit.end, rule["body"]) for hit in hits if hit.entry.lexicon == lexicon]


def _named(named: Named, rule: Mapping[str, Any]) -> list[_Word]:
    """The documents that the page names, the organs of state, and the formulas of a document."""
    bodies = frozenset(rule["bodies"])
    organs = (pair for one in named.organisations if one.type in bodies for pair in one.mentions)
    documents = (pair for one in named.policies for pair in one.mentions)
    formulas = (match for match in named.genres if match.rule.fields["type"] == rule["genre_type"])
    return [
        *(_Word(match.start, match.end, rule["genre"]) for match in formulas),
        *(_Word(start, end, rule["document"]) for start, end in documents),
        *(_Word(start, end, rule["body"]) for start, end in organs),
    ]


def _scored(
    article: Article, rule: Mapping[str, Any], words: Sequence[_Word], title: Outcome[str], in_title: Sequence[_Word]
) -> TopicScore:
    """The weighted mean of the three parts; without a headline, of the other two."""
    lead_end = article.body[0].start + rule["lead_characters"] if article.body else 0
    lead = max((word.weight for word in words if word.start < lead_end), default=0.0)
    share = _share(article, rule, words)
    headline = max((word.weight for word in in_title), default=0.0) if isinstance(title, Cited) else None
    parts = [(rule["lead_part"], lead), (rule["share_part"], share)]
    if headline is not None:
        parts.append((rule["title_part"], headline))
    score = round(sum(part * value for part, value in parts) / sum(part for part, _ in parts), _DIGITS)
    shown = [*_shown(article.text, words, lead_end), *_shown_of_title(title, in_title)]
    ordered = sorted(shown, key=lambda word: (-word.weight * (1 + len(word.evidence.also)), word.evidence.pair))
    return TopicScore(
        score=score,
        relevant=score >= rule["least"],
        title=headline,
        lead=lead,
        share=round(share, _DIGITS),
        words=tuple(ordered),
    )


def _share(article: Article, rule: Mapping[str, Any], words: Iterable[_Word]) -> float:
    """How much of the sentences speaks of the topic, by the heaviest word of each, against what a page about it has."""
    heaviest: dict[int, float] = {}
    for word in words:
        sentence = sentence_at(article.sentences, word.start)
        if sentence is not None:
            heaviest[sentence.start] = max(word.weight, heaviest.get(sentence.start, 0.0))
    length = sum(block.end - block.start for block in article.body)
    count = max(len(article.sentences), rule["least_sentences"], length / rule["sentence_characters"])
    speaking: float = sum(heaviest[start] for start in sorted(heaviest)) / (rule["full_share"] * count)
    return min(1.0, speaking)


def _shown(text: str, words: Sequence[_Word], lead_end: int) -> list[TopicWord]:
    """The words of the article, each once with all its places."""
    places: dict[str, list[_Word]] = {}
    for word in sorted(set(words), key=lambda word: (word.start, word.end)):
        places.setdefault(text[word.start : word.end], []).append(word)
    found: list[TopicWord] = []
    for printed, same in places.items():
        first = same[0]
        also: tuple[Pair, ...] = tuple((word.start, word.end) for word in same[1:])
        part: _Part = "lead" if first.start < lead_end else "body"
        span = Span(first.start, first.end, printed, also)
        found.append(TopicWord(span, max(word.weight for word in same), part))
    return found


def _shown_of_title(title: Outcome[str], words: Iterable[_Word]) -> list[TopicWord]:
    if not isinstance(title, Cited):
        return []
    evidence = title.evidence
    return [
        TopicWord(
            Span(
                evidence.start + word.start,
                evidence.start + word.end,
                evidence.text[word.start : word.end],
                (),
                evidence.layer,
            ),
            word.weight,
            "title",
        )
        for word in words
    ]


def _folded_title(title: Outcome[str]) -> str:
    return fold(title.evidence.text) if isinstance(title, Cited) else ""
