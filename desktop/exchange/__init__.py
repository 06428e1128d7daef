"""Trust between sites, and the files that carry news."""
