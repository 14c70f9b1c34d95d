"""REST: one module a noun, each with its controller."""

from mingjian.serve.api.briefs import BriefsController
from mingjian.serve.api.comparing import CompareController
from mingjian.serve.api.decisions import DecisionsController
from mingjian.serve.api.expressions import ExpressionsController
from mingjian.serve.api.extracting import ExtractController
from mingjian.serve.api.facts import FactsController
from mingjian.serve.api.graph import GraphController
from mingjian.serve.api.jobs import JobsController
from mingjian.serve.api.ledgers import LedgersController
from mingjian.serve.api.lexicons import LexiconsController
from mingjian.serve.api.maintenance import MaintenanceController
from mingjian.serve.api.matching import MatchController
from mingjian.serve.api.operations import OperationsController
from mingjian.serve.api.pages import PagesController
from mingjian.serve.api.removing import RemovingController
from mingjian.serve.api.reviews import ReviewsController
from mingjian.serve.api.rules import RulesController
from mingjian.serve.api.searching import SearchController
from mingjian.serve.api.status import StatusController
from mingjian.serve.api.things import ThingsController

API = (
    BriefsController,
    CompareController,
    DecisionsController,
    ExpressionsController,
    ExtractController,
    FactsController,
    GraphController,
    JobsController,
    LedgersController,
    LexiconsController,
    MaintenanceController,
    MatchController,
    OperationsController,
    PagesController,
    RemovingController,
    ReviewsController,
    RulesController,
    SearchController,
    StatusController,
    ThingsController,
)
