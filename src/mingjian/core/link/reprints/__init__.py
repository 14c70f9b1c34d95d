"""Which pages are one text: sketches of pages, candidate pairs, the relation of a pair, and groups with their source.

The steps are plain functions of values, so that a shell may take them page by page: ``sketch_bodies`` makes what is
kept of a page, ``join`` finds pairs that share fingerprints, ``relate_pairs`` judges them, ``group_pages`` makes groups
of them.
"""
