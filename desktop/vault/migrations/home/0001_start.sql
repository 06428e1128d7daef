CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- the site's own secrets: its root key, the age identity that bundles are written to
CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- every device this vault has been; the newest row is the one that writes now
CREATE TABLE devices (
    number INTEGER PRIMARY KEY,
    public BLOB NOT NULL UNIQUE,
    certificate BLOB NOT NULL,
    private BLOB,               -- kept for the newest only
    place BLOB NOT NULL,        -- where the vault lay when the device was made
    since TEXT NOT NULL
) STRICT;

CREATE TABLE volunteers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    public BLOB NOT NULL,       -- X25519
    since TEXT NOT NULL,
    last_opened TEXT NOT NULL DEFAULT '',
    closed TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE slots (
    place INTEGER PRIMARY KEY,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    recovery INTEGER NOT NULL
) STRICT;

CREATE TABLE folders (
    name TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,             -- number of the key in use
    moving INTEGER NOT NULL DEFAULT 0,  -- 1: the file is being given the key of the next epoch
    wanted INTEGER NOT NULL DEFAULT 0,  -- 1: the next member who opens it must give it a new key
    recipient TEXT NOT NULL             -- age recipient whose identity lies inside the folder
) STRICT, WITHOUT ROWID;

CREATE TABLE folder_keys (
    folder TEXT NOT NULL REFERENCES folders (name),
    epoch INTEGER NOT NULL,
    volunteer TEXT NOT NULL REFERENCES volunteers (id),
    sealed BLOB NOT NULL,               -- HPKE to the volunteer's public key
    PRIMARY KEY (folder, epoch, volunteer)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    volunteer TEXT NOT NULL,
    action TEXT NOT NULL,
    about TEXT NOT NULL                 -- JSON of codes and counts, never names
) STRICT;
