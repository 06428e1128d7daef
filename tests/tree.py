"""The tree of the project, as the tests of its rules read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = {".py", ".md", ".toml", ".po", ".sql", ".qss", ".svg", ".tsv", ".csv", ".txt", ".json", ".spec", ".in", ".lock", ".xml", ".html"}


def files(*folders: str, endings: set[str] | None = None) -> Iterator[Path]:
    """Every file of ours below these folders."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and (endings is None or path.suffix in endings):
                yield path


def none(found: Iterable[str]) -> None:
    """Fails with every line found, one below the other."""
    lines = sorted(set(found))
    if lines:
        pytest.fail(f"{len(lines)} found:\n" + "\n".join(lines), pytrace=False)


def name(path: Path) -> str:
    """The path as a person writes it."""
    return path.relative_to(ROOT).as_posix()
