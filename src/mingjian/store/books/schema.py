"""The tables of the books: what pages say, which nodes that makes, and the things that the nodes are."""

from __future__ import annotations

FORMAT = 5
"""The version of the tables: an index of another is made anew."""

SCHEMA = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE page (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, card BLOB NOT NULL) STRICT;
CREATE TABLE source (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

-- since and till: the days between which the page was published, '9999' for an open end
CREATE TABLE mention (
  number INTEGER PRIMARY KEY, page INTEGER NOT NULL, kind INTEGER NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, fact TEXT NOT NULL, node INTEGER NOT NULL, thing INTEGER, since TEXT NOT NULL,
  till TEXT NOT NULL, source INTEGER NOT NULL, content BLOB NOT NULL, about BLOB NOT NULL) STRICT;
CREATE INDEX mention_page ON mention (page, fact);
CREATE INDEX mention_fact ON mention (fact);
CREATE INDEX mention_node ON mention (node, page);
CREATE INDEX mention_thing ON mention (thing, since, till, page, source);

-- refs: how many mentions it has
CREATE TABLE node (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, profile BLOB NOT NULL,
  refs INTEGER NOT NULL, thing INTEGER) STRICT;
CREATE INDEX node_thing ON node (thing);
CREATE TABLE key (kind INTEGER, key TEXT, node INTEGER, PRIMARY KEY (kind, key, node)) STRICT, WITHOUT ROWID;

-- the links that hold a thing together
CREATE TABLE link (
  first INTEGER, second INTEGER, verdict BLOB NOT NULL, PRIMARY KEY (first, second)) STRICT, WITHOUT ROWID;
-- nodes of two things, both ways, that are linked in vain: one pair for each two things, or more
CREATE TABLE beside (first INTEGER, second INTEGER, PRIMARY KEY (first, second)) STRICT, WITHOUT ROWID;

-- filed: by what it is found, empty until that is known
CREATE TABLE thing (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, name TEXT NOT NULL,
  mentions INTEGER NOT NULL, pages INTEGER NOT NULL, sources INTEGER NOT NULL, slots BLOB NOT NULL,
  first TEXT, last TEXT, date BLOB, filed BLOB NOT NULL) STRICT;
CREATE TABLE slot (kind INTEGER, slot TEXT, thing INTEGER, PRIMARY KEY (kind, slot, thing)) STRICT, WITHOUT ROWID;
CREATE TABLE named (slot TEXT, mention INTEGER, PRIMARY KEY (slot, mention)) STRICT, WITHOUT ROWID;

-- what things are filtered by, in the order in which they are told; sort: 0 by their day, 1 by the last of several,
-- 2 by that of what was known on the days from known on and before until. Of 0 and 1 known is when the first page was
-- published, and until '' where other days have places of their own
CREATE TABLE tag (
  facet INTEGER, value TEXT, ai INTEGER, sort INTEGER, day TEXT, head TEXT, thing INTEGER, known TEXT NOT NULL,
  until TEXT NOT NULL, PRIMARY KEY (facet, value, ai, sort, day DESC, head, thing)) STRICT, WITHOUT ROWID;

-- how many things that a ledger lists have a value of what is counted
CREATE TABLE tally (
  ledger TEXT, ai INTEGER, counted INTEGER, value TEXT, things INTEGER NOT NULL,
  PRIMARY KEY (ledger, ai, counted, value)) STRICT, WITHOUT ROWID;

-- what the date or the facets of a thing were computed from beside its own mentions
CREATE TABLE need (what TEXT, thing INTEGER, use INTEGER, PRIMARY KEY (what, thing, use)) STRICT, WITHOUT ROWID;
CREATE INDEX need_thing ON need (thing, use);

-- what people decided, as the mentions that stand now
CREATE TABLE decided (
  kind TEXT, first BLOB, second BLOB, PRIMARY KEY (kind, first, second)) STRICT, WITHOUT ROWID;
-- the same decision by decision, by number, with what it was found by
CREATE TABLE resolved (number INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
"""
