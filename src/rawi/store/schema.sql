-- One project, format 1. Times of sight are UTC date-times; every other date is the outlet's own.
-- Texts are UTF-8 blobs (lone surrogates kept), records are what store/records.py writes.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- A file, stream or fetched page as it was given. Its bytes lie in the evidence folder under their SHA-256.
CREATE TABLE input (
  n INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  said TEXT NOT NULL,            -- what the user said of it (outlet, date), as JSON
  url TEXT,
  bytes INTEGER NOT NULL,
  outcomes INTEGER NOT NULL DEFAULT 0,   -- articles and failures stored so far, in their order
  done INTEGER NOT NULL DEFAULT 0,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  UNIQUE (sha256, name, said)
);

-- What could not be read: a whole input (position -1), or a part of one.
CREATE TABLE failure (
  n INTEGER PRIMARY KEY,
  input INTEGER REFERENCES input(n) ON DELETE CASCADE,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,            -- the class of the error
  at TEXT NOT NULL,              -- where: file, line, member
  what TEXT NOT NULL,
  expected TEXT NOT NULL,
  seen TEXT NOT NULL
);
CREATE UNIQUE INDEX failure_of_input ON failure(input, position) WHERE input IS NOT NULL;
CREATE UNIQUE INDEX failure_of_name ON failure(name) WHERE input IS NULL;

-- One version of one document: an id with a text. `work` groups the versions: rows of the same id or address.
-- `sight` counts up with each new sighting: the text seen last is the latest; equal texts in one work are so together.
CREATE TABLE document (
  n INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE,      -- 16 hex digits over id and key: an address for this version
  id TEXT NOT NULL,
  key TEXT NOT NULL,
  work INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  latest INTEGER NOT NULL DEFAULT 1,
  sight INTEGER NOT NULL DEFAULT 0,
  outlet TEXT,
  url TEXT,
  address TEXT,                  -- the canonical form of url
  published TEXT,
  day TEXT,
  title TEXT NOT NULL,
  words INTEGER NOT NULL DEFAULT 0,
  statements INTEGER NOT NULL DEFAULT 0,
  made_by TEXT,                  -- rawi and tables of the reading, null where it is still to be read
  text BLOB NOT NULL,
  article BLOB NOT NULL,         -- the article without its text
  reading BLOB,                  -- the reading without its text
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  UNIQUE (id, key)
);
CREATE INDEX document_address ON document(address) WHERE address IS NOT NULL;
CREATE INDEX document_work ON document(work);
CREATE INDEX document_key ON document(key);
CREATE INDEX document_day ON document(latest, day, n);
CREATE INDEX document_outlet ON document(latest, outlet, day, n);
CREATE INDEX document_made_by ON document(made_by);

-- Each time that a version was met: in which input, and as which of its parts.
CREATE TABLE sighting (
  document INTEGER NOT NULL REFERENCES document(n),
  input INTEGER NOT NULL REFERENCES input(n),
  position INTEGER NOT NULL,
  seen TEXT NOT NULL,
  PRIMARY KEY (document, input, position)
) WITHOUT ROWID;
CREATE INDEX sighting_input ON sighting(input);

-- What follows is derived from readings and made anew with them.
CREATE TABLE statement (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document(n),
  number INTEGER NOT NULL,
  latest INTEGER NOT NULL DEFAULT 1,
  stance TEXT NOT NULL,
  act TEXT NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  speaker TEXT,                  -- key of the speaker, see entity
  source TEXT NOT NULL,
  cue TEXT NOT NULL,
  content TEXT NOT NULL,
  day TEXT,                      -- when it was said, else the document's day
  begin TEXT,                    -- of the time spoken of
  "end" TEXT,
  rule TEXT NOT NULL,
  uncertain INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open'
);
CREATE INDEX statement_id ON statement(id);
CREATE INDEX statement_document ON statement(document, number);
CREATE INDEX statement_speaker ON statement(speaker, day) WHERE speaker IS NOT NULL;
CREATE INDEX statement_queue ON statement(latest, state, uncertain DESC, n);
CREATE INDEX statement_stance ON statement(stance, latest, n);

