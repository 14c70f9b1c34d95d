"""The index of fingerprints: which kept pages share text with a page, asked of the disk.

An inverted index from fingerprints (32-bit numbers, some hundred a page) to page numbers, derived from the truth and
rebuilt from it where it is missing, damaged or of another version (docs/decisions/0022). A page that comes::

    with FingerprintWriter(folder, scheme) as index:
        index.add([number], [fingerprints])
        pages, shared = index.postings.candidates(fingerprints, demand)  # the page itself is one of them
        index.commit(position)
"""

from mingjian.store.fingerprints.index import FingerprintReader, FingerprintWriter
from mingjian.store.fingerprints.postings import Demand, Pairs, Postings

__all__ = ["Demand", "FingerprintReader", "FingerprintWriter", "Pairs", "Postings"]
