"""Compiled XForm XML to a definition."""
