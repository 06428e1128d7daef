"""Invented people, for practising, tests and measurements. The same seed gives the same people."""
