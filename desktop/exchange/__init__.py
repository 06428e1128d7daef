"""Trust between sites, and the files on a stick that carry news from one to another. The format is told in docs/BUNDLE.md."""
