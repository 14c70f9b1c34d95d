"""A folder of the user's own rules and lexicons, laid over the bundled ones: read as a rule book, and changed."""

from mingjian.overlay.folder import all_files, load_rulebook

__all__ = ["all_files", "load_rulebook"]
