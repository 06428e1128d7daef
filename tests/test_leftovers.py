"""The watch over what tests leave behind sees what it should: each kind is left behind once, in a run of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LEAVING = {
    "thread": "import threading, time\n\ndef test_it():\n    threading.Thread(target=time.sleep, args=(4,), daemon=True, name='left').start()\n",
    "temporary file": "import tempfile\n\ndef test_it():\n    tempfile.mkstemp()\n",
    "log line": "import logging\n\ndef test_it():\n    logging.getLogger('desktop').warning('unexpected')\n",
    "QTimer": (
        "from PySide6.QtCore import QTimer\nkept = []\n\n"
        "def test_it(qapp):\n    kept.append(QTimer())\n    kept[0].start(60_000)\n"
    ),
    "Exceptions caught in Qt event loop": (
        "from PySide6.QtCore import QTimer\n\n"
        "def test_it(qapp, qtbot):\n    QTimer.singleShot(0, lambda: 1 / 0)\n    qtbot.wait(20)\n"
    ),
}


def run_inside(root: Path, folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Runs one test file under this project's conftest, in a process of its own."""
    test_file = folder / "test_inside.py"
    test_file.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", str(root / "pyproject.toml"), str(test_file)]
    return subprocess.run([*command, "--rootdir", str(folder)], cwd=root, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("what", LEAVING)
def test_what_is_left_behind_fails_the_test(root: Path, tmp_path: Path, what: str) -> None:
    ran = run_inside(root, tmp_path, LEAVING[what])
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert what in ran.stdout


def test_what_may_be_left_behind_is_named_with_a_reason(root: Path, tmp_path: Path) -> None:
    allowed = "import pytest\n\n@pytest.mark.leaves('log', reason='it is about a warning')\n" + LEAVING["log line"].split("\n\n")[1]
    assert run_inside(root, tmp_path, "import logging\n" + allowed).returncode == 0
    without_reason = allowed.replace(", reason='it is about a warning'", "")
    assert run_inside(root, tmp_path, "import logging\n" + without_reason).returncode != 0


def test_a_missing_tool_skips_and_is_named(root: Path, tmp_path: Path) -> None:
    ran = run_inside(root, tmp_path, "import pytest\n\n@pytest.mark.needs('no-such-tool')\ndef test_it():\n    assert False\n")
    assert ran.returncode == 0
    assert "1 skipped" in ran.stdout


def test_home_and_temporary_files_are_private() -> None:
    home, temporary = Path.home(), Path(__import__("tempfile").gettempdir())
    assert home.parent == temporary.parent
    assert home.parent.name.startswith("waystation-tests-")
