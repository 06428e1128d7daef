"""The layers hold, and the check of them is no empty ceremony: every contract is broken once, in a copy of the tree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BREAKS = {
    "desktop runs without Qt": ("desktop/domain/broken.py", "import PySide6"),
    "the window speaks to services only": ("ui/broken.py", "import desktop.vault"),
    "no network": ("desktop/words/broken.py", "import urllib.request"),
    "no data that can run code": ("desktop/paper/broken.py", "import pickle"),
    "layers": ("desktop/vault/broken.py", "import desktop.journal"),
    "words, scripts and resources know only the domain": ("desktop/myanmar/broken.py", "import desktop.services.people"),
    "pages meet in the shell only": ("ui/pages/one_more/view.py", "import ui.pages.yet_another.view"),
}


def lint(folder: Path) -> list[str]:
    """The names of the broken contracts."""
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run([sys.executable, "-c", command], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    broken = re.findall(r"^(.+) BROKEN(?: \(\d+ ignored imports?\))?$", ran.stdout, re.MULTILINE)
    assert bool(broken) == bool(ran.returncode), ran.stdout + ran.stderr
    return broken


def test_every_contract_is_seen_when_broken(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("importlinter")
    shutil.copy(root / "pyproject.toml", tmp_path)
    for package in ("desktop", "ui"):
        shutil.copytree(root / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    assert lint(tmp_path) == []
    for path, line in [*BREAKS.values(), ("ui/pages/yet_another/view.py", "import ui")]:
        broken = tmp_path / path
        broken.parent.mkdir(parents=True, exist_ok=True)
        for folder in broken.parents:
            if folder == tmp_path:
                break
            (folder / "__init__.py").touch()
        broken.write_text(f'"""Breaks a rule."""\n\n{line}  # noqa: F401\n', encoding="utf-8")
    assert sorted(lint(tmp_path)) == sorted(BREAKS)


@pytest.mark.parametrize(("path", "line_added"), [
    ("desktop/paper/printing/printer.py", "import socket"), ("desktop/paper/printing/line.py", "import urllib.request"),
    ("ui/printing.py", "import http.client"),
])
def test_only_the_line_to_a_printer_may_open_a_connection(root: Path, tmp_path: Path, path: str, line_added: str) -> None:
    pytest.importorskip("importlinter")
    shutil.copy(root / "pyproject.toml", tmp_path)
    for package in ("desktop", "ui"):
        shutil.copytree(root / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    changed = tmp_path / path
    changed.write_text(f"{changed.read_text(encoding='utf-8')}\n{line_added}  # noqa: E402,F401\n", encoding="utf-8")
    assert lint(tmp_path) == ["no network"]
