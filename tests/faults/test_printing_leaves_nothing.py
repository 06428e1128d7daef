"""After a page went to a printer, and the printer forgot the job, nothing of it is left in any folder on the way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.desktop.paper.printing.real import TOOLS, running

ROOT = Path(__file__).parent.parent.parent
FORGETS = 60  # seconds after which the printer program deletes what it printed

_PRINTS = """
import sys
from desktop.paper.documents import arrival_slip
from desktop.paper.page import Print
from desktop.paper.printing import line, printer
from tests.desktop.paper import models
made = Print("C1")
arrival_slip.draw(made, models.slips()["usual"])
printer.send(line.Address("127.0.0.1", int(sys.argv[1])), made.pdf(), 1, size="A4", report=lambda done, total: None)
"""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180), pytest.mark.needs(*TOOLS)]


def _kept(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_size]


def test_nothing_is_left_in_temp_or_spool(tmp_path: Path) -> None:
    temp, home = tmp_path / "temp", tmp_path / "home"
    temp.mkdir()
    home.mkdir()
    with running(tmp_path / "printer") as real:
        environment = {**os.environ, "TMPDIR": str(temp), "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        subprocess.run([sys.executable, "-B", "-c", _PRINTS, str(real.address.port)], cwd=ROOT, check=True, timeout=60, env=environment)
        assert [*temp.rglob("*"), *home.rglob("*")] == []
        assert len(real.pages()) == 1
        assert _kept(real.spool) != []  # the printer itself keeps it a while
        until = time.monotonic() + FORGETS + 30
        while _kept(real.spool) and time.monotonic() < until:
            time.sleep(1)
        assert _kept(real.spool) == []