-- Speakers: with a key across documents, or "same name, not shown to be one person" (keyed = 0).
CREATE TABLE entity (
  key TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  keyed INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE place (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  name_en TEXT,
  kind TEXT NOT NULL,
  country TEXT,
  claimed_by TEXT NOT NULL,
  lat REAL,
  lon REAL,
  precision TEXT NOT NULL,
  radius_km REAL
) WITHOUT ROWID;
CREATE TABLE document_place (
  place TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document(n),
  mentions INTEGER NOT NULL,
  PRIMARY KEY (place, document)
) WITHOUT ROWID;
CREATE INDEX document_place_of ON document_place(document);
CREATE TABLE statement_place (
  statement INTEGER NOT NULL REFERENCES statement(n),
  place TEXT NOT NULL,
  PRIMARY KEY (statement, place)
) WITHOUT ROWID;
CREATE INDEX statement_place_of ON statement_place(place);

-- One row for each value that a document (latest version) can be found by.
CREATE TABLE facet (
  kind TEXT NOT NULL,            -- outlet day place speaker stance review
  value TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES document(n),
  PRIMARY KEY (kind, value, document)
) WITHOUT ROWID;
CREATE INDEX facet_of ON facet(document, kind, value);

-- Words of documents and of statements: matching keys, and light stems. Contentless: highlights come from the text.
CREATE VIRTUAL TABLE word_index USING fts5(form, stem, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE said_index USING fts5(form, stem, content='', tokenize="unicode61 remove_diacritics 0");

-- What tracing found, by document id. Spans, lists and evidence are JSON; gists are quoted text.
CREATE TABLE traced (
  document TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  made_by TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE telling (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  statement TEXT,                -- null: an unattributed span
  span TEXT NOT NULL,
  claim TEXT NOT NULL,
  family TEXT NOT NULL,
  stance TEXT NOT NULL,
  speaker TEXT,
  time TEXT,
  place TEXT
) WITHOUT ROWID;
CREATE INDEX telling_document ON telling(document);
CREATE INDEX telling_statement ON telling(statement) WHERE statement IS NOT NULL;
CREATE INDEX telling_claim ON telling(claim);
CREATE INDEX telling_family ON telling(family, time);

CREATE TABLE reuse (
  id TEXT PRIMARY KEY,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  spans_a TEXT NOT NULL,
  spans_b TEXT NOT NULL,
  words INTEGER NOT NULL,
  class TEXT NOT NULL,
  direction TEXT NOT NULL,
  certainty TEXT NOT NULL,
  evidence TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX reuse_a ON reuse(a);
CREATE INDEX reuse_b ON reuse(b);

CREATE TABLE claim (
  id TEXT PRIMARY KEY,
  family TEXT NOT NULL,
  gist_document TEXT NOT NULL,
  gist TEXT NOT NULL,            -- spans
  gist_text TEXT NOT NULL,
  tellings TEXT NOT NULL,
  numbers TEXT NOT NULL,
  dates TEXT NOT NULL,
  places TEXT NOT NULL,
  entities TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX claim_family ON claim(family);

CREATE TABLE family (
  id TEXT PRIMARY KEY,
  gist_text TEXT NOT NULL,
  tellings INTEGER NOT NULL,
  outlets INTEGER NOT NULL,
  size INTEGER NOT NULL,         -- documents
  claims TEXT NOT NULL,
  documents TEXT NOT NULL,
  denials TEXT NOT NULL,
  lo INTEGER NOT NULL,
  hi INTEGER NOT NULL,
  named INTEGER NOT NULL,
  anonymous INTEGER NOT NULL,
  unsourced INTEGER NOT NULL,
  denying INTEGER NOT NULL,
  circular TEXT NOT NULL,
  choke TEXT NOT NULL,
  paths INTEGER NOT NULL,
  first_seen TEXT
) WITHOUT ROWID;
CREATE INDEX family_outlets ON family(outlets DESC, size DESC, id);
CREATE INDEX family_size ON family(size DESC, id);
CREATE INDEX family_first ON family(first_seen, id);

CREATE TABLE edge (
  family TEXT NOT NULL,
  "from" TEXT NOT NULL,
  "to" TEXT NOT NULL,
  kind TEXT NOT NULL,
  evidence TEXT NOT NULL,
  probability REAL NOT NULL,
  certainty TEXT NOT NULL,
  PRIMARY KEY (family, "from", "to", kind)
) WITHOUT ROWID;

CREATE TABLE root (
  id TEXT NOT NULL,
  family TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  stance TEXT NOT NULL,
  evidence TEXT NOT NULL,
  documents TEXT NOT NULL,
  PRIMARY KEY (family, id)
) WITHOUT ROWID;

-- Corrections: append-only, each row carries the hash of the one before it.
CREATE TABLE correction (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL,
  statement TEXT,
  cue_text TEXT NOT NULL,
  content_text TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('set', 'add', 'remove', 'merge', 'comment')),
  field TEXT NOT NULL,
  old TEXT NOT NULL,             -- JSON
  new TEXT NOT NULL,             -- JSON
  comment TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX correction_document ON correction(document);
CREATE INDEX correction_statement ON correction(statement);
CREATE TRIGGER correction_stays BEFORE UPDATE ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;
CREATE TRIGGER correction_kept BEFORE DELETE ON correction
BEGIN SELECT RAISE(ABORT, 'corrections are append-only'); END;
