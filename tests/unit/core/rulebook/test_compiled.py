"""What the build works out of the rules is what loading works out."""

from __future__ import annotations

import re
import tomllib

import msgspec
import pytest

from mingjian.core.rulebook import bundled_files, bundled_rulebook, compile_files, encode_compiled, load_rulebook
from mingjian.core.rulebook.compiled import Compiled, bundled_compiled, hash_of, pattern_of
from mingjian.core.rulebook.nouns import Rulebook
from mingjian.core.rulebook.triggers import plan_of
from mingjian.core.text.folding import fold

TEXT = fold(
    "东江市人民政府办公厅日前印发《关于促进算力券发放的若干措施》（东政办发〔2026〕3号），到2027年底，全市智能算力超过40EFLOPS。"
    "青禾机器人有限公司（以下简称“青禾”）首席科学家陆文彬表示，去年营收1.2亿元，同比增长21.5%。"
)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return msgspec.msgpack.decode(encode_compiled(compile_files(bundled_files())), type=Compiled)


def everything(book: Rulebook) -> list[object]:
    rules = [(rule.id, rule.pattern, rule.plan, rule.fields, rule.examples, rule.line) for rule in book.rules]
    cues = [(cue.id, cue.pattern, cue.examples) for cue in book.all_cues]
    frames = [(frame.id, frame.form, frame.fields) for frame in book.all_frames]
    return [rules, cues, frames, book.tables, book.version]


def test_a_rule_book_is_the_same_with_and_without_what_was_compiled(compiled: Compiled) -> None:
    files = bundled_files()
    assert everything(load_rulebook(files, compiled)) == everything(load_rulebook(files, Compiled()))


def test_tables_keep_the_order_in_which_they_are_written(compiled: Compiled) -> None:
    for file, text in bundled_files().items():
        if file.endswith(".toml"):
            assert msgspec.json.encode(compiled.tables[hash_of(text)]) == msgspec.json.encode(tomllib.loads(text))


def test_loading_does_not_use_up_what_was_compiled(compiled: Compiled) -> None:
    files = bundled_files()
    first = load_rulebook(files, compiled)
    assert everything(load_rulebook(files, compiled)) == everything(first)


def test_the_packages_own_plans_are_those_that_our_code_derives() -> None:
    known = bundled_compiled()
    stale = [pattern for pattern, plan in known.plans.items() if plan_of(pattern) != plan]
    assert not stale, "install the package again: its compiled rules are those of older code"


def test_every_program_is_the_pattern_that_re_compiles(compiled: Compiled) -> None:
    assert len(compiled.programs) > 400
    for source in compiled.programs:
        ours, theirs = pattern_of(source, compiled), re.compile(source)
        assert (ours.pattern, ours.flags, ours.groups) == (theirs.pattern, theirs.flags, theirs.groups)
        assert dict(ours.groupindex) == dict(theirs.groupindex)
        assert [(m.span(), m.groups()) for m in ours.finditer(TEXT)] == [
            (m.span(), m.groups()) for m in theirs.finditer(TEXT)
        ]


def test_a_program_of_another_python_is_left_alone(compiled: Compiled) -> None:
    source, program = next(iter(compiled.programs.items()))
    wrong = msgspec.structs.replace(program, code=b"\xff" * 8)
    other = msgspec.structs.replace(compiled, programs={source: wrong}, python="cpython-299")
    assert pattern_of(source, other) == re.compile(source)


def test_an_edited_rule_file_is_read_anew(compiled: Compiled) -> None:
    files = dict(bundled_files())
    files["programmes.toml"] = files["programmes.toml"].replace('note = "', 'note = "Edited: ', 1)
    book = load_rulebook(files, compiled)
    notes = [rule.note for rule in book.rules] + [cue.note for cue in book.all_cues]
    assert any(note.startswith("Edited: ") for note in notes)
    assert hash_of(files["programmes.toml"]) not in compiled.tables
    assert book.version != bundled_rulebook().version
