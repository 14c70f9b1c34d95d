"""What rules that came with a newer version of the rule book made is worth a look, until enough of it was looked at."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from tests.unit.corpus.pages import STORY, story_pages, text_of, web_page
from tests.unit.corpus.test_desk import URL, add, waiting

from mingjian.core.model.review import QueueAsked
from mingjian.core.review.settings import ReasonSettings, review_settings
from mingjian.core.rulebook import bundled_rulebook
from mingjian.corpus import Corpus

_OLDER = "1" * 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "workspace"
    add(place, [web_page(URL, text_of(STORY)), *story_pages()[3:]])
    return place


def test_what_a_new_rule_made_waits_until_enough_of_it_was_looked_at(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = {rule.id for rule in bundled_rulebook().every}
    with Corpus.open(folder) as corpus:
        made = Counter(one.rule for one in waiting(corpus, QueueAsked(limit=500)) if one.rule in rules)
        new, count = made.most_common(1)[0]
    others = [(rule, _OLDER) for rule in sorted(rules - {new})]
    queue = folder / "indexes" / "queue" / "queue.db"
    with closing(sqlite3.connect(queue)) as connection, connection:
        connection.execute("DELETE FROM rule")
        connection.executemany("INSERT INTO rule VALUES (?, ?, 1)", others)
        connection.execute("UPDATE about SET value = ? WHERE name = 'rules'", (_OLDER,))
    monkeypatch.setitem(review_settings().reason, "new-rule", new_rule_known_from(2))
    with Corpus.open(folder) as corpus:
        found = waiting(corpus, QueueAsked(reasons=("new-rule",), limit=500))
        assert {one.rule for one in found} == {new}
        assert len(found) >= count
        (reason,) = (why for why in found[0].reasons if why.slug == "new-rule")
        assert (reason.about.split(" ")[0], reason.weight) == (new, 0.7)
        for one in found[:2]:
            corpus.desk.review(one.page, one.fact, "accept", who="甲")
        assert not waiting(corpus, QueueAsked(reasons=("new-rule",)))


def new_rule_known_from(enough: int) -> ReasonSettings:
    return msgspec.structs.replace(review_settings().reason["new-rule"], enough=enough)
