"""Who said what, in which capacity, verbatim or reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from mingjian.core.model.article import Article, Sentence
from mingjian.core.model.facts import Names, Organisation, Person, Quote
from mingjian.core.model.span import Pair, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of
from mingjian.core.text.sentences import sentence_at, trim

_OPEN, _CLOSE = "“「", "”」"
_AFTER = frozenset({"after", "bare"})
_LONGEST = 900
_LEAST = 6
_FAR = 80
_NEAR = 8
_TITLE_LENGTH = 16

# Function words of the language, read between a speaker and the verb.
_PRONOUN = re.compile(r"(?:^|[^其])(?P<who>他|她|其)[^，,。]{0,20}$")
_ROLE = re.compile(
    r"(?P<who>(?:[一多几两三]位)?(?:业内|有关|相关|市场|该|受访|行业|多名|多位|有|公司|法律|接近\w{1,6}的)?"
    r"(?:相关|有关|主要|技术)?(?:专家|人士|分析师|分析人士|负责人|发言人|工作人员|知情人士|业内|学者|网友|用户|消费者|律师|机构))"
    r"(?:普遍|分析|均|也|还|则|都|进一步|对[^，,。]{1,16}|向[^，,。]{1,16}|在接受[^，,。]{1,20}时)?$"
)
_MEETING = re.compile(r"(?P<who>[\u4e00-\u9fff“”]{0,12}(?:会议|国常会|常务会|全会|论坛|座谈会|推进会))(?:还|也|同时|进一步|特别)?$")
_COMPANY = re.compile(r"(?:^|[^\u4e00-\u9fff])(?P<who>该?公司|本公司)(?:方面|方|还|也|则|同时|对此)?$")
_NO_SUBJECT = re.compile(r"^(?:并|还|也|同时|随后|会上|其中|进一步|再次|明确|特别|反复|并且|而|他|亦|多次|均|在会上|主持会议时|一致){0,3}$")
_DOCUMENT = re.compile(
    r"(?:》|报告|方案|意见|规划|通知|计划|文件|措施|办法|条例|纲要|政策|数据|行动|合同|指南|协议|研报|消息|公告|统计|名单|结果|显示|规定|通报|白皮书)"
    r"(?:中|里|还|也|则|明确|首次|同时|进一步|均|都)?$"
)
_BETWEEN = re.compile(
    r"(?:[^，,。]{0,6}(?:方面|相关负责人|负责人|发言人|董事会|党组|研究团队|团队|官方))?"
    r"(?:此前|近日|日前|今日|昨日|昨天|今天|随后|当[天日]|同时|还|也|则|曾|亦|均|都|[0-9一二三四五六七八九十]{1,3}[年月日]|[上下]午|晚间?|"
    r"最新|公开|明确|进一步|再次|特别|多次|首次|对此|一致|分析|回应|在[^，,。]{1,40}|于[^，,。]{1,24}|对[^，,。]{1,40}|向[^，,。]{1,30}|"
    r"就[^，,。]{1,40}|通过[^，,。]{1,24}|接受[^，,。]{1,30}|[(（][^()（）]{1,40}[)）]|发[布表]\S{0,12}|官[网微宣]){0,4}"
)
_ADDRESSED = re.compile(r"[对向与和跟同给受经让被由据]$")


class _Scene(msgspec.Struct, frozen=True):
    article: Article
    people: tuple[Mention, ...]
    organisations: tuple[Mention, ...]


class _Speaker(msgspec.Struct, frozen=True):
    """Who speaks: the name to report, the person behind it if known, and the place of the words."""

    name: str
    place: Pair
    person: Person | None = None
    words: Pair | None = None


class _Content(msgspec.Struct, frozen=True):
    mode: Literal["direct", "indirect"]
    place: Pair


def annotate_quotes(article: Article, matches: Sequence[Match], names: Names) -> tuple[Quote, ...]:
    """The quotes of the body in page order, one a cue verb; the evidence is the content alone."""
    scene = _Scene(article, mentions_of(names.people), mentions_of(names.organisations))
    quotes: list[Quote] = []
    taken: set[tuple[str, int]] = set()
    last: _Speaker | None = None
    for match in sorted(matches, key=_bare_last):
        cue = match.span("cue") or match.span("attribution") or (match.start, match.end)
        side = "before" if match.rule.fields["form"] in _AFTER else "behind"
        if (side, cue[1]) in taken:
            continue
        content = _content(article, match, cue)
        speaker = _speaker(scene, match, cue, content, last) if content else None
        if content is None or speaker is None or _overlaps(content.place, quotes):
            continue
        taken.add((side, cue[1]))
        last = speaker if speaker.person or not last else last
        quotes.append(_quote(article, match, cue, speaker, content))
    return tuple(sorted(quotes, key=lambda quote: quote.evidence.start))


def _bare_last(match: Match) -> tuple[bool, int]:
    return (match.rule.fields["form"] == "bare", match.start)


def _quote(article: Article, match: Match, cue: Pair, speaker: _Speaker, content: _Content) -> Quote:
    start = speaker.place[0] if speaker.place[1] <= cue[0] and cue[0] - speaker.place[0] < _FAR else cue[0]
    person = speaker.person
    words = speaker.words or speaker.place
    elsewhere = not (start <= words[0] and words[1] <= cue[1])
    return Quote(
        evidence=cite(article.text, *content.place),
        by=match.rule.id,
        parts={"speaker": (words,)},
        support=(cite(article.text, *words),) if elsewhere else (),
        speaker=speaker.name,
        title=person.title if person else None,
        affiliation=person.affiliation if person else None,
        mode=content.mode,
        cue_span=cite(article.text, start, cue[1]),
    )


def _overlaps(place: Pair, quotes: Sequence[Quote]) -> bool:
    return any(quote.evidence.start < place[1] and place[0] < quote.evidence.end for quote in quotes[-3:])


# ---- what is said


def _content(article: Article, match: Match, cue: Pair) -> _Content | None:
    """What is said: in quotation marks before or after the cue, or in the rest of the sentence."""
    if match.rule.fields["form"] in _AFTER:
        return _quoted_before(article, match.start)
    start = match.end if match.rule.fields["form"] != "joined" else cue[1]
    sentence = sentence_at(article.sentences, cue[0])
    if sentence is None:
        return None
    return _quoted_from(article, start, sentence) or _reported(article, start, sentence)


def _quoted_before(article: Article, close: int) -> _Content | None:
    """The words in quotation marks that end at ``close``, if they are a saying and not a name."""
    sentence = sentence_at(article.sentences, close)
    if sentence is None:
        return None
    low = max(article.body[sentence.block].start, close - _LONGEST)
    depth = 0
    for place in range(close, low - 1, -1):
        depth += (article.folded[place] in _CLOSE) - (article.folded[place] in _OPEN)
        if depth == 0:
            break
    else:
        return None
    content = (place + 1, close)
    ended = article.folded[close - 1] in "。！？!?，,…"
    if content[1] - content[0] < _LEAST or not (ended or (content[1] - content[0] > 12 and article.folded[close + 1] in ",，")):
        return None
    return _Content("direct", content)


def _quoted_from(article: Article, start: int, sentence: Sentence) -> _Content | None:
    """The words in quotation marks that begin at ``start``, if they are a saying and not a name."""
    if article.folded[start : start + 1] not in tuple(_OPEN):
        return None
    high = min(article.body[sentence.block].end, start + _LONGEST)
    depth = 0
    for place in range(start, high):
        depth += (article.folded[place] in _OPEN) - (article.folded[place] in _CLOSE)
        if depth == 0:
            break
    else:
        return None
    content = (start + 1, place)
    after = article.folded[place + 1 : place + 2]
    ended = article.folded[place - 1] in "。！？!?，,…" or after in ("", "。", "！", "？", "；", ";", "，", ",", "\n", "…", " ")
    return _Content("direct", content) if ended and place - start > _LEAST else None


def _reported(article: Article, start: int, sentence: Sentence) -> _Content | None:
    """The rest of the sentence without its closing mark."""
    if start >= sentence.end:
        return None
    start, end = trim(article.text, start, sentence.end)
    while end > start and article.text[end - 1] in "。！？!?；;":
        end -= 1
    return _Content("indirect", (start, end)) if end - start >= _LEAST else None


# ---- who says it


def _speaker(scene: _Scene, match: Match, cue: Pair, content: _Content, last: _Speaker | None) -> _Speaker | None:
    """The person, pronoun, office, meeting or organisation that the cue belongs to."""
    fields = match.rule.fields
    if fields["form"] == "bare":
        person = _person(scene, cue[0], cue[1])
        return person if person and person.place[0] - cue[0] <= _TITLE_LENGTH else None
    low = _clause_start(scene.article, match, cue)
    person = _person(scene, low, cue[0])
    if fields["form"] == "joined":
        if person is not None and cue[0] - person.place[1] > _NEAR // 2:
            return None
        return person or (_pronoun(scene.article, low, cue[0], last) if cue[0] - low <= _NEAR else None)
    if person is not None:
        return person
    found = _pronoun(scene.article, low, cue[0], last) or _organisation(scene, low, cue[0]) or _office(scene.article, low, cue[0])
    return found or (None if fields.get("strict") and content.mode == "indirect" else _carried(scene, low, cue[0], last))


def _clause_start(article: Article, match: Match, cue: Pair) -> int:
    """Where the clause of the cue begins, or the attribution where the rule marks one."""
    attribution = match.span("attribution")
    if attribution is not None:
        return attribution[0]
    sentence = sentence_at(article.sentences, cue[0])
    if sentence is None:
        return cue[0]
    clauses = clauses_between(article.folded, sentence.start, sentence.end)
    return clauses[clause_number(clauses, cue[0])][0]


def _person(scene: _Scene, low: int, high: int) -> _Speaker | None:
    for mention in reversed(mentions_between(scene.people, low, high)):
        if not _ADDRESSED.search(scene.article.folded[max(low, mention.start - 1) : mention.start]):
            if _DOCUMENT.search(scene.article.folded, mention.end, high):
                return None
            return _Speaker(mention.bearer.name, mention.pair, mention.bearer)  # type: ignore[arg-type]
    return None


def _pronoun(article: Article, low: int, high: int, last: _Speaker | None) -> _Speaker | None:
    found = _PRONOUN.search(article.folded[low:high])
    if found is None or last is None:
        return None
    start, end = found.span("who")
    return msgspec.structs.replace(last, place=(low + start, low + end), words=last.words or last.place)


def _organisation(scene: _Scene, low: int, high: int) -> _Speaker | None:
    """The organisation that the clause begins with, if nothing but circumstances stands between it and the cue."""
    folded = scene.article.folded
    if _DOCUMENT.search(folded[low:high]):
        return None
    for mention in reversed(mentions_between(scene.organisations, low, high)):
        if _BETWEEN.fullmatch(folded, mention.end, high) and not _ADDRESSED.search(folded[max(low, mention.start - 1) : mention.start]):
            bearer = mention.bearer
            return _Speaker(bearer.name, mention.pair) if isinstance(bearer, Organisation) else None
    return None


def _office(article: Article, low: int, high: int) -> _Speaker | None:
    """A meeting, an office or a class of people without a name."""
    words = article.folded[low:high]
    for pattern in (_MEETING, _ROLE):
        found = pattern.search(words)
        if found:
            start, end = found.span("who")
            return _Speaker(article.text[low + start : low + end], (low + start, low + end))
    return None


def _carried(scene: _Scene, low: int, cue: int, last: _Speaker | None) -> _Speaker | None:
    """The speaker of the clause before, where the cue's own clause has no subject (…,并强调,…)."""
    if not _NO_SUBJECT.match(scene.article.folded[low:cue].strip("”」 ")):
        return None
    sentence = sentence_at(scene.article.sentences, cue)
    start = sentence.start if sentence else low
    people = mentions_between(scene.people, start, low)
    if people:
        return _Speaker(people[-1].bearer.name, people[-1].pair, people[-1].bearer)  # type: ignore[arg-type]
    return _pronoun(scene.article, start, low, last)
