"""Whether an event happened, is planned, demanded, under way, denied or called off; and whether it is told at all."""

from __future__ import annotations

from mingjian.core.annotate.events.actors import named_in_clause, organs_before, subjects_before
from mingjian.core.annotate.events.counting import counts_from_event
from mingjian.core.annotate.events.dates import is_due
from mingjian.core.annotate.events.scene import (
    Place,
    Scene,
    plain_words,
    times_between,
    titles_in,
    whole_sentence_start,
)
from mingjian.core.annotate.events.sections import is_review, kind_of_section
from mingjian.core.model.annotation import TimeExpression
from mingjian.core.model.facts import Actuality
from mingjian.core.text.matching import Match

_JUST_BEFORE = 12
_JUST_AFTER = 24
_CLAUSES_BACK = 4
_SAID_OUTRIGHT = ("planned", "ongoing")  # what a speaker says of somebody by name with a word of its own (将, 正在)
_AHEAD = ("at", "since")  # what words of time to come may say: on a day, or from it on


def actuality_of(scene: Scene, place: Place, match: Match, time: TimeExpression | None) -> Actuality:
    """What the words round the trigger say; a day after the page's own is a plan."""
    turned = _turned(scene, place)
    settled: Actuality | None = match.rule.fields.get("actuality")
    if turned or settled:
        return turned or settled  # type: ignore[return-value]
    words = _leading_words(scene, place, match)
    if scene.cues["planned-otherwise" if match.rule.fields.get("disposal") else "planned"].search(words):
        return "planned"
    if scene.cues["ongoing"].search(words):
        return "ongoing"
    if _is_done(scene, place, match) or counts_from_event(time):
        return _lasting(scene, place, match)
    if _is_ahead(scene, time):
        return "planned"
    return _by_hints(scene, place, match, (words, time))


def _by_hints(scene: Scene, place: Place, match: Match, given: tuple[str, TimeExpression | None]) -> Actuality:
    """Where no word says that it happened: a demand, what a date or a weaker word says, what follows from the rule."""
    words, time = given
    cues, fields = scene.cues, match.rule.fields
    if cues["directed"].search(words) or (fields.get("directed") and _is_demanded(scene, place)):
        return "directed"
    if not _dates_it(time, place) and _is_agreed(scene, place, match):
        return "planned"
    if _dates_it(time, place):
        return _lasting(scene, place, match)
    inherited = _inherited(scene, place)
    if inherited or _is_hinted(scene, place, match):
        return inherited or _lasting(scene, place, match)
    if cues["weakly-directed"].search(words):
        return "directed"
    unnamed = (
        fields.get("unnamed") == "planned" and not named_in_clause(scene, place) and not _is_announced(scene, place)
    )
    return "planned" if unnamed or is_due(scene, place) or _is_in_plan(scene, place) else "realised"


def _is_in_plan(scene: Scene, place: Place) -> bool:
    """Whether the heading above plans, or an earlier clause sets a day to come."""
    if kind_of_section(scene, place) == "plan":
        return True
    times = times_between(scene.times, place.sentence[0], place.evidence[0])
    return any(time.function == "deadline" and _is_to_come(scene, time) for time in times)


def _is_to_come(scene: Scene, time: TimeExpression) -> bool:
    return bool(scene.anchor.day and time.date.end and time.date.end > scene.anchor.day)


def _inherited(scene: Scene, place: Place) -> Actuality | None:
    """What the clauses before say for this one too, where it has no subject of its own: 该省将完善制度，并开展行动."""
    if named_in_clause(scene, place):
        return None
    for number in range(place.number - 1, max(place.number - _CLAUSES_BACK, -1), -1):
        words = plain_words(scene, *place.clauses[number])
        if scene.cues["planned"].search(words):
            return "planned"
        if scene.cues["directed"].search(words):
            return "directed"
        if scene.cues["done"].search(words):
            return None
    return None


def _leading_words(scene: Scene, place: Place, match: Match) -> str:
    """The words of the clause before the trigger, without the noun that the match itself begins with."""
    what = match.span("what")
    if what is None or what[0] < place.clause[0]:
        return plain_words(scene, place.clause[0], place.trigger[0] + 1)
    return plain_words(scene, place.clause[0], what[0]) + plain_words(scene, what[1], place.trigger[0])


def _is_ahead(scene: Scene, time: TimeExpression | None) -> bool:
    """Whether the day of the event comes after the page's own, or is a day to come by which it is to be."""
    today = scene.anchor.day
    if time is None or today is None or time.function not in _AHEAD:
        return False
    begins, ends = time.date.start, time.date.end
    return bool(begins > today if begins else ends and ends > today)


