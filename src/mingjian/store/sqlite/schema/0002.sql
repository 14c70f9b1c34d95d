-- The dictionaries with which records are packed, by the version that brought them; what was packed before has none,
-- and is read as before.
CREATE TABLE dictionary (
  number INTEGER PRIMARY KEY,
  content BLOB NOT NULL
) STRICT;
