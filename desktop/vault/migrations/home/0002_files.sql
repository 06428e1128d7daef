-- Files that somebody began to keep. A row without a record in its folder is what a power cut left, and its blob may go.
CREATE TABLE files_begun (
    blob TEXT PRIMARY KEY,
    folder TEXT NOT NULL
) STRICT, WITHOUT ROWID;
