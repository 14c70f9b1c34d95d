"""REST: one module a noun, each with its controller."""

from mingjian.serve.api.briefs import BriefsController
from mingjian.serve.api.comparing import CompareController
from mingjian.serve.api.decisions import DecisionsController
from mingjian.serve.api.extracting import ExtractController
from mingjian.serve.api.facts import FactsController
from mingjian.serve.api.graph import GraphController
from mingjian.serve.api.jobs import JobsController
from mingjian.serve.api.ledgers import LedgersController
from mingjian.serve.api.matching import MatchController
from mingjian.serve.api.operations import OperationsController
from mingjian.serve.api.pages import PagesController
from mingjian.serve.api.reviews import ReviewsController
from mingjian.serve.api.rules import RulesController
from mingjian.serve.api.searching import SearchController
from mingjian.serve.api.status import StatusController
from mingjian.serve.api.things import ThingsController

API = (
    BriefsController,
    CompareController,
    DecisionsController,
    ExtractController,
    FactsController,
    GraphController,
    JobsController,
    LedgersController,
    MatchController,
    OperationsController,
    PagesController,
    ReviewsController,
    RulesController,
    SearchController,
    StatusController,
    ThingsController,
)
