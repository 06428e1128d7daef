"""How long work tells its progress and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The person stopped the work. Nothing was changed."""


class Progress(Protocol):
    """Called with steps done and steps in all. Raises `Cancelled` when the person asked to stop."""

    def __call__(self, done: int, total: int) -> None: ...


def silent(done: int, total: int) -> None:
    """A progress that nobody watches."""