def _lasting(scene: Scene, place: Place, match: Match) -> Actuality:
    """A campaign that is carried on since a day, or through a period, is under way."""
    lasting = match.rule.fields.get("lasting") and scene.cues["lasting"].search(
        scene.article.folded, place.evidence[0], place.trigger[1]
    )
    return "ongoing" if lasting else "realised"


def _turned(scene: Scene, place: Place) -> Actuality | None:
    """Denied or called off: by the words before the trigger in its clause, or right behind the evidence's verb."""
    folded = scene.article.folded
    before, after = (place.clause[0], place.trigger[0]), (place.trigger[1], place.clause[1])
    if scene.cues["denied"].search(folded, *before):
        return "denied"
    if scene.cues["called-off"].search(folded, *before) or scene.cues["called-off-after"].search(folded, *after):
        return "cancelled"
    return None


def _is_done(scene: Scene, place: Place, match: Match) -> bool:
    return bool(scene.cues["done"].search(_told_words(scene, place, match)))


def _is_hinted(scene: Scene, place: Place, match: Match) -> bool:
    return bool(scene.cues["hints-done"].search(_told_words(scene, place, match)))


def _told_words(scene: Scene, place: Place, match: Match) -> str:
    return plain_words(scene, place.clause[0], max(place.trigger[1] + 1, min(match.end, place.clause[1])))


def _dates_it(time: TimeExpression | None, place: Place) -> bool:
    return time is not None and place.evidence[0] <= time.start and time.end <= place.evidence[1]


def _is_demanded(scene: Scene, place: Place) -> bool:
    """Whether an organ or a meeting asks for it before, and nobody stands between that and the verb."""
    if named_in_clause(scene, place):
        return False
    before = plain_words(scene, whole_sentence_start(scene, place), place.clause[0])
    return scene.cues["demands"].search(before) is not None


def _is_agreed(scene: Scene, place: Place, match: Match) -> bool:
    """Whether it is what parties will do, told behind their signing."""
    folded = scene.article.folded
    if match.rule.fields["type"] not in scene.settings["agreed"] or match.span("what"):
        return False
    if scene.cues["opened"].search(folded, *place.trigger):
        return False
    return not named_in_clause(scene, place) and any(
        scene.cues["agreeing"].search(folded, *clause) for clause in place.clauses[: place.number]
    )


# ---- restraint


def is_unreal(scene: Scene, place: Place, match: Match, time: TimeExpression | None) -> bool:
    """Whether the words say that it did not happen, may happen, always happens, or is asked, or state a norm."""
    cues, before = scene.cues, plain_words(scene, place.clause[0], place.trigger[0])
    if cues["unreal"].search(before[-_JUST_BEFORE:]) or cues["unreal-clause"].search(before):
        return True
    if _is_asked(scene, place) or cues["fiction"].search(scene.article.folded, place.sentence[0], place.trigger[0]):
        return True
    fields = match.rule.fields
    if _dates_it(time, place) or fields.get("date") == "own" or fields.get("past") or _is_due_on_a_day(scene, place):
        return False
    return _is_norm(scene, place, match) or _is_condition(scene, place, match) or _is_aside(scene, place, match)


def _is_due_on_a_day(scene: Scene, place: Place) -> bool:
    """Whether the evidence sets a day of the calendar by which it is due: then an article of law plans it."""
    here = times_between(scene.times, *place.evidence)
    return any(time.function == "deadline" and time.date.basis == "explicit" for time in here)


def _is_asked(scene: Scene, place: Place) -> bool:
    """Whether the clause ends in a question mark."""
    end = place.clauses[place.number][1]
    return scene.article.folded[end : end + 1] in ("？", "?")


def _is_norm(scene: Scene, place: Place, match: Match) -> bool:
    """Whether the sentence says what is to be done whenever: an article of a law, a duty, a fine.

    What a document that is named in full goes on to rule says nothing of the event that passed it.
    """
    folded, (start, end) = scene.article.folded, place.sentence
    if match.rule.fields.get("in_norms"):
        return False
    if titles_in(scene, match.start, place.evidence[1]):
        end = place.clause[1]
    if scene.cues["norm"].search(folded, start, end):
        return True
    line = folded.rfind("\n", 0, start) + 1
    return bool(scene.cues["article-of-law"].match(folded, line, start + _JUST_AFTER))


def _is_condition(scene: Scene, place: Place, match: Match) -> bool:
    """Whether it is only the time or condition of something else (取得许可证后), and nothing says that it happened.

    What something else happened so many days after did happen itself.
    """
    end, folded = max(place.clause[1], place.trigger[1]), scene.article.folded
    if _is_done(scene, place, match) or scene.cues["so-long-after"].match(folded, place.trigger[1], end):
        return False
    return bool(scene.cues["condition-after"].search(folded, place.trigger[1], end)) or any(
        scene.cues["condition"].match(folded, *clause) for clause in place.clauses[: place.number + 1]
    )


