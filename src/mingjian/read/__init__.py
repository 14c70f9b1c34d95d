"""From the world to pages: files, folders, standard input; text, HTML and JSON lines in the encodings of China."""

from mingjian.read.limits import Limits
from mingjian.read.sources import Source, list_sources, read, read_paths, read_source

__all__ = ["Limits", "Source", "list_sources", "read", "read_paths", "read_source"]
