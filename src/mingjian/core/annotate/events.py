"""Events: a trigger, its type, actors, place, date and actuality."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


import msgspec

from mingjian.core.model.annotation import Anchor, DateValue, TimeExpression
from mingjian.core.model.article import Article
from mingjian.core.model.facts import Actuality, Event, Names, Organisation, Parts, Region
from mingjian.core.model.span import Pair, Span, cite
from mingjian.core.text.clauses import clause_number, clauses_between
from mingjian.core.text.matching import Match
from mingjian.core.text.mentions import Mention, mentions_between, mentions_of_names
from mingjian.core.text.sentences import sentence_at

_TITLE_LENGTH = 60
_LEAD_LENGTH = 16
_HEADINGS = frozenset({"heading", "duplicate_heading", "byline"})
_DATING = frozenset({"DATE", "TIME"})
_MEETINGS = frozenset({"meeting", "press_conference", "conference_expo", "study_session"})

# Function words of the language, read in the few words before a trigger.
_UNREAL = re.compile(
    r"(?:如果|若|假如|假设|倘若|一旦|是否|能否|不|未|没有|没|无|尚未|避免|防止|禁止|停止|取消|推迟|暂缓|拒绝|无需|何时|不得|谣言|网传)"
    r"[^，,。]{0,6}$"
)
_PLANNED = re.compile(r"将(?!军|来)|拟|计划(?!》)|预计|有望|即将|准备|力争|择机|下一步|未来|打算|定于|筹备|争取|谋划|明年|欲")
_DIRECTED = re.compile(
    r"要(?!求|闻|素|点|是因)|要求|应当|应该|应|须|需要|鼓励|支持|推动|加快|抓紧|引导|督促|强化|加强|积极|探索|大力|着力|进一步|"
    r"持续|鼓励|深化|优化|完善|推进|围绕|促进|依托|可以|可|能够|需|统筹|用于|通过|不断|逐步"
)
_ONGOING = re.compile(r"正在|着手|正(?=[加推筹建开组紧])|在建|筹建中|陆续")
_DONE = re.compile(r"(?<![为除])了(?!解)|已|成功|完成|正式|顺利|宣布|率先|(?:近|日)日|日前|刚刚|昨|今天|此前|先后|相继|首次|同步|联合")
_COMMON_SUBJECT = re.compile(
    r"(?:公司|企业|集团|部门|政府|大学|中心|实验室|各地|多地|平台|机构|银行|学校|单位|双方|我国|央企|国企|团队|人大|法院|检察院|"
    r"[委厅局院部省市县区会办]|[他她]们?|该[\u4e00-\u9fff]{1,3}|本[市省区县公])[^\u4e00-\u9fff]?"
)
_SPEECH = re.compile(r"表示|认为|说|称|介绍|透露|坦言|建议|呼吁")
_TITLE = re.compile(r"《[^《》]{1,120}》")
_TITLE_OR_NAME = re.compile(r"《[^《》]{1,120}》|“[^“”]{1,30}”")
_CARRIES_MEETING = re.compile(r"会[上议间]|大会|论坛|与会|期间|现场|仪式上|当[天日]|同日|同步|活动")
_PLACE_BEFORE = re.compile(r"[在于至赴]$")


class _Scene(msgspec.Struct, frozen=True):
    """What every event of the page is read against."""

    article: Article
    times: Sequence[TimeExpression]
    mentions: tuple[Mention, ...]
    anchor: Anchor


class _Place(msgspec.Struct, frozen=True):
    """Where one event stands: its sentence's clauses, the number of its own, its evidence, its trigger."""

    clauses: tuple[Pair, ...]
    number: int
    evidence: Pair
    trigger: Pair

    @property
    def clause(self) -> Pair:
        return self.clauses[self.number]

    @property
    def sentence(self) -> Pair:
        return (self.clauses[0][0], self.clauses[-1][1])


class _Dated(msgspec.Struct, frozen=True):
    """A date and where its words stand: in the evidence, elsewhere, or nowhere."""

    date: DateValue
    words: Pair | None = None
    support: tuple[Pair, ...] = ()


def annotate_events(
    article: Article, matches: Sequence[Match], times: Sequence[TimeExpression], names: Names, anchor: Anchor
) -> tuple[Event, ...]:
    """The events of the body in page order, each once: where a page tells an event again, the first telling stays."""
    scene = _Scene(article, times, mentions_of_names(names), anchor)
    events: list[Event] = []
    for match in _strongest(matches):
        event = _event(scene, match, events)
        if event is not None and not _told_before(event, events):
            events.append(event)
    return tuple(events)


