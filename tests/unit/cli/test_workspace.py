"""The commands over a workspace, as a user types them one after the other."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mingjian.cli.main import app
from mingjian.cli.workspace.demo import sample_folders

EXAMPLES = Path(__file__).parents[3] / "examples"
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workspace") / "demo"
    done = CliRunner().invoke(app, ["demo", str(folder)])
    assert done.exit_code == 0, done.output
    assert f"mingjian search 算力 -w {folder}" in done.stdout
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Run:
    """Run a command on a copy of the demo's workspace: a folder can be copied."""
    folder = tmp_path / "w"
    shutil.copytree(made, folder)

    def invoke(*words: str) -> Result:
        return CliRunner(env={"MINGJIAN_WORKSPACE": str(folder)}).invoke(app, list(words))

    return invoke


def first_id(done: Result) -> str:
    assert done.exit_code == 0, done.output
    return next(
        line.split()[0] for line in done.stdout.splitlines() if line[:12].strip().isalnum() and "  " in line[:15]
    )


def test_status_tells_what_is_there(run: Run) -> None:
    done = run("status")
    assert "older versions" in done.stdout
    told = json.loads(run("status", "--json").stdout)
    assert told["counts"]["pages"] == told["counts"]["records"] - told["counts"]["versions"]
    assert (told["behind"], told["stale"], told["writer"]) == (0, 0, None)
    assert told["counts"]["groups"] >= 2


def test_adding_again_changes_nothing(run: Run) -> None:
    before = json.loads(run("status", "--json").stdout)
    done = run("add", str(EXAMPLES / "pages"), str(EXAMPLES / "corpus"))
    assert "known already" in done.stdout
    assert "added" not in done.stdout.replace("nothing added", "")
    assert json.loads(run("status", "--json").stdout) == before


def test_search_finds_pages_in_either_script_and_marks_the_words(run: Run) -> None:
    for query in ("算力补贴", "算力補貼"):
        done = run("search", query, "--json")
        answer = json.loads(done.stdout)
        assert answer["pages"], done.output
        for page in answer["pages"]:
            for shown in page["shown"]:
                for start, end in shown["marks"]:
                    assert shown["start"] <= start < end <= shown["end"]
    assert "⟦" in run("search", "算力").stdout


def test_search_folds_reprints_unless_asked(run: Run) -> None:
    folded, every = (json.loads(run("search", "百企千模", "--json", *more).stdout) for more in ((), ("--reprints",)))
    assert folded["total"] < every["total"]
    assert max(page["copies"] for page in folded["pages"]) == 7
    assert all(page["copies"] == 0 for page in every["pages"])


def test_search_finds_facts_by_field_and_explains_them(run: Run) -> None:
    answer = json.loads(run("search", "类型:target", "年:2030", "--in", "facts", "--json").stdout)
    fact = answer["facts"][0]
    assert fact["kind"] == "target"
    done = run("explain", fact["fact"]["id"])
    assert done.exit_code == 0, done.output
    assert fact["fact"]["evidence"]["text"][:6] in done.stdout.replace("\n", "").replace("┃", "")


def test_search_says_what_it_did_not_understand(run: Run) -> None:
    done = run("search", '年:昨天 "算力')
    assert "no date" in done.stderr
    assert "not closed" in done.stderr
    assert run("search", "！！！").stdout.strip() == "nothing found"


def test_newest_first_and_counts(run: Run) -> None:
    answer = json.loads(run("search", "算力", "--newest", "--json").stdout)
    days = [page["published"]["value"][:10] for page in answer["pages"] if page["published"]["value"]]
    assert days == sorted(days, reverse=True)
    assert "facts by type" in run("search", "算力", "--counts").stdout


def test_reprints_show_source_copies_and_delays(run: Run) -> None:
    groups = [json.loads(line) for line in run("reprints", "--json").stdout.splitlines()]
    assert [len(group["copies"]) for group in groups] == sorted(
        (len(group["copies"]) for group in groups), reverse=True
    )
    largest = groups[0]
    assert largest["source"]["doc_id"].endswith("01-bureau-release.html")
    delays = {Path(copy["page"]["doc_id"]).name: copy["placed"]["copy"]["after_source"] for copy in largest["copies"]}
    assert delays["02-portal-copy.html"] == {"least": 43, "most": 43}
    shown = run("reprints", "show", largest["source"]["id"])
    assert "shares text with" in shown.stdout