def _is_aside(scene: Scene, place: Place, match: Match) -> bool:
    """Whether the verb only describes a thing without a title (协会发起的公约得到响应)."""
    folded, end = scene.article.folded, place.trigger[1]
    cue = scene.cues["describes-by" if match.rule.fields.get("onto") else "describes"]
    return bool(cue.match(folded, end, end + _JUST_BEFORE)) and not _is_done(scene, place, match)


def is_told(scene: Scene, place: Place, match: Match, given: tuple[Actuality, TimeExpression | None]) -> bool:
    """Whether the clause tells an event, and not a task: somebody does it, it has a day, or it is done."""
    fields, (actuality, time) = match.rule.fields, given
    dated = _dates_it(time, place) or _is_due_type(scene, place, match)
    if (fields.get("dated") and not dated) or (fields.get("organ") and not organs_before(scene, place, match)):
        return False
    if _is_tally(scene, place, match, given):
        return False
    settled = bool(fields.get("actuality"))
    if actuality == "directed":
        return settled or _is_demand_told(scene, place, match)
    if actuality in ("denied", "cancelled") or settled or fields.get("organ") or dated:
        return True
    if actuality == fields.get("unnamed") or _is_done(scene, place, match) or _is_hinted(scene, place, match):
        return True
    return _is_told_plainly(scene, place, match, actuality)


def _is_demand_told(scene: Scene, place: Place, match: Match) -> bool:
    """Whether a demand is an event: by a day, or, where the rule takes demands, of somebody."""
    if match.rule.fields.get("directed"):
        return is_due(scene, place) or _is_asked_for(scene, place)
    return _is_due_type(scene, place, match)


def _is_told_plainly(scene: Scene, place: Place, match: Match, actuality: Actuality) -> bool:
    """Whether a bare verb tells an event all the same: who or what does it stands before it, or it needs nobody."""
    fields = match.rule.fields
    if scene.cues["speech"].search(plain_words(scene, place.sentence[0], place.trigger[0])):
        if actuality in _SAID_OUTRIGHT:
            return _is_said_before(scene, place)
        return bool(fields.get("named")) and actuality == "realised"
    if fields.get("bare") or (actuality == "planned" and is_due(scene, place)) or is_review(scene, place):
        return True
    if subjects_before(scene, place) or _is_announced(scene, place):
        return True
    thing = scene.cues["thing"].search(scene.article.folded, place.clause[0], place.trigger[0])
    return bool(fields.get("thing") and thing)


def _is_said_before(scene: Scene, place: Place) -> bool:
    """Whether who speaks stands in an earlier clause, and somebody else acts in this one."""
    speaks = scene.cues["speech"].search(plain_words(scene, place.clause[0], place.trigger[0]))
    return speaks is None and named_in_clause(scene, place)


def _is_due_type(scene: Scene, place: Place, match: Match) -> bool:
    """Whether the evidence sets a day for what somebody can deliver by a day."""
    return match.rule.fields["type"] in scene.settings["due"] and is_due(scene, place)


def _is_tally(scene: Scene, place: Place, match: Match, given: tuple[Actuality, TimeExpression | None]) -> bool:
    """Whether the clause counts what stands, or is to stand, by a time (累计建成数据集120个): a figure, no event."""
    actuality, time = given
    if match.rule.fields["type"] not in scene.settings["tallied"]:
        return False
    folded, end = scene.article.folded, max(place.clause[1], match.end)
    if not scene.cues["tally"].search(folded, place.trigger[0], end):
        return False
    stands = time is not None and (time.function == "as_of" or time.value == "PRESENT_REF")
    standing = stands or scene.cues["standing"].search(folded, place.sentence[0], place.trigger[1])
    at_least = actuality != "realised" and scene.cues["at-least"].search(folded, place.trigger[1], end)
    return bool(standing or at_least or scene.cues["built"].search(folded, *place.trigger))


def _is_asked_for(scene: Scene, place: Place) -> bool:
    """Whether somebody is said to ask for it: a bare 推动实施… is a slogan."""
    before = scene.article.folded[whole_sentence_start(scene, place) : place.trigger[0]]
    return scene.cues["demanded"].search(before) is not None


def _is_announced(scene: Scene, place: Place) -> bool:
    """Whether the clause before says that something is made known, or the sentence that it was at a meeting."""
    folded = scene.article.folded
    if place.number and scene.cues["announces"].search(folded, *place.clauses[place.number - 1]):
        return True
    return scene.cues["there"].search(folded, place.sentence[0], place.trigger[0]) is not None
