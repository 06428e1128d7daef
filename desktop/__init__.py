"""Waystation without its window: importable, testable and usable with no screen."""

__version__ = "0.1.0"
