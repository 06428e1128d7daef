"""Lengths that tell little: Padmé."""

from __future__ import annotations


def padded_length(length: int) -> int:
    """The Padmé length: at most 12 % more, and lengths fall into few classes (Nikitin and others, PURBs, 2019)."""
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    mask = (1 << exponent - exponent.bit_length()) - 1
    return length + mask & ~mask
