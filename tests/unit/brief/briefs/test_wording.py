"""How a page is named in a footnote."""

from __future__ import annotations

from mingjian.brief.briefs.wording import page_title, reference_words
from mingjian.core.model.brief import Reference
from mingjian.core.model.ledger.cells import Cite


def _reference(title: str | None, link: str = "pages/017.txt") -> Reference:
    cites = (Cite("a", 0, 2, "岚州"),)
    return Reference(page="a", title=title, source=None, published=None, link=link, cites=cites)


def test_a_page_without_a_title_is_said_to_have_none() -> None:
    assert page_title(_reference(None)) == "无标题网页 017.txt"
    assert reference_words(_reference(None)) == "无标题网页 017.txt：“岚州”"


def test_marks_within_marks_of_titles_are_single() -> None:
    assert reference_words(_reference("岚州印发《算力方案》")) == "《岚州印发〈算力方案〉》：“岚州”"
