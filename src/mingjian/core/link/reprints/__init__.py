"""Which pages are one text: sketches of pages, candidate pairs, the relation of a pair, and groups with their source.

The steps are plain functions of values, so that a shell may take them page by page:

- ``bodies.body_of`` reads from a record what is compared, ``sketches.sketch_bodies`` makes of it what is kept;
- ``joining.join`` finds the pairs that share fingerprints; an index on a disk gives the same for one page;
- ``judging.relate`` judges a pair, ``relate_back`` a page and all earlier ones, ``relate_pages`` all pages;
- ``grouping.group_pages`` makes groups of pages and relations: of all, or of the parts that ``components`` gives;
- ``describing.describe`` tells what was done to a text on its way, ``marking`` which sites and pages live on others'.
"""
