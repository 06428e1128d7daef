"""Fixtures of the journal's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.desktop.journal.sites import Site


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Makes sites, and closes them afterwards."""
    made: list[Site] = []

    def site(number: int = 0, **kwargs: object) -> Site:
        made.append(Site(tmp_path / str(len(made)), number, **kwargs))  # type: ignore[arg-type]
        return made[-1]

    yield site
    for one in made:
        one.close()


@pytest.fixture
def a(make: Callable[..., Site]) -> Site:
    return make(0)


@pytest.fixture
def b(make: Callable[..., Site]) -> Site:
    return make(1)


@pytest.fixture
def c(make: Callable[..., Site]) -> Site:
    return make(2)
