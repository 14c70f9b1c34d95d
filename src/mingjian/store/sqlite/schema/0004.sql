-- The earlier pages that a page shares most with, so that a page that comes is judged alone; and the part of the pages
-- that hangs together with it, named by the least number in it.
CREATE TABLE neighbour (
  page INTEGER PRIMARY KEY REFERENCES page,
  part INTEGER,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX neighbour_part ON neighbour (part) WHERE part IS NOT NULL;
