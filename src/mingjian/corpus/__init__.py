"""A workspace: pages kept as they came, their records, their reprints, and search over all of it."""

from mingjian.corpus.adding import Added
from mingjian.corpus.corpus import Corpus
from mingjian.corpus.finding import Answer, Asked, FoundFact, FoundPage
from mingjian.corpus.reextracting import Reextracted

__all__ = ["Added", "Answer", "Asked", "Corpus", "FoundFact", "FoundPage", "Reextracted"]
