-- What was written, by whom: the truth. Everything in the second part can be made again from it.

CREATE TABLE journal_device (
    idx INTEGER PRIMARY KEY,          -- this file's own short number for a device
    public BLOB NOT NULL UNIQUE,      -- Ed25519, 32 bytes
    certificate BLOB,                 -- site key and its signature; NULL: only heard of
    seq INTEGER NOT NULL,             -- last entry known
    hash BLOB NOT NULL,               -- chain hash of that entry
    clock INTEGER NOT NULL,           -- our own device: the latest clock that may pull ours
    stopped INTEGER NOT NULL          -- 1: it signed two histories, nothing more is taken; 2: ours, nothing more is written as it
) STRICT;

CREATE TABLE journal_author (
    idx INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE journal_entry (
    id INTEGER PRIMARY KEY,           -- device number << 40 | sequence number
    record INTEGER NOT NULL,          -- id of the entry that created the record
    at INTEGER NOT NULL,              -- milliseconds << 16 | counter
    author INTEGER NOT NULL,
    kind TEXT,                        -- of the record, in the entry that creates it
    mark INTEGER NOT NULL,            -- 1: erases its record; 2: the body was dropped and its SHA-256 stands there
    hash BLOB NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX journal_entry_record ON journal_entry (record);

CREATE TABLE journal_checkpoint (
    id INTEGER PRIMARY KEY,           -- of the entry whose chain hash is signed
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE journal_ahead (
    id INTEGER PRIMARY KEY            -- entries whose clock was more than 48 hours ahead of ours when they came
) STRICT;

CREATE TABLE journal_parked (
    device INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    chain BLOB NOT NULL,
    PRIMARY KEY (device, first, last)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_fork (
    device INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL,             -- the last entry that both histories have
    found_at INTEGER NOT NULL,
    ours BLOB NOT NULL,               -- chain hash of ours there
    theirs BLOB NOT NULL              -- the other history as it came, signature and all
) STRICT;

CREATE TABLE journal_draft (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What follows from the entries.

CREATE TABLE journal_record (
    key INTEGER PRIMARY KEY,          -- id of the entry that created it
    kind TEXT NOT NULL,               -- empty: that entry has not come yet
    hidden INTEGER NOT NULL,          -- 0: here; 1: deleted; 2: erased
    state BLOB NOT NULL               -- the values that stand, by the entry that set them
) STRICT;
CREATE INDEX journal_record_kind ON journal_record (kind, hidden);

CREATE TABLE journal_differ (
    record INTEGER NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (record, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_awaited (
    id INTEGER NOT NULL,              -- an entry that has not come yet, one of whose values is replaced already
    record INTEGER NOT NULL,
    field TEXT NOT NULL,
    element TEXT NOT NULL,            -- of a set; empty: a register
    PRIMARY KEY (id, record, field, element)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal_event (
    id INTEGER PRIMARY KEY,
    record INTEGER NOT NULL,
    kind TEXT NOT NULL
) STRICT;
CREATE INDEX journal_event_record ON journal_event (record, kind);

CREATE TABLE journal_reversal (
    event INTEGER NOT NULL,
    id INTEGER NOT NULL,
    record INTEGER NOT NULL,
    PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_reversal_record ON journal_reversal (record);
