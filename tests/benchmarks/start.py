"""From starting the program to the unlock screen, painted, and the memory it holds then; beside a bare Qt window. Both run offscreen; files
are in the system's cache (warm)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop.vault.hardness import FLOOR
from desktop.vault.vault import Vault
from tests.benchmarks.table import Row, percentile
from tests.tree import ROOT

RUNS = 7

_SHOWN = """
def shown(*_):
    for _ in range(20):
        QApplication.processEvents()
    pages = int(open("/proc/self/statm").read().split()[1]) if sys.platform == "linux" else 0
    print(pages * 4096 / 1e6, flush=True)
    return 0
"""
_OURS = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
{_SHOWN}
QApplication.exec = staticmethod(shown)
from ui.app import run
run(Path(sys.argv[1]))
"""
_BARE = f"""
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
{_SHOWN}
application = QApplication(sys.argv)
field = QLineEdit()
field.show()
shown()
"""


def rows() -> list[Row]:
    """Each program several times, in turn."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "vault"
        Vault.create(folder, site="Bench", name="Bench", passphrase="bench bench bench bench", hardness=FLOOR)[0].close()
        ours, bare = [], []
        for _ in range(RUNS):
            ours.append(_run(_OURS, folder))
            bare.append(_run(_BARE, folder))
    return [
        Row("unlock screen visible, warm", percentile([seconds for seconds, _ in ours], 0.5), "s", 0.5, "bare Qt window", percentile([seconds for seconds, _ in bare], 0.5)),
        Row("memory at the unlock screen", ours[-1][1], "MB", 110, "bare Qt window", bare[-1][1]),
    ]


def _run(script: str, folder: Path) -> tuple[float, float]:
    """(seconds until it says that it is shown, MB)."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, env=environment, text=True) as child:
        line = child.stdout.readline() if child.stdout else ""
        seconds = time.perf_counter() - began
        child.communicate()
    return seconds, float(line)
