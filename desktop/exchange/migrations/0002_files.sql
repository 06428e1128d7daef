-- What a site said last about the kept files of a folder: which ones it knows of and lacks. No row: it never said anything, and lacks all.
CREATE TABLE files_told (
    root BLOB NOT NULL REFERENCES trusted_sites ON DELETE CASCADE,
    folder TEXT NOT NULL,
    wanted BLOB NOT NULL,              -- names, 16 bytes each, one after another
    PRIMARY KEY (root, folder)
) STRICT, WITHOUT ROWID;

-- How often a kept file was put on a stick, so that those that never were go first.
CREATE TABLE files_given (
    blob TEXT PRIMARY KEY,
    times INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE waiting_parts ADD COLUMN kind TEXT NOT NULL DEFAULT 'entries';
