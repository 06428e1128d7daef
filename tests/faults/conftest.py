"""What tests of things that break share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.stretching import quick


@pytest.fixture
def quickly() -> Iterator[None]:
    """For tests that are not about key slots."""
    with quick():
        yield
