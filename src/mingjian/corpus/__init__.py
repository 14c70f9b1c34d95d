"""A workspace: pages kept as they came, their records, their reprints, and search over all of it."""

from mingjian.core.ledger.asking import Question
from mingjian.corpus.adding import Added
from mingjian.corpus.corpus import Corpus
from mingjian.corpus.finding import Answer, Asked, FoundFact, FoundPage
from mingjian.corpus.reextracting import Reextracted
from mingjian.corpus.reprints import ChainedCopy, ReprintGroup, Tie
from mingjian.corpus.status import Status

__all__ = [
    "Added",
    "Answer",
    "Asked",
    "ChainedCopy",
    "Corpus",
    "FoundFact",
    "FoundPage",
    "Question",
    "Reextracted",
    "ReprintGroup",
    "Status",
    "Tie",
]
