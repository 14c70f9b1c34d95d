"""The law of the digest: every character stands in the words that a sentence cites, or is glue from the closed list."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from tests.golden.cases import pages_by_case
from tests.laws.digests import is_built_of
from tests.laws.pages import page_of, texts

from mingjian.core.model.page import Page
from mingjian.core.model.record import DigestSentence
from mingjian.core.model.span import Span
from mingjian.core.pipeline.extract import extract
from mingjian.core.rulebook import bundled_rulebook

GLUE = bundled_rulebook().tables["summary"]["digest"]["glue"]
_BLANK = re.compile(r"\s+")
NEWS = "2025年3月1日，岚州云枢科技有限公司（以下简称“云枢科技”）发布岚光大模型。云枢科技与岚州大学签约，投资2亿元。"


def assert_built_of_cited_words(page: Page) -> None:
    record = extract(page)
    if any(damage.kind in {"reading", "invisible", "mojibake", "entity"} for damage in record.damage):
        return  # the page's words hold marks that the sentence leaves out
    for sentence in record.digest:
        assert sentence.support
        assert is_built_of(_without_blanks(sentence), GLUE), sentence


def _without_blanks(sentence: DigestSentence) -> DigestSentence:
    """The sentence as on a page without white space: a hard-wrapped page has line breaks inside its words."""
    words = [_BLANK.sub("", span.text) for span in sentence.support]
    return DigestSentence(_BLANK.sub("", sentence.text), tuple(Span(0, len(each), each) for each in words))


@pytest.mark.parametrize("case", pages_by_case())
def test_the_samples_are_told_in_their_own_words(case: str) -> None:
    assert_built_of_cited_words(pages_by_case()[case])


@settings(max_examples=60)
@given(texts)
def test_any_text_is_told_in_its_own_words(text: str) -> None:
    if text.strip():
        assert_built_of_cited_words(page_of(text + "\n" + NEWS))
