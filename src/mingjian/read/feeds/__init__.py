"""Feeds (RSS, Atom, JSON Feed): every item a page."""
