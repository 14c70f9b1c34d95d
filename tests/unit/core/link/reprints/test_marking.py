from __future__ import annotations

from tests.unit.core.link.reprints.articles import OTHER, PARAGRAPHS, sketch

from mingjian.core.link.reprints.judging import relate_pages
from mingjian.core.link.reprints.marking import find_mirrors, find_stitched

ARTICLES = [
    tuple(paragraph[shift:] + paragraph[:shift] for paragraph in (*OTHER, *PARAGRAPHS)[start : start + 3])
    for start, shift in ((0, 7), (1, 17), (2, 27), (3, 37), (4, 11), (5, 23))
]


def test_a_site_that_copies_whole_pages_of_another_is_its_mirror() -> None:
    own = [
        sketch(f"a{number}", text, host="a.example", title=f"第{number}篇", day="2025-03-12")
        for number, text in enumerate(ARTICLES)
    ]
    copies = [
        sketch(f"b{number}", text, host="b.example", title=f"第{number}篇", day="2025-03-13")
        for number, text in enumerate(ARTICLES)
    ]
    pages = [*own, *copies]
    mirrors = find_mirrors(pages, relate_pages(pages))
    assert [(mirror.site, mirror.of, mirror.pages, mirror.share) for mirror in mirrors] == [
        ("b.example", "a.example", 6, 1.0)
    ]
    few = [*own, *copies[:3]]
    assert find_mirrors(few, relate_pages(few)) == []


def test_a_page_of_parts_of_two_articles_is_stitched() -> None:
    pages = [
        sketch("one", PARAGRAPHS),
        sketch("two", OTHER, title="乙县春管正当时"),
        sketch("both", (*OTHER[1:], *PARAGRAPHS[1:3]), title="看点很多值得收藏", day="2025-03-13"),
    ]
    relations = relate_pages(pages)
    stitched = find_stitched(pages, relations)
    assert [(found.page, set(found.parts)) for found in stitched] == [("both", {"one", "two"})]
    assert find_stitched(pages[:2], relate_pages(pages[:2])) == []
