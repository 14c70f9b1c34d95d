"""The pages of the workbench: one module a place, each with its controller."""

from __future__ import annotations

from litestar import Controller
from litestar.handlers import HTTPRouteHandler

from mingjian.serve.web.static_files import static_file
from mingjian.serve.web.views.home import HomeController
from mingjian.serve.web.views.matching import MatchPagesController
from mingjian.serve.web.views.pages import PagesController
from mingjian.serve.web.views.review import ReviewController
from mingjian.serve.web.views.review_results import ReviewResultsController
from mingjian.serve.web.views.search import SearchController

VIEWS: tuple[type[Controller] | HTTPRouteHandler, ...] = (
    HomeController,
    MatchPagesController,
    PagesController,
    ReviewController,
    ReviewResultsController,
    SearchController,
    static_file,
)
