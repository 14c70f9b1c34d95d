from __future__ import annotations

import pytest

from mingjian.core.rulebook import Rulebook, load_rulebook
from mingjian.errors import RuleError

RULE = """
[[rule]]
id = "event.policy-issue"
pattern = '(?P<trigger>印发|出台)了?{COMMA}?《'
note = "A document is issued."
type = "policy_issue"
weights = [1, 2]
example = [ { text = "市政府印发《某方案》", match = "印发《", trigger = "印发" } ]
counter_example = [ "把证书印发给大家" ]
"""
PIECES = "[pieces]\nCOMMA = '[,，]'\n"
FILES = {"pieces.toml": PIECES, "events.toml": RULE}


def load(rule: str, pieces: str = PIECES) -> Rulebook:
    return load_rulebook({"pieces.toml": pieces, "events.toml": rule})


def error_of(rule: str, pieces: str = PIECES) -> RuleError:
    with pytest.raises(RuleError) as caught:
        load(rule, pieces)
    return caught.value


def test_a_rule_keeps_its_own_fields_and_examples() -> None:
    (rule,) = load_rulebook(FILES).rules
    assert (rule.id, rule.group, rule.line) == ("event.policy-issue", "events", 3)
    assert rule.pattern == "(?P<trigger>印发|出台)了?[,，]?《"
    assert rule.fields == {"type": "policy_issue", "weights": [1, 2]}
    assert rule.examples[0]["trigger"] == "印发"
    assert rule.counter_examples == ("把证书印发给大家",)


def test_rules_stand_in_the_order_of_files_and_lines() -> None:
    second = RULE.replace("policy-issue", "other")
    third = RULE.replace("policy-issue", "third")
    book = load_rulebook({"b.toml": RULE + second, "a.toml": third, "pieces.toml": PIECES})
    assert [rule.id for rule in book.rules] == ["event.policy-issue", "event.other", "event.third"]
    assert [rule.id for rule in book.group("a")] == ["event.third"]


def test_a_file_may_hold_tables_beside_rules() -> None:
    book = load_rulebook({"events.toml": RULE + "\n[limits]\nmost = 3\n", "labels.zh.toml": "title = '标题'\n"} | FILES)
    assert book.tables["labels.zh"] == {"title": "标题"}
    assert book.group("labels.zh") == ()
    assert "pieces" not in book.tables


def test_the_version_names_the_files() -> None:
    version = load_rulebook(FILES).version
    assert len(version) == 16
    assert load_rulebook(dict(reversed(FILES.items()))).version == version
    assert load_rulebook(FILES | {"notes.toml": ""}).version != version
    assert load_rulebook({"pieces.toml": PIECES, "event.toml": RULE}).version != version


def test_unknown_group_and_lexicon_are_errors() -> None:
    book = load_rulebook(FILES)
    with pytest.raises(RuleError, match="no such rule file"):
        book.group("evnts")
    with pytest.raises(RuleError, match="no such lexicon"):
        book.lexicon("regions")


def test_toml_syntax_error_names_its_line() -> None:
    error = error_of(RULE + "broken = \n")
    assert (error.file, error.line) == ("events.toml", 10)
    assert "not TOML" in str(error)


@pytest.mark.parametrize("key", ["id", "pattern", "note", "example", "counter_example"])
def test_each_key_is_compulsory(key: str) -> None:
    rule = "\n".join(line for line in RULE.split("\n") if not line.startswith(f"{key} ="))
    error = error_of(rule)
    assert f"no {key};" in str(error)
    assert error.line == (2 if key == "id" else 3)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"event.policy-issue"', '"PolicyIssue"', "no rule id"),
        ('"event.policy-issue"', '"event"', "no rule id"),
        ('"event.policy-issue"', "3", "the rule's id is no string"),
        ("'(?P<trigger>印发|出台)了?{COMMA}?《'", "7", "the rule's pattern is no string"),
        ("{COMMA}", "{KOMMA}", "no piece {KOMMA}"),
        ("了?", "了)", "does not compile"),
        ("了?", "(?<=了{1,2})", "does not compile"),
        ("了?", "了*", "without an upper bound"),
        ("了?", "了+", "without an upper bound"),
        ("了?", "了{2,}", "without an upper bound"),
        ("(?P<trigger>印发|出台)了?{COMMA}?《", "[^0-9]{2,5}", "without any fixed word"),
        ("(?P<trigger>印发|出台)了?{COMMA}?《", "印发|.{1,3}", "without any fixed word"),
        ("(?P<trigger>印发|出台)了?{COMMA}?《", "(?:印发)?", "without any fixed word"),
        ('match = "印发《", ', "", "no table with text and match"),
        ('[ "把证书印发给大家" ]', "[ 5 ]", "a counter-example is no string"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, problem: str) -> None:
    assert old in RULE
    error = error_of(RULE.replace(old, new))
    assert problem in str(error)
    assert str(error).startswith("events.toml:3: ")


