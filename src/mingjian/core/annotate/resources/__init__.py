"""What is built and opened: scenarios, compute, data sets, funds."""

from mingjian.core.annotate.resources.compute import annotate_compute
from mingjian.core.annotate.resources.datasets import annotate_datasets
from mingjian.core.annotate.resources.funds import annotate_funds
from mingjian.core.annotate.resources.scenarios import annotate_scenarios
from mingjian.core.annotate.resources.stated import Ground, ground_of

__all__ = [
    "Ground", "annotate_compute", "annotate_datasets", "annotate_funds", "annotate_scenarios", "ground_of",
]  # fmt: skip
