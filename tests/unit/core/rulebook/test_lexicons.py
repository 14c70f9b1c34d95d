from __future__ import annotations

import pytest

from mingjian.core.rulebook.lexicons import read_lexicon
from mingjian.errors import RuleError

HEADER = "# Places.\nid\tname\taliases\tlevel\tsource\n"
ROW = "330100\t杭州市\t杭州|杭城\tcity\tgbt2260\n"


def test_rows_become_entries() -> None:
    lexicon = read_lexicon("lexicons/regions.tsv", HEADER + ROW + "\n# more\n330000\t浙江省\t\tprovince\tgbt2260\r\n")
    first, second = lexicon.entries
    assert lexicon.name == "regions"
    assert (first.lexicon, first.id, first.name, first.aliases) == ("regions", "330100", "杭州市", ("杭州", "杭城"))
    assert first.surfaces == ("杭州市", "杭州", "杭城")
    assert first.fields == {"level": "city", "source": "gbt2260"}
    assert second.aliases == ()
    assert second.fields["source"] == "gbt2260"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("id\tname\taliases\n", 1, "the column 'source' is missing"),
        ("# nothing\n", None, "the column 'id' is missing"),
        (HEADER + "1\t杭州市\n", 3, "2 columns where the header has 5"),
        (HEADER + ROW + ROW, 4, "the id '330100' stands in line 3 already"),
        (HEADER + "1\t\t\t\t\n", 3, "no id or no name"),
    ],
)
def test_what_is_wrong_is_said(text: str, line: int | None, problem: str) -> None:
    with pytest.raises(RuleError) as caught:
        read_lexicon("lexicons/regions.tsv", text)
    assert caught.value.line == line
    assert problem in str(caught.value)


def test_the_header_may_tell_a_version() -> None:
    assert read_lexicon("lexicons/regions.tsv", HEADER + ROW).version is None
    assert read_lexicon("lexicons/regions.tsv", "# version: 2026.11\n" + HEADER + ROW).version == "2026.11"
