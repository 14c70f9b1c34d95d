"""The pure core: plain functions over frozen values; no files, clock, network or chance."""
