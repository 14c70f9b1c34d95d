"""Ledgers: rows of typed tables, built from the mentions of things; pure."""
