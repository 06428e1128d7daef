-- Kept in the vault's home. A site is known by its root public key; everything it may do hangs on its row.
CREATE TABLE trusted_sites (
    root BLOB PRIMARY KEY CHECK (length(root) = 32),
    nickname TEXT NOT NULL UNIQUE,
    card_keys BLOB NOT NULL,               -- the keys that were compared, in the card's own spelling
    outer_recipient BLOB NOT NULL,
    since TEXT NOT NULL,                   -- ISO minute
    last_heard TEXT NOT NULL DEFAULT '',   -- ISO day its newest news was written
    last_given TEXT NOT NULL DEFAULT '',   -- ISO minute
    forked INTEGER NOT NULL DEFAULT 0      -- it signed two different histories
) STRICT, WITHOUT ROWID;

CREATE TABLE shares (
    root BLOB NOT NULL REFERENCES trusted_sites ON DELETE CASCADE,
    folder TEXT NOT NULL,
    recipient BLOB NOT NULL,
    shared INTEGER NOT NULL,               -- 0: the card has a key for it, but we do not share this folder
    PRIMARY KEY (root, folder)
) STRICT, WITHOUT ROWID;

-- What a site told us it has: the newest number of each device, for each folder.
CREATE TABLE floors (
    root BLOB NOT NULL REFERENCES trusted_sites ON DELETE CASCADE,
    folder TEXT NOT NULL,
    device BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (root, folder, device)
) STRICT, WITHOUT ROWID;

-- Files that were read, by the SHA-256 of their sealed bytes.
CREATE TABLE files_read (
    digest BLOB PRIMARY KEY,
    root BLOB NOT NULL,
    day TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Sealed parts for folders that the reader could not open. `sealed` is empty once somebody took the part in.
CREATE TABLE waiting_parts (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    root BLOB NOT NULL,
    folder TEXT NOT NULL,
    day TEXT NOT NULL,
    changes INTEGER NOT NULL,
    fresh INTEGER NOT NULL,                -- 1: its file was new when it came, so what it says about the site is news
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE stopped_sites (
    root BLOB PRIMARY KEY,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
