"""HTML pages, and the markup that other formats hold: its words as text layer, and what it declares."""

from mingjian.read.html.pages import html_page, page_of_html, page_of_markup
from mingjian.read.html.reader import looks_like_markup

__all__ = ["html_page", "looks_like_markup", "page_of_html", "page_of_markup"]