def test_links_are_shown_decided_and_undone(run: Run) -> None:
    counts = json.loads(run("link", "--json").stdout)
    assert counts["event"] > 20
    events = [json.loads(line) for line in run("ledger", "events", "--json").stdout.splitlines()]
    event = max(events, key=lambda row: row["mentions"])["id"]
    story = json.loads(run("link", "show", event, "--json").stdout)
    thing = story["thing"]
    assert len({told["ref"]["page"] for told in story["mentions"]}) == thing["pages"] > 2
    shown = run("link", "show", event).stdout
    assert thing["name"] in shown and story["links"][0]["says"] in shown and story["date"]["start"] in shown
    assert run("explain", thing["id"][:10]).stdout == shown
    first, *_, last = (told["ref"]["fact"] for told in story["mentions"])
    assert run("link", "split", first, last, "--why", "two", "--who", "周岚").exit_code == 0
    number = run("link", "decisions").stdout.split()[0]
    assert json.loads(run("link", "show", last, "--json").stdout)["thing"]["mentions"] < thing["mentions"]
    assert run("link", "undo", number, "--who", "周岚").exit_code == 0
    assert json.loads(run("link", "show", last, "--json").stdout)["thing"] == thing
    refused = run("link", "show", "没有这样东西")
    assert refused.exit_code == 2 and "holds nothing called" in refused.stderr


def test_a_decision_sticks_until_it_is_undone(run: Run) -> None:
    copies = json.loads(run("reprints", "--json").stdout.splitlines()[0])["copies"]
    first, second = copies[0]["page"]["id"], copies[1]["page"]["id"]
    assert run("reprints", "split", first, second, "--why", "two texts", "--who", "周岚").exit_code == 0

    def together() -> bool:
        groups = [json.loads(line) for line in run("reprints", "--json").stdout.splitlines()]
        ids = [{copy["page"]["id"] for copy in group["copies"]} for group in groups]
        return any({first, second} <= group for group in ids)

    assert not together()
    run("reindex")
    assert not together()
    assert "two texts" in run("reprints", "decisions").stdout
    number = run("reprints", "decisions").stdout.splitlines()[-1].split()[0]
    run("reprints", "undo", number, "--who", "周岚")
    assert together()
    assert "undone by 周岚" in run("reprints", "decisions").stdout


def test_versions_of_a_page_show_what_changed(run: Run) -> None:
    done = run("changes")
    assert "3000亿元" in done.stdout
    assert "3500亿元" in done.stdout
    (change,) = (json.loads(line) for line in run("changes", "--json").stdout.splitlines())
    shown = run("show", change["page"][:10])
    assert "older version 1" in shown.stdout


def test_show_gives_the_page_as_it_came(run: Run) -> None:
    page = json.loads(run("search", "算力", "--json").stdout)["pages"][0]
    source = run("show", page["id"], "--view", "source")
    assert source.stdout_bytes == (sample_folders()[0].parent / page["doc_id"]).read_bytes()
    record = json.loads(run("show", page["id"], "--view", "record").stdout)
    text = run("show", page["id"], "--view", "text").stdout
    assert record["title"]["evidence"]["text"] in text


def test_removed_pages_are_found_no_more(run: Run) -> None:
    page = json.loads(run("search", "春耕 OR 收割 OR 算力", "--json").stdout)["pages"][0]["id"]
    assert run("remove", page, "--why", "asked for").exit_code == 0
    found = json.loads(run("search", "春耕 OR 收割 OR 算力", "--json", "--limit", "100").stdout)["pages"]
    assert page not in {each["id"] for each in found}
    assert run("return", page).exit_code == 0
    found = json.loads(run("search", "春耕 OR 收割 OR 算力", "--json", "--limit", "100").stdout)["pages"]
    assert page in {each["id"] for each in found}
    assert run("remove", page, "--why", "asked for", "--erase").exit_code == 0
    refused = run("return", page)
    assert refused.exit_code == 2
    assert "erased" in refused.stderr


def test_a_backup_comes_back_whole(run: Run, tmp_path: Path) -> None:
    file, again = tmp_path / "backup.db", tmp_path / "again"
    assert run("backup", str(file)).exit_code == 0
    assert run("backup", str(file)).exit_code == 2
    assert run("restore", str(file), "-w", str(again)).exit_code == 0
    assert run("restore", str(file), "-w", str(again)).exit_code == 2
    assert run("check", "--thoroughly", "-w", str(again)).exit_code == 0
    before, after = (json.loads(run("search", "算力", "--json", *more).stdout) for more in ((), ("-w", str(again))))
    assert before == after


def test_indexes_that_are_gone_or_damaged_are_made_anew(run: Run, tmp_path: Path) -> None:
    before = run("search", "算力", "--json").stdout
    indexes = tmp_path / "w" / "indexes"
    shutil.rmtree(indexes / "search")
    assert run("search", "算力", "--json").stdout == before
    for file in indexes.rglob("*"):
        if file.is_file():
            file.write_bytes(b"damaged" + file.read_bytes()[:20])
    assert run("search", "算力", "--json").stdout == before
    assert run("check", "--thoroughly").exit_code == 0


