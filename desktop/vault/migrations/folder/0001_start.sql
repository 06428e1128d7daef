-- who holds this folder's key, with the public keys it is sealed to. It lies inside the folder, so that nobody who cannot open
-- the folder can add themselves for the next change of key
CREATE TABLE vault_members (volunteer TEXT PRIMARY KEY, public BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- the age identity that this folder's part of a bundle is written to
CREATE TABLE vault_identity (one INTEGER PRIMARY KEY CHECK (one = 1), age TEXT NOT NULL) STRICT;
