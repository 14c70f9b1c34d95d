"""Engines from outside, each behind a port of ``core/ports.py`` and loaded only when it is named."""
