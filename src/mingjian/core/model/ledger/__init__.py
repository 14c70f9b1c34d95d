"""Ledgers: typed tables, every cell with its words."""
