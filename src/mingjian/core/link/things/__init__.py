"""Mentions of many pages that are one thing: one module a kind, one way of grouping for all."""
