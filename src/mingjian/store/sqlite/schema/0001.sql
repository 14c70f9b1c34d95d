-- The truth of a workspace. Everything else in its folder is derived from it and follows its journal.

CREATE TABLE run (
  number INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  program TEXT NOT NULL,
  rules TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  counts TEXT NOT NULL DEFAULT '{}'
) STRICT;

-- How long each packed value is, apart from the bytes, so that sums need not walk over them.
CREATE TABLE blob (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('content', 'layers', 'record')),
  n_bytes INTEGER NOT NULL,
  n_packed INTEGER NOT NULL
) STRICT;

-- Packed with zstd, in the order of adding.
CREATE TABLE packed (
  number INTEGER PRIMARY KEY REFERENCES blob,
  bytes BLOB NOT NULL
) STRICT;

-- One version of one page. Hashes and ids are kept as bytes; content and layers are NULL where the page was erased.
CREATE TABLE page (
  number INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  address TEXT NOT NULL,
  doc_id TEXT NOT NULL,
  url TEXT,
  path TEXT,
  media_type TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  text_sha256 BLOB NOT NULL,
  n_bytes INTEGER NOT NULL,
  n_chars INTEGER NOT NULL,
  version INTEGER NOT NULL,
  previous INTEGER REFERENCES page,
  retrieved_at TEXT,
  added_at TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES run,
  removed TEXT,
  erased INTEGER NOT NULL DEFAULT 0,
  content INTEGER REFERENCES blob,
  layers INTEGER REFERENCES blob,
  CHECK (erased = (content IS NULL) AND erased = (layers IS NULL))
) STRICT;
CREATE UNIQUE INDEX page_id ON page (id);
CREATE UNIQUE INDEX page_version ON page (address, version);
CREATE INDEX page_content ON page (sha256);
CREATE INDEX page_removed ON page (number) WHERE removed IS NOT NULL;

CREATE TABLE record (
  page INTEGER PRIMARY KEY REFERENCES page,
  run INTEGER NOT NULL REFERENCES run,
  blob INTEGER NOT NULL REFERENCES blob
) STRICT;

CREATE TABLE failure (
  number INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run,
  doc_id TEXT NOT NULL,
  stage TEXT NOT NULL,
  reason TEXT NOT NULL,
  mend TEXT NOT NULL
) STRICT;
CREATE INDEX failure_run ON failure (run);

CREATE TABLE change (
  number INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run,
  page INTEGER NOT NULL REFERENCES page,
  kind TEXT NOT NULL,
  differences BLOB NOT NULL
) STRICT;
CREATE INDEX change_page ON change (page);
CREATE INDEX change_run ON change (run);

CREATE TABLE decision (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  first TEXT NOT NULL,
  second TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  at TEXT NOT NULL,
  undone TEXT
) STRICT;

-- What indexes follow: dense from 1.
CREATE TABLE step (
  position INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  page INTEGER NOT NULL REFERENCES page
) STRICT;

-- What linking keeps.
CREATE TABLE article (
  page INTEGER PRIMARY KEY REFERENCES page,
  content BLOB NOT NULL
) STRICT;

CREATE TABLE relation (
  page INTEGER NOT NULL REFERENCES page,
  other INTEGER NOT NULL REFERENCES page,
  kind TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (page, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_other ON relation (other);

CREATE TABLE placing (
  page INTEGER PRIMARY KEY REFERENCES page,
  head INTEGER NOT NULL REFERENCES page,
  parent INTEGER REFERENCES page,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX placing_head ON placing (head);

CREATE TABLE mark (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
