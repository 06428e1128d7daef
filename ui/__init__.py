"""The window: Qt only, over `desktop.services`. Nothing here opens a vault, a database or a file of its own."""
