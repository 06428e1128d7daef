"""Compiles the translators' ``.po`` files to the ``.mo`` files that the program reads at its start.

Asking what is stale needs the standard library only; compiling runs in the project's own Python.
"""

from __future__ import annotations

import sys
from pathlib import Path


def stale(root: Path) -> list[Path]:
    """The ``.po`` files whose compiled file is missing or older."""
    return [source for source in sorted((root / "resources" / "locale").glob("*/*.po")) if not _fresh(source)]


def _fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


def compile_stale(root: Path) -> None:
    """Writes the compiled files, each under its final name only when it is whole."""
    from desktop.words.catalogue import compile_source

    for source in stale(root):
        beside = source.with_suffix(".mo.part")
        beside.write_bytes(compile_source(source))
        beside.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    project = Path(__file__).resolve().parent.parent
    sys.path.insert(0, str(project))
    compile_stale(project)
