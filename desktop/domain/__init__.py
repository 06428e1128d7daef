"""Records and rules: plain values, no files, no database, no window."""
