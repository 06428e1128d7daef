"""Where the files that come with the program lie, from source and from a package."""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"


def folder(*parts: str) -> Path:
    """A folder or file below ``resources/``."""
    return _ROOT.joinpath(*parts)
