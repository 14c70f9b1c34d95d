"""Whether a page is about artificial intelligence, and whether about policy: scores that show their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
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

_DIGITS = 2
_Part = Literal["title", "lead", "body"]
Hits = Mapping[str, Sequence[LexiconHit]]
_Word = tuple[int, int, float]  # words that speak for a topic: where they stand, and how much they say


class Named(msgspec.Struct, frozen=True):
    """What other annotators found that speaks for a topic."""

    technologies: Sequence[Technology]
    policies: Sequence[Policy]
    organisations: Sequence[Organisation]
    genres: Sequence[Match]


def find_relevance(
    article: Article, found: GroupFindings, hits: Hits, titled: tuple[Outcome[str], Hits], named: Named
) -> Relevance:
    """How far the page is about artificial intelligence and about policy, each with the words that say so.

    ``titled`` is the headline with the names that stand in it, counted from its first character.
    """
    ai, policy = found.settings["ai"], found.settings["policy"]
    kept = {end for technology in named.technologies for _, end in technology.mentions}
    technologies = [
        hit for hit in hits["technologies"] if hit.end in kept
    ]  # a mention may begin before it: 海洋|大模型
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
    """The technologies that say something, by the weight of their id or else of their group; AI眼镜 says AI itself."""
    ids, groups, saying = rule["ids"], rule["groups"], rule["saying"]
    words: list[_Word] = []
    for hit in hits:
        weight = ids.get(hit.entry.id, groups.get(hit.entry.fields["group"], 0.0))
        if any(word in hit.surface for word in saying):
            weight = max(weight, rule["said"])
        if weight:
            words.append((hit.start, hit.end, weight))
    return words


def _policy_words(folded: str, hits: Iterable[LexiconHit]) -> list[_Word]:
    return [(hit.start, hit.end, float(hit.entry.fields["weight"])) for hit in hits if not is_barred(folded, hit)]


def _organs(hits: Iterable[LexiconHit], rule: Mapping[str, Any]) -> list[_Word]:
    """The organs of state among the names of a headline."""
    lexicon = rule["lexicon_of_bodies"]
    return [(hit.start, hit.end, rule["body"]) for hit in hits if hit.entry.lexicon == lexicon]


def _named(named: Named, rule: Mapping[str, Any]) -> list[_Word]:
    """The documents that the page names, the organs of state, and the formulas of a document."""
    bodies = frozenset(rule["bodies"])
    organs = (pair for one in named.organisations if one.type in bodies for pair in one.mentions)
    documents = (pair for one in named.policies for pair in one.mentions)
    formulas = (match for match in named.genres if match.rule.fields["type"] == rule["genre_type"])
    return [
        *((match.start, match.end, rule["genre"]) for match in formulas),
        *((start, end, rule["document"]) for start, end in documents),
        *((start, end, rule["body"]) for start, end in organs),
    ]


def _scored(
    article: Article, rule: Mapping[str, Any], words: Sequence[_Word], title: Outcome[str], in_title: Sequence[_Word]
) -> TopicScore:
    """The weighted mean of the three parts; without a headline, of the other two.

    A headline may be about something else than its article begins with: then the lead stands for half of it.
    """
    lead_end = _lead_end(article, rule)
    ordered = sorted(set(words))
    lead = max((weight for start, _, weight in ordered if start < lead_end), default=0.0)
    speaking = _speaking(article, ordered)
    share, passage = _share(article, rule, speaking), _passage(rule, speaking)
    headline = max((weight for _, _, weight in in_title), default=0.0) if isinstance(title, Cited) else None
    parts = [(rule["lead_part"], lead), (rule["share_part"], share)]
    if headline is not None:
        parts.append((rule["title_part"], max(headline, rule["lead_for_title"] * lead)))
    mean = sum(part * value for part, value in parts) / sum(part for part, _ in parts)
    score = round(max(mean, rule["passage_part"] * passage), _DIGITS)
    shown = [*_shown(article.text, ordered, lead_end), *_shown_of_title(title, in_title)]
    shown.sort(key=lambda word: (-word.weight * (1 + len(word.evidence.also)), word.evidence.start, word.evidence.end))
    return TopicScore(
        score=score,
        relevant=score >= rule["least"],
        title=headline,
        lead=lead,
        share=round(share, _DIGITS),
        passage=round(passage, _DIGITS),
        words=tuple(shown),
    )


def _lead_end(article: Article, rule: Mapping[str, Any]) -> int:
    """Where the lead ends: behind so many characters; of a short article behind its share of them or first sentence."""
    if not article.body or not article.sentences:
        return 0
    start = article.body[0].start
    length = sum(block.end - block.start for block in article.body)
    share = max(int(rule["lead_share"] * length), article.sentences[0].end - start)
    return start + min(int(rule["lead_characters"]), share)


def _speaking(article: Article, words: Sequence[_Word]) -> list[float]:
    """The heaviest word of each sentence, in page order; the words are in page order too."""
    heaviest = [0.0] * len(article.sentences)
    sentences, number = article.sentences, 0
    for start, _, weight in words:
        while number < len(sentences) and sentences[number].end <= start:
            number += 1
        if number == len(sentences):
            break
        if sentences[number].start <= start and weight > heaviest[number]:
            heaviest[number] = weight
    return heaviest


def _share(article: Article, rule: Mapping[str, Any], speaking: Sequence[float]) -> float:
    """How much of the sentences speaks of the topic, against what a page about it has."""
    length = sum(block.end - block.start for block in article.body)
    count = max(len(speaking), rule["least_sentences"], length / rule["sentence_characters"])
    full: float = rule["full_share"] * count
    return min(1.0, sum(speaking) / full)


def _passage(rule: Mapping[str, Any], speaking: Sequence[float]) -> float:
    """The same of the run of so many sentences that speaks most of it, against what a passage about it has."""
    width = rule["passage_sentences"]
    sums = [0.0, *accumulate(speaking)]
    densest = max((sums[end] - sums[max(0, end - width)] for end in range(1, len(sums))), default=0.0)
    full: float = rule["passage_share"] * width
    return min(1.0, densest / full)


def _shown(text: str, words: Sequence[_Word], lead_end: int) -> list[TopicWord]:
    """The words of the article, each once with all its places."""
    places: dict[str, list[_Word]] = {}
    for word in words:
        places.setdefault(text[word[0] : word[1]], []).append(word)
    found: list[TopicWord] = []
    for printed, same in places.items():
        start, end, _ = same[0]
        also: tuple[Pair, ...] = tuple([word[:2] for word in same[1:]])
        part: _Part = "lead" if start < lead_end else "body"
        found.append(TopicWord(Span(start, end, printed, also), max([word[2] for word in same]), part))
    return found


def _shown_of_title(title: Outcome[str], words: Iterable[_Word]) -> list[TopicWord]:
    if not isinstance(title, Cited):
        return []
    place = title.evidence
    return [
        TopicWord(Span(place.start + start, place.start + end, place.text[start:end], (), place.layer), weight, "title")
        for start, end, weight in words
    ]


def _folded_title(title: Outcome[str]) -> str:
    return fold(title.evidence.text) if isinstance(title, Cited) else ""
