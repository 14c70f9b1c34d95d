"""Organisations across pages."""

from __future__ import annotations

from tests.unit.core.link.things.shelves import shelf

from mingjian.core.books import Asked


def test_a_body_is_one_under_its_full_and_its_short_name() -> None:
    books = shelf(
        {
            "one": "工信部部署算力建设\n来源：岚讯网 2026-03-12\n工信部3月12日部署算力建设工作，要求推进人工智能应用。",
            "other": "算力建设提速\n来源：澜山日报 2026-03-14\n工业和信息化部近日部署算力建设，要求推进人工智能应用。",
        }
    )
    (body,) = [thing for thing in books.find(Asked(kind="organisation")) if "工业和信息化部" in thing.name]
    members = books.members(body.id)
    assert {member.page.id for member in members} == {"one", "other"}
    assert [link.verdict.reason for link in books.links(body.id)] in ([], ["same-entity"])
    assert books.find(Asked(kind="organisation", as_of="2026-03-13", words=("工业和信息化部",)))
    assert len(books.members(body.id, as_of="2026-03-13")) == 1
