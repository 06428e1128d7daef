"""Burmese script, names and digits."""
