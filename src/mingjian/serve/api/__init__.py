"""REST: one module a noun, each with its controller."""

from mingjian.serve.api.jobs import JobsController
from mingjian.serve.api.status import StatusController

API = (JobsController, StatusController)
