"""Two spellings of one address are one address; what tells pages apart stays."""

from __future__ import annotations

import pytest

from mingjian.core.rulebook import bundled_rulebook
from mingjian.corpus.addresses import address_of, normal_url
from mingjian.read.html.pages import html_page
from mingjian.read.plain import text_page

SETTINGS = bundled_rulebook().tables["corpus/addresses"]
CANONICAL = '<link rel="canonical" href="{}"><body><p>澜山市召开会议，部署算力工作。</p></body>'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://News.Lanshan.example/a.html", "https://news.lanshan.example/a.html"),
        ("https://lanshan.example:443/a", "https://lanshan.example/a"),
        ("https://lanshan.example/a?utm_source=x&id=3&spm=1.2", "https://lanshan.example/a?id=3"),
        ("https://lanshan.example/a?b=2&a=1", "https://lanshan.example/a?a=1&b=2"),
        ("https://lanshan.example/a#comments", "https://lanshan.example/a"),
        ("https://lanshan.example", "https://lanshan.example/index.html"),
        ("https://lanshan.example/%e7%ae%97", "https://lanshan.example/算"),
        (" https://lanshan.example./a ", "https://lanshan.example/a"),
    ],
)
def test_spellings_of_one_address(one: str, other: str) -> None:
    assert normal_url(one, SETTINGS) == normal_url(other, SETTINGS) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://lanshan.example/a?id=3", "https://lanshan.example/a?id=4"),
        ("https://m.lanshan.example/a", "https://www.lanshan.example/a"),
        ("https://lanshan.example/A", "https://lanshan.example/a"),
        ("https://lanshan.example/#/news/1", "https://lanshan.example/#/news/2"),
        ("https://lanshan.example:8080/a", "https://lanshan.example/a"),
        ("https://lanshan.example/a?q=", "https://lanshan.example/a"),
        ("https://lanshan.example/a%2Fb", "https://lanshan.example/a/b?"),
    ],
)
def test_different_pages_keep_different_addresses(one: str, other: str) -> None:
    assert normal_url(one, SETTINGS) != normal_url(other, SETTINGS)


@pytest.mark.parametrize(
    "url", ["", "a.html", "ftp://lanshan.example/a", "https://", "https://[::1", "mailto:a@b", "https://a:99999/"]
)
def test_what_is_no_address_on_the_web(url: str) -> None:
    assert normal_url(url, SETTINGS) is None


def test_a_normal_address_is_its_own_normal_form() -> None:
    url = normal_url("HTTP://Lanshan.example/%E7%AE%97/%ff?b=%20x&a=算#!/z", SETTINGS)
    assert url is not None
    assert normal_url(url, SETTINGS) == url


def test_what_the_markup_says_counts_where_the_container_is_silent() -> None:
    page = html_page("a.html", CANONICAL.format("https://lanshan.example/n/7").encode())
    assert address_of(page, SETTINGS) == ("https://lanshan.example/n/7", True)


def test_a_front_page_is_no_address_of_an_article() -> None:
    page = html_page("a.html", CANONICAL.format("https://lanshan.example/").encode())
    assert address_of(page, SETTINGS) == ("a.html", False)


def test_a_file_is_known_by_its_name() -> None:
    assert address_of(text_page("a.txt", "澜山市召开会议。".encode()), SETTINGS) == ("a.txt", False)
