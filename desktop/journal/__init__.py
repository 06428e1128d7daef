"""Entries, registers, history: the only write path."""
