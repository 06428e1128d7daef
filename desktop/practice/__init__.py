"""Invented people for practice, tests and benchmarks."""
