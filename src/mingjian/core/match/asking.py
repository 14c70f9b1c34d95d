"""What people ask a workspace to match, in their words, and what that means."""

from __future__ import annotations

from mingjian.core.books import Books
from mingjian.core.ledger.asking import Question, day_of, ledger_called
from mingjian.core.ledger.ledgers import LedgerName
from mingjian.core.ledger.places import code_of_place
from mingjian.core.ledger.resolving import things_meant
from mingjian.core.match.candidates import Bounds
from mingjian.core.match.matching import match_need
from mingjian.core.match.needs import need_of_thing, read_need
from mingjian.core.match.settings import matching_settings
from mingjian.core.match.telling import Words
from mingjian.core.model.matching import Matching
from mingjian.core.model.needs import Sought
from mingjian.core.model.things import Thing
from mingjian.errors import QuestionError

MOST = 200
"""Hits that are ever given: what lies beyond shares little."""

_SCENARIO = "scenario"


def match_sought(books: Books, words: Words, sought: Sought, today: str) -> Matching:
    """What answers, read as on ``today`` (an ISO day) unless ``as_of`` is asked.

    Raises ``QuestionError`` for words that say nothing, and for a place, ledger, day or scenario that is none.
    """
    day = day_of(Question(as_of=sought.as_of), today)
    bounds = Bounds(
        ledgers=_ledgers(sought.kinds),
        as_of=day.day if day.known else None,
        everything=sought.everything,
        any_page=matching_settings().any_page,
        narrowed=bool(sought.kinds),
    )
    regions = tuple(dict.fromkeys(map(code_of_place, sought.regions)))
    if sought.thing is not None:
        need = need_of_thing(books, scenario_called(books, sought.thing), day, regions)
    else:
        need = read_need(sought.words, regions)
    if not need.aspects:
        mend = "say what it is for, and in which trade or place"
        raise QuestionError(need.text, "names nothing that could be matched", mend)
    return match_need(books, words, need, bounds, day, max(0, min(sought.limit, MOST)))


def scenario_called(books: Books, words: str) -> Thing:
    """The one row of the ledger of scenarios whose id begins so; raises ``QuestionError`` for none, and for several."""
    found = [thing for thing in things_meant(books, words) if thing.kind == _SCENARIO]
    if len(found) == 1:
        return found[0]
    if found:
        listed = "; ".join(f"{thing.id[:12]} ({thing.name})" for thing in found[:4])
        raise QuestionError(words, f"is meant by several scenarios: {listed}", "give more of the id of one")
    raise QuestionError(words, "is no scenario", "give an id that the ledger of scenarios shows")


def _ledgers(kinds: tuple[str, ...]) -> tuple[LedgerName, ...]:
    """The ledgers of these names; raises ``QuestionError`` for one that no need is matched against."""
    every = matching_settings().ledgers
    named = tuple(dict.fromkeys(ledger_called(kind).name for kind in kinds))
    for name in named:
        if name not in every:
            raise QuestionError(name, "is not matched against needs", f"give some of {', '.join(every)}")
    return named or every
