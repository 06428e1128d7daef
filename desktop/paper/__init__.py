"""Paper: our own text layer, the furniture of a page, one module for each document, pictures of pages.

Everything is bytes in memory. ReportLab only writes the file and embeds parts of the fonts; it never sets a word (its own shaping is
wrong, or silently absent, for Burmese). All text goes through `desktop.paper.page.Page.text` and `paragraph`.
"""