def _strongest(matches: Iterable[Match]) -> list[Match]:
    """Of matches whose triggers overlap, the longest; the first rule where they are equally long."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (-(match.end - match.start), match.start)):
        low, high = _trigger(match)
        if all(high <= start or end <= low for start, end in map(_trigger, kept)):
            kept.append(match)
    return sorted(kept, key=_trigger)


def _trigger(match: Match) -> Pair:
    return match.span("trigger") or (match.start, match.end)


def _event(scene: _Scene, match: Match, earlier: Sequence[Event]) -> Event | None:
    """The event that the match states, or None where the words around it say that nothing happened."""
    place = _place(scene, match)
    if place is None or _UNREAL.search(scene.article.folded, *_before(place)):
        return None
    fields = match.rule.fields
    dated = _dated(scene, place, match, earlier)
    actuality = _actuality(scene, place, match)
    inside = dated.words if dated.words and _within(dated.words, place.evidence) else None
    if (fields.get("dated") and not inside) or not _is_told(scene, place, match, actuality, bool(inside)):
        return None
    text = scene.article.text
    actors, venue = _actors(scene, place), _venue(scene, place)
    return Event(
        evidence=cite(text, *place.evidence),
        by=match.rule.id,
        parts=_parts(actors, venue),
        support=_cite_all(text, dated, inside),
        type=fields["type"],
        title=_title(text, place, inside),
        actors=tuple(dict.fromkeys(_name(mention) for mention in actors)),
        place=_name(venue) if venue is not None else None,
        date=dated.date,
        actuality=actuality,
        trigger_span=cite(text, *place.trigger),
        date_span=cite(text, *inside) if inside else None,
    )


def _parts(actors: Sequence[Mention], venue: Mention | None) -> Parts:
    parts: Parts = {}
    if actors:
        parts["actors"] = tuple(mention.pair for mention in actors)
    if venue is not None:
        parts["place"] = (venue.pair,)
    return parts


def _place(scene: _Scene, match: Match) -> _Place | None:
    """The clause that holds the trigger, to the end of the match, from the date that leads it."""
    trigger = _trigger(match)
    sentence = sentence_at(scene.article.sentences, trigger[0])
    if sentence is None or scene.article.body[sentence.block].role in _HEADINGS:
        return None
    clauses = clauses_between(scene.article.folded, sentence.start, sentence.end)
    number = clause_number(clauses, trigger[0])
    last = clause_number(clauses, max(match.end - 1, trigger[0]))
    if match.rule.fields.get("follow") and last + 1 < len(clauses):
        last += 1
    start, end = clauses[number][0], max(clauses[last][1], match.end)
    if match.rule.fields.get("reach") == "sentence":
        start = clauses[0][0]
    elif number and _leads(scene, clauses[number - 1]):
        start = clauses[number - 1][0]
    return _Place(clauses, number, (start, end), trigger)


def _leads(scene: _Scene, clause: Pair) -> bool:
    """Whether a clause is no more than the date of the next one."""
    if clause[1] - clause[0] > _LEAD_LENGTH:
        return False
    covered = sum(time.end - time.start for time in _times_between(scene.times, *clause))
    return 2 * covered >= clause[1] - clause[0]


def _before(place: _Place) -> Pair:
    return (max(place.clause[0], place.trigger[0] - 12), place.trigger[0])


def _actuality(scene: _Scene, place: _Place, match: Match) -> Actuality:
    """Whether the event happened, is planned, demanded or under way, by the words before its trigger."""
    settled = match.rule.fields.get("actuality")
    if settled:
        return settled  # type: ignore[no-any-return]
    words = _words(scene, place.clause[0], place.trigger[0])
    if _PLANNED.search(words):
        return "planned"
    if _ONGOING.search(words):
        return "ongoing"
    if _DIRECTED.search(words) and not _is_done(scene, place, match):
        return "directed"
    return "realised"


def _words(scene: _Scene, start: int, end: int) -> str:
    """The words of a stretch without titles and names in quotation marks, which say nothing of when."""
    return _TITLE_OR_NAME.sub("", scene.article.folded[start:end])


def _is_done(scene: _Scene, place: _Place, match: Match) -> bool:
    return bool(_DONE.search(_words(scene, place.clause[0], max(place.trigger[1] + 1, min(match.end, place.clause[1])))))


def _is_told(scene: _Scene, place: _Place, match: Match, actuality: Actuality, dated: bool) -> bool:
    """Whether the clause tells an event, and not a task: somebody does it, it has a day, or it is done."""
    fields = match.rule.fields
    if actuality == "directed" and not fields.get("directed") and not fields.get("actuality"):
        return False
    done = dated or _is_done(scene, place, match)
    if done or fields.get("actuality"):
        return True
    if _SPEECH.search(scene.article.folded, place.sentence[0], place.trigger[0]):
        return False
    return bool(
        fields.get("bare")
        or _actors(scene, place)
        or _COMMON_SUBJECT.search(scene.article.folded, place.clause[0], place.trigger[0])
    )


# ---- who and where


def _actors(scene: _Scene, place: _Place) -> list[Mention]:
    """Who acts: the organisations (else people, else regions) before the trigger, or of the nearest earlier clause."""
    for number in range(place.number, -1, -1):
        low, high = place.clauses[number]
        found = mentions_between(scene.mentions, low, min(high, place.trigger[0]))
        found = [mention for mention in found if not _is_venue(scene, mention)]
        for kind in (Organisation, object):
            chosen = [mention for mention in found if isinstance(mention.bearer, kind)]
            if chosen:
                return chosen
    return []


def _venue(scene: _Scene, place: _Place) -> Mention | None:
    """The region that the clause puts after 在 or 于."""
    for mention in mentions_between(scene.mentions, *place.evidence):
        if isinstance(mention.bearer, Region) and _is_venue(scene, mention):
            return mention
    return None


def _is_venue(scene: _Scene, mention: Mention) -> bool:
    low = max(0, mention.start - 1)
    return isinstance(mention.bearer, Region) and bool(_PLACE_BEFORE.search(scene.article.folded[low : mention.start]))


def _name(mention: Mention) -> str:
    bearer = mention.bearer
    return (bearer.canonical or bearer.name) if isinstance(bearer, Organisation) else bearer.name


# ---- when


def _dated(scene: _Scene, place: _Place, match: Match, earlier: Sequence[Event]) -> _Dated:
    """The day of the event: its clause's, its sentence's, that of the meeting it belongs to, else a bound."""
    time = _own_time(scene, place, match)
    if time is not None:
        return _Dated(time.date, (time.start, time.end), time.support)
    if match.rule.fields.get("date") == "own" and scene.anchor.day:
        anchor = scene.anchor
        words = (anchor.pair,) if anchor.pair else ()
        return _Dated(DateValue(anchor.day, anchor.day, "day", None, anchor.basis), None, words)
    meeting = _meeting_of(scene, place, earlier)
    if meeting is not None:
        span = meeting.date_span or meeting.trigger_span
        date = msgspec.structs.replace(meeting.date, text=None, basis=f"same-as:{meeting.title}")
        return _Dated(date, None, ((span.start, span.end),))
    bound = scene.anchor.day or scene.anchor.latest
    if bound is None:
        return _Dated(DateValue(None, None, "unknown", None, "not-stated"))
    words = (scene.anchor.pair,) if scene.anchor.pair else ()
    return _Dated(DateValue(None, bound, "before", None, "not-stated"), None, words)


def _own_time(scene: _Scene, place: _Place, match: Match) -> TimeExpression | None:
    """The date nearest before the trigger in the clause, then in the rest of it, then nearest before in the sentence."""
    clause = _dating(scene, place.evidence)
    before = [time for time in clause if time.end <= place.trigger[0]]
    if before:
        return before[-1]
    after = [time for time in clause if time.start >= place.trigger[1] and time.start < match.end + 12]
    if after:
        return after[0]
    sentence = _dating(scene, (place.sentence[0], place.evidence[0]))
    return sentence[-1] if sentence else None


def _dating(scene: _Scene, stretch: Pair) -> list[TimeExpression]:
    """The times of a stretch that can date an event: no spans of time, no deadlines, nothing inside a title."""
    found = [
        time
        for time in _times_between(scene.times, *stretch)
        if time.type in _DATING and time.function != "deadline"
    ]
    if not found:
        return []
    titles = [match.span() for match in _TITLE.finditer(scene.article.folded, *stretch)]
    return [time for time in found if not any(low <= time.start < high for low, high in titles)]


def _meeting_of(scene: _Scene, place: _Place, earlier: Sequence[Event]) -> Event | None:
    """The meeting at which this happened, where the words before the trigger speak of one."""
    low = max(place.sentence[0], place.trigger[0] - 60)
    if not _CARRIES_MEETING.search(scene.article.folded, low, place.trigger[0]):
        return None
    for event in reversed(earlier):
        if event.type in _MEETINGS and event.date.basis != "not-stated":
            return event
    return None


def _times_between(times: Sequence[TimeExpression], start: int, end: int) -> list[TimeExpression]:
    return [time for time in times if start <= time.start and time.end <= end]


# ---- words


def _title(text: str, place: _Place, date_words: Pair | None) -> str:
    """The evidence without the date that leads it, cut at a clause where it is long."""
    start, end = place.evidence
    if date_words and date_words[0] - start <= 1:
        start = date_words[1]
    title = text[start:end].strip(" \t\n，,、的")
    return title if len(title) <= _TITLE_LENGTH else title[:_TITLE_LENGTH]


def _cite_all(text: str, dated: _Dated, inside: Pair | None) -> tuple[Span, ...]:
    """What the date was computed from, beside the words that the evidence holds."""
    places = dict.fromkeys((*((dated.words,) if dated.words and not inside else ()), *dated.support))
    return tuple(cite(text, *pair) for pair in places)


def _within(pair: Pair, outer: Pair) -> bool:
    return outer[0] <= pair[0] and pair[1] <= outer[1]


def _told_before(event: Event, events: Sequence[Event]) -> bool:
    """Whether an earlier event of the same type is told in the same words."""
    words = event.title
    return any(other.type == event.type and (other.title == words or words in other.title) for other in events)
