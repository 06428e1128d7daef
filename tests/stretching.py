"""Passphrases that cost next to nothing: for every test that is not about how much a guess of one costs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.vault.hardness import Hardness


@contextmanager
def quick() -> Iterator[None]:
    """Inside, stretching a passphrase costs next to nothing. What is made inside is opened inside only."""
    patch = pytest.MonkeyPatch()
    patch.setattr(Hardness, "stretch", lambda self, phrase, salt: hashlib.sha256(phrase.encode() + salt).digest())
    try:
        yield
    finally:
        patch.undo()
