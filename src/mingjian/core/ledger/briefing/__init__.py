"""Briefs: sentences built from the rows of ledgers, each with its evidence; pure."""
