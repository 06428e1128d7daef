"""The Myanmar script, names and reference data."""
