"""From the world to pages: files, folders, standard input; text, HTML and JSON lines in the encodings of China."""

from mingjian.read.limits import Limits
from mingjian.read.sources import read, read_paths

__all__ = ["Limits", "read", "read_paths"]
