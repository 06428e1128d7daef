"""Pictures to look at: every screen and every paper. `make gallery` writes them into ``out/gallery``."""
