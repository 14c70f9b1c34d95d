"""What is told of errors: Chinese on the pages, and advice that fits who asks over the network."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from litestar.testing import TestClient
from tests.unit.serve.conftest import asking
from tests.unit.serve.raised import Raised, raised

from mingjian.core.access.names import label_flaw, name_flaw, password_flaw
from mingjian.errors import AccessError, DamageError, MeanwhileError, ReviewError, UnmadeError
from mingjian.serve.app import create_app
from mingjian.serve.problems import problem_of
from mingjian.serve.settings import Settings
from mingjian.serve.web.answering import refused_page
from mingjian.serve.web.details import detail_of
from mingjian.serve.web.words import has_word

_FOR_PROGRAMS = ("serve/api", "serve/mcp")
_FROM_FLAWS = {
    "serve/access/tokens.py:make_token",
    "serve/access/users.py:must_be_name",
    "serve/access/users.py:must_be_password",
}
"""Places that raise what a flaw of a name or password tells, under its key."""
_COMMANDS = re.compile(r"\bmingjian [a-z]|(^| )--[a-z]")


def of_pages() -> list[Raised]:
    return [one for one in raised() if not one.place.startswith(_FOR_PROGRAMS) and one.place not in _FROM_FLAWS]


def test_the_places_that_raise_are_found() -> None:
    places = {one.place for one in raised()}
    assert len(places) > 120
    assert {"core/ledger/asking.py:_unknown", "corpus/inbox.py:_begun", "serve/paging.py:refuse_unknown"} <= places
    assert places >= _FROM_FLAWS


def test_every_refusal_has_its_chinese() -> None:
    lacking = {
        (one.place, problem_of(error).detail)
        for one in of_pages()
        for error in one.errors()
        if not detail_of(error, problem_of(error)).zh
    }
    assert not lacking, "words/details.toml has no Chinese for these"


def test_a_sentence_that_was_edited_is_missed() -> None:
    edited = ReviewError("metric", "has a value of more characters than are kept", "give a shorter one")
    assert not detail_of(edited, problem_of(edited)).zh


def test_every_key_of_a_refusal_has_its_words() -> None:
    sections = {AccessError: "refused", ReviewError: "unkept", MeanwhileError: "unkept"}
    keys = {f"{sections[one.kind]}.{one.key}" for one in of_pages() if one.key.strip(".")}
    assert len(keys) > 20
    assert {key for key in keys if not has_word(key)} == set()


def test_every_flaw_of_a_name_and_a_password_has_its_words() -> None:
    names = ("", "x" * 99, "<b>", "\0")
    passwords = ("short", "x7" * 300, "abcdefghijkl", "password1234", "lin-lin-7-lin")
    flaws = [find(name) for find in (name_flaw, label_flaw) for name in names]
    flaws += [password_flaw(told, "lin-lin", {"password1234"}) for told in passwords]
    keys = {flaw.key for flaw in flaws if flaw is not None}
    assert len(keys) == 8
    assert {key for key in keys if not has_word(f"refused.{key}")} == set()


def test_who_asks_over_the_network_is_sent_to_no_command_line() -> None:
    advice = {(one.place, problem_of(error).mend) for one in raised() for error in one.errors()}
    assert any("whoever runs" in mend for _, mend in advice)
    assert {each for each in advice if _COMMANDS.search(each[1]) and "whoever runs" not in each[1]} == set()


def test_what_only_those_can_mend_who_run_it_is_to_be_passed_on() -> None:
    page = refused_page(DamageError("/srv/secret", "the books are damaged", "run `mingjian reindex`"))
    assert "再试也一样" in page
    assert "tell whoever runs this service: run `mingjian reindex`" in page
    assert "/srv/secret" not in page
    waits = refused_page(UnmadeError("/srv/secret", "it has no books of this version", "run `mingjian reindex`"))
    assert "稍后再试" in waits
    assert "再试也一样" not in waits


def test_a_queue_that_is_not_weighed_yet_says_when_to_ask_again(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "*.lock", "queue"))
    with asking(Settings(workspace=folder, works=False, anyone_may_read=True)) as service:
        answer = service.client.get("/api/reviews/queue")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["detail"] == "the facts of the pages were not weighed yet"
    assert answer.json()["mend"].startswith("it is made beside requests: ask again in a moment")


def test_who_waits_for_the_queue_has_it_weighed(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    shutil.copytree(workspace, folder, ignore=shutil.ignore_patterns("access.db*", "*.lock", "queue"))
    app = create_app(Settings(workspace=folder, works=False, anyone_may_read=True))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        asked: list[bool] = []
        app.state.background.weigh = lambda: asked.append(True)
        client.get("/api/reviews/queue")
    assert asked == [True]
