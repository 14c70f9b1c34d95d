"""Matching: what of the workspace answers a need, ranked, each hit with its reasons."""
