"""Rows of ledgers as tables: for the terminal, CSV, JSON lines, Parquet and Excel."""