def test_indexes_that_are_behind_are_nothing_wrong_and_damage_is(run: Run, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "w" / "indexes" / "search")
    behind = run("check", "--thoroughly")
    assert behind.exit_code == 0
    assert "steps behind: the next command that writes" in behind.stdout
    assert "nothing wrong" in behind.stdout
    run("search", "算力")
    assert "behind" not in run("check").stdout
    with closing(sqlite3.connect(tmp_path / "w" / "mingjian.db")) as database:
        database.execute("UPDATE packed SET bytes = x'28b52ffd' WHERE number = (SELECT min(blob) FROM record)")
        database.commit()
    damaged = run("check", "--thoroughly")
    assert (damaged.exit_code, "damaged" in damaged.stdout) == (1, True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="for root every folder can be written")
def test_a_folder_that_cannot_be_written_can_be_read(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert run("search", "算力").exit_code == 0
        refused = run("add", str(EXAMPLES / "pages"), str(EXAMPLES / "corpus"))
        assert refused.exit_code == 2
        assert "where you may write" in refused.stderr
    finally:
        folder.chmod(stat.S_IRWXU)


def test_what_is_no_workspace_is_named(tmp_path: Path) -> None:
    for words in (["status"], ["search", "x"], ["reprints"], ["show", "abcd"], ["check"], ["changes"]):
        done = CliRunner().invoke(app, [*words, "-w", str(tmp_path / "none")])
        assert done.exit_code == 2
        assert "there is no workspace" in done.stderr
    file = tmp_path / "file"
    file.write_text("x")
    assert CliRunner().invoke(app, ["add", str(EXAMPLES / "pages"), "-w", str(file)]).exit_code == 2


def test_failures_of_a_run_are_listed_and_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("add", str(tmp_path / "empty.txt"))
    assert done.exit_code == 0
    assert "empty.txt" in done.stderr
    assert run("add", str(tmp_path / "empty.txt"), "--strict").exit_code == 1
    assert json.loads(run("status", "--json").stdout)["counts"]["failures"] == 2


@pytest.mark.parametrize("guide", ["docs/how-to/search.md", "docs/how-to/graph.md", "docs/workspace.md"])
def test_the_commands_of_the_guides_run(run: Run, guide: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```sh\n(.*?)```", (EXAMPLES.parent / guide).read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.partition("#")[0].strip() for line in block.splitlines()]
    assert len(lines) >= 6
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "mingjian"
        if "ID" in words:
            words[words.index("ID")] = json.loads(run("search", "算力", "--json").stdout)["pages"][0]["id"]
        done = run(*words)
        assert done.exit_code == 0, (line, done.output)


def test_facts_of_pages_that_hold_the_rest_stand_in_where_no_fact_holds_all(run: Run) -> None:
    answer = json.loads(run("search", "类型:quote", "百企千模", "补助", "退出", "--json").stdout)
    assert answer["total"] == 0
    assert answer["facts"]
    assert {fact["kind"] for fact in answer["facts"]} == {"quote"}
    assert not any(fact["whole"] for fact in answer["facts"])


@pytest.mark.parametrize("command", [("status",), ("add", "x.txt"), ("restore", "x.txt"), ("salvage", "y" * 5_000)])
def test_what_the_system_refuses_is_one_line(command: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    page = tmp_path / "x.txt"
    page.write_text("算力券", encoding="utf-8")
    words = [str(page) if word == "x.txt" else word for word in command]
    done = run(*words) if command[0] == "salvage" else run(*words, "-w", "y" * 5_000)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1 and "File name too long" in done.stderr


def test_a_page_that_was_erased_says_so(run: Run) -> None:
    page = first_id(run("search", "算力"))
    assert run("remove", page, "--erase", "--why", "asked for").exit_code == 0
    done = run("show", page)
    assert done.exit_code == 2 and "was erased" in done.stderr


def test_arguments_that_are_no_text_stop_nothing(run: Run, tmp_path: Path) -> None:
    done = run("search", "\udcff\udcfe", "--json")
    assert done.exit_code == 0 and json.loads(done.stdout)["notes"]
    page = first_id(run("search", "算力"))
    assert run("remove", page, "--why", "\udcff").exit_code == 0
    folder = tmp_path / "\udcff"
    folder.mkdir()
    (folder / "a.txt").write_text("算力券", encoding="utf-8")
    assert run("add", str(folder)).exit_code == 0
