"""What is said: in quotation marks before or after the cue, or in the rest of the sentence."""

from __future__ import annotations

from mingjian.core.annotate.quotes.marks import OPENING
from mingjian.core.annotate.quotes.scene import AFTER, Content, Scene
from mingjian.core.model.article import Article, Sentence
from mingjian.core.model.span import Pair
from mingjian.core.text.matching import Match
from mingjian.core.text.sentences import sentence_at, trim

# Forms of writing, not words: the marks that end a saying.
_ENDS = "。！？!?…"
_MARKS = "。！？!?；;，,…\n "
_LONGEST = 900
_BLOCKS = 12
_LEAST = 6
_LEAST_REPORTED = 4
_LEAST_ENDED = 3


def content_of(scene: Scene, match: Match, cue: Pair) -> Content | None:
    """What is said before or behind this cue, or None where it is no saying."""
    article, form = scene.article, match.rule.fields["form"]
    if form in AFTER:
        return _before(scene, match.start, form)
    if form == "continued":
        return _going_on(scene, match.start)
    start = match.end if form != "joined" else cue[1]
    sentence = sentence_at(article.sentences, cue[0])
    if sentence is None:
        return None
    if form == "turn":
        return Content("direct", _turn(scene, start, sentence.block))
    direct = _behind(scene, start, sentence.block)
    if form == "told":
        return direct if direct and _is_speech(scene, direct.place) else None
    return direct or _reported(scene, start, sentence)


def _before(scene: Scene, close: int, form: str) -> Content | None:
    """The words in quotation marks that end at ``close``, if they are a saying and not a name, as the form tells."""
    article = scene.article
    sentence = sentence_at(article.sentences, close)
    if sentence is None:
        return None
    block = article.body[sentence.block]
    opened = scene.marks.opening(max(block.start, close - _LONGEST), close)
    if opened is None:
        return None
    if opened == block.start:
        opened = _opened_above(scene, sentence.block)
    length, spoken = close - opened - 1, form == "after"
    ended = article.folded[close - 1] in _ENDS + ",，"
    begins = opened == block.start or article.folded[opened - 1] in _ENDS + "”」：:\n"
    if scene.cues["mentioned"].search(article.folded, opened - 1, opened):
        return None
    long = article.folded[close + 1] in ",，" and length > (_LEAST if begins and spoken else 2 * _LEAST)
    if form == "own":
        return Content("direct", (opened + 1, close)) if length >= _LEAST else None
    if length < (_LEAST_ENDED if ended and spoken and begins else _LEAST) or not (ended or long):
        return None
    return Content("direct", (opened + 1, close))


def _is_speech(scene: Scene, place: Pair) -> bool:
    """Whether words in quotation marks are a sentence, or at least clauses that end the sentence they stand in."""
    folded, end = scene.article.folded, place[1]
    if folded[end - 1] in _ENDS:
        return True
    closed = folded[end + 1 : end + 2] in ("。", "！", "!", "\n", "")
    return closed and end - place[0] > _LEAST and scene.cues["spoken"].search(folded, *place) is not None


def _opened_above(scene: Scene, number: int) -> int:
    """Where a quotation begins that opens this paragraph, or those above if it runs on from them."""
    article = scene.article
    opened = article.body[number].start
    for above in range(number - 1, max(number - _BLOCKS, -1), -1):
        block = article.body[above]
        found = scene.marks.unclosed(block.start, block.end) if _adjoins(article, above) else None
        if found is None:
            break
        opened = found
        if opened != block.start:
            break
    return opened


def _adjoins(article: Article, number: int) -> bool:
    """Whether nothing but white space stands between a block and the next."""
    low, high = article.body[number].end, article.body[number + 1].start
    return not article.text[low:high].strip()


def _behind(scene: Scene, start: int, number: int) -> Content | None:
    """The words in quotation marks that begin at ``start``, if they are a saying and not a name."""
    article, folded = scene.article, scene.article.folded
    if folded[start : start + 1] not in tuple(OPENING):
        return None
    high = min(article.body[number].end, start + _LONGEST)
    close = scene.marks.closing(start, high)
    if close is None:
        close = _closed_below(scene, number)
        return Content("direct", (start + 1, close)) if close else None
    ended = folded[close - 1] in _ENDS
    if not (ended or folded[close - 1] in ",，" or folded[close + 1 : close + 2] in _MARKS):
        return None
    return Content("direct", (start + 1, close)) if close - start > (_LEAST_ENDED if ended else _LEAST) else None


def _closed_below(scene: Scene, number: int) -> int | None:
    """Where a quotation ends that runs over the paragraphs below, each of which opens it again."""
    article = scene.article
    if scene.marks.unclosed(article.body[number].start, article.body[number].end) is None:
        return None
    for below in range(number + 1, min(number + _BLOCKS, len(article.body))):
        block = article.body[below]
        if not _adjoins(article, below - 1) or article.folded[block.start] not in OPENING:
            return None
        close = scene.marks.closing(block.start, block.end)
        if close is not None:
            return close
    return None


def _going_on(scene: Scene, start: int) -> Content | None:
    """The whole sentences in quotation marks that begin at ``start`` and have no cue behind them."""
    article = scene.article
    sentence = sentence_at(article.sentences, start)
    found = _behind(scene, start, sentence.block) if sentence else None
    if found is None or sentence is None:
        return None
    close, high = found.place[1], article.body[sentence.block].end
    if close - start <= _LEAST or article.folded[close - 1] not in _ENDS:
        return None
    return None if scene.cues["cued"].match(article.folded, close + 1, high) else found


def _reported(scene: Scene, start: int, sentence: Sentence) -> Content | None:
    """The rest of the sentence without its closing mark, or as far as the same speaker's next verb."""
    article = scene.article
    if start >= sentence.end:
        return None
    start, end = trim(article.text, start, sentence.end)
    further = scene.cues["further"].search(article.folded, start + _LEAST_REPORTED, end)
    end = further.start() if further else end
    while end > start and article.text[end - 1] in "。！？!?；;，,":
        end -= 1
    return Content("indirect", (start, end)) if end - start >= _LEAST_REPORTED else None


def _turn(scene: Scene, start: int, number: int) -> Pair:
    """What is said in one turn: its block, and the blocks up to the next question where answers are labelled so."""
    article, last = scene.article, number
    if scene.cues["answer"].search(article.folded, article.body[number].start, start):
        for below in range(number + 1, min(number + _BLOCKS, len(article.body))):
            block = article.body[below]
            if scene.cues["question"].match(article.folded, block.start, block.end):
                last = below - 1
                break
            if not _adjoins(article, below - 1) or block.role != "paragraph":
                break
    return trim(article.text, start, article.body[last].end)
