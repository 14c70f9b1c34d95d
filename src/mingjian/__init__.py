"""Mingjian reads Chinese news and policy pages into records in which every value cites its words."""

__version__ = "0.1.0"
