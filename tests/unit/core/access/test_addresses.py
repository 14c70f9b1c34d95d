"""What strangers give as addresses leads nowhere but to us."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from hypothesis import example, given
from hypothesis import strategies as st

from mingjian.core.access.addresses import comes_from_us, host_is_ours, safe_next

OURS = "http://desk.example:8321"
NASTY = st.text(alphabet="/\\.:@?#%\t\r\n ehtpsvil0a\x00\u2028。／", max_size=24)


@given(NASTY)
@example("//evil.example")
@example("/\\evil.example")
@example("/%09/evil.example")
def test_where_a_login_leads_is_a_path_of_ours(address: str) -> None:
    goal = safe_next(address)
    assert goal.startswith("/")
    assert urlsplit(urljoin(f"{OURS}/login", goal)).netloc == "desk.example:8321"
    assert not any(ord(character) < 33 or character == "\\" for character in goal)


def test_a_path_of_ours_is_kept_as_it_is() -> None:
    for path in ("/", "/search?q=%E7%AE%97%E5%8A%9B&type=event", "/pages/0f3a#s=12,30", "/搜索"):
        assert safe_next(path) == path
    assert safe_next(None) == "/"


@given(st.text(max_size=30))
def test_no_other_origin_is_ours(origin: str) -> None:
    if origin.lower() != OURS:
        assert not comes_from_us("POST", None, origin, OURS)
        assert not comes_from_us("POST", "same-origin", origin, OURS)


def test_what_changes_nothing_may_come_from_anywhere() -> None:
    assert comes_from_us("GET", "cross-site", "http://evil.example", OURS)
    assert not comes_from_us("post", None, None, OURS)
    assert not comes_from_us("PROPFIND", "cross-site", None, OURS)


@given(st.text(alphabet="desk.xampl:@/0\n ", max_size=20))
def test_only_our_names_are_ours(host: str) -> None:
    if host_is_ours(host, ("desk.example",)):
        assert host.partition(":")[0].rstrip(".") == "desk.example"
