"""Measurements beside peers. Run with `make bench`; the result is docs/BENCHMARKS.md."""
