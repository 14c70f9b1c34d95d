"""The desk of a workspace: what people say of facts, what they should look at, and who is told of it."""

from mingjian.corpus.desk.desk import Desk

__all__ = ["Desk"]
