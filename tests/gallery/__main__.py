"""Runs every module of this folder that has ``draw(folder) -> iterable of files``: ``python -m tests.gallery [NAME ...]``."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

HERE = Path(__file__).parent
OUT = HERE.parent.parent / "out" / "gallery"


def main(names: list[str]) -> int:
    """Draw all, or only the named modules, and tell where each picture lies."""
    for name in names or sorted(found.name for found in iter_modules([str(HERE)])):
        if name.startswith("_"):
            continue
        module = import_module(f"tests.gallery.{name}")
        folder = OUT / name
        folder.mkdir(parents=True, exist_ok=True)
        for made in module.draw(folder):
            print(made.relative_to(OUT.parent.parent), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
