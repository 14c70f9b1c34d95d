"""From the world to pages: files, folders, standard input, JSON lines; text and HTML in the encodings of Chinese pages."""

from mingjian.read.limits import Limits
from mingjian.read.sources import read, read_paths

__all__ = ["Limits", "read", "read_paths"]
