"""The packaging folder is no package (its name belongs to a library), so its modules are found through the path."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))
