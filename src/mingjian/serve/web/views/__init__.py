"""The pages of the workbench: one module a place, each with its controller."""

from __future__ import annotations

from litestar import Controller
from litestar.handlers import HTTPRouteHandler

from mingjian.serve.web.static_files import static_file
from mingjian.serve.web.views.briefs import BriefsPagesController
from mingjian.serve.web.views.changes import ChangesController
from mingjian.serve.web.views.compare import CompareController
from mingjian.serve.web.views.compute import ComputeController
from mingjian.serve.web.views.exports import ExportsController
from mingjian.serve.web.views.graph import GraphPagesController
from mingjian.serve.web.views.home import HomeController
from mingjian.serve.web.views.ledgers import LIST_PAGES, LedgersController
from mingjian.serve.web.views.matching import MatchPagesController
from mingjian.serve.web.views.pages import PagesController
from mingjian.serve.web.views.people import PeopleController
from mingjian.serve.web.views.policies import PoliciesController
from mingjian.serve.web.views.review import ReviewController
from mingjian.serve.web.views.review_results import ReviewResultsController
from mingjian.serve.web.views.review_things import ReviewThingsController
from mingjian.serve.web.views.search import SearchController
from mingjian.serve.web.views.targets import TargetsController
from mingjian.serve.web.views.things import THING_PAGES, ThingsController
from mingjian.serve.web.views.timeline import TimelineController

VIEWS: tuple[type[Controller] | HTTPRouteHandler, ...] = (
    ChangesController,
    HomeController,
    MatchPagesController,
    PagesController,
    ReviewController,
    ReviewResultsController,
    ReviewThingsController,
    SearchController,
    LedgersController,
    *LIST_PAGES,
    ExportsController,
    TargetsController,
    CompareController,
    ComputeController,
    PoliciesController,
    PeopleController,
    BriefsPagesController,
    GraphPagesController,
    ThingsController,
    TimelineController,
    *THING_PAGES,
    static_file,
)