def test_the_same_id_twice_names_both_places() -> None:
    error = error_of(RULE + RULE)
    assert error.line == 12
    assert "events.toml:3" in str(error)


def test_rule_must_be_a_list_of_tables() -> None:
    assert "[[rule]]" in str(error_of(RULE.replace("[[rule]]", "[rule]")))


def test_file_of_a_rule() -> None:
    assert load_rulebook(FILES).rules[0].file == "events.toml"


CUE = """
[[cue]]
id = "event.planned.soon"
pattern = '(?:(?<!大)将|拟){COMMA}?$'
note = "It is to come."
example = [ { text = "该市拟", match = "拟" } ]
counter_example = [ "大将" ]
"""


def test_cues_are_patterns_by_the_name_of_the_cue() -> None:
    book = load(CUE + RULE)
    cues = book.cues("events")
    assert list(cues) == ["planned.soon"]
    assert "planned.soon" in cues
    assert "planned" not in cues
    assert cues["planned.soon"] is cues["planned.soon"]
    assert cues["planned.soon"].search("市里将，")
    assert [rule.id for rule in book.group("events")] == ["event.policy-issue"]
    assert "cue" not in book.tables["events"]
    assert (book.all_cues[0].file, book.all_cues[0].line, book.rules[0].line) == ("events.toml", 3, 10)


def test_a_cue_is_folded_as_the_texts_are() -> None:
    files = {"folding.tsv": "擬\t拟\t-", "pieces.toml": PIECES, "events.toml": CUE.replace("拟", "擬")}
    assert load_rulebook(files).cues("events")["planned.soon"].search("拟")


def test_cues_that_are_not_there_are_errors() -> None:
    with pytest.raises(RuleError, match="no such rule file"):
        load(CUE).cues("evnts")
    with pytest.raises(RuleError, match="there is no cue of the name 'planned'"):
        load(CUE).cues("events")["planned"]


@pytest.mark.parametrize("key", ["id", "pattern", "note", "example", "counter_example"])
def test_each_key_of_a_cue_is_compulsory(key: str) -> None:
    error = error_of("\n".join(line for line in (RULE + CUE).split("\n") if not line.startswith(f"{key} =")))
    assert f"the rule has no {key};" in str(error)
    error = error_of(RULE + "\n".join(line for line in CUE.split("\n") if not line.startswith(f"{key} =")))
    assert f"the cue has no {key};" in str(error)
    assert error.line == (11 if key == "id" else 12)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"event.planned.soon"', '"Planned"', "no cue id"),
        ('"event.planned.soon"', "3", "the cue's id is no string"),
        ("{COMMA}", "{KOMMA}", "no piece {KOMMA}"),
        ("拟)", "拟", "does not compile"),
        ("(?<!大)", "(?<!大?)", "does not compile"),
        ("{COMMA}?", ".*", "without an upper bound"),
        (', match = "拟"', "", "no table with text and match"),
        ('[ "大将" ]', "[ 5 ]", "a counter-example is no string"),
        ('note = "', 'type = "meeting"\nnote = "', "a cue has no type"),
    ],
)
def test_what_is_wrong_with_a_cue_is_said(old: str, new: str, problem: str) -> None:
    assert old in CUE
    error = error_of(CUE.replace(old, new))
    assert problem in str(error)
    assert str(error).startswith("events.toml:3: ")


def test_a_cue_and_a_rule_do_not_share_an_id() -> None:
    assert "events.toml:3" in str(error_of(RULE + CUE.replace("event.planned.soon", "event.policy-issue")))


def test_cue_must_be_a_list_of_tables() -> None:
    assert "write [[cue]]" in str(error_of(CUE.replace("[[cue]]", "[cue]")))
