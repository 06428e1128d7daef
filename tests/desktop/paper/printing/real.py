"""A real printer program on loopback, and what it was given."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop.paper.printing import line
from desktop.paper.printing.line import Address

TOOLS = ("ippeveprinter", "dbus-daemon")
_KEEP = 'cp "$1" "{folder}/arrived-$$" && mv "{folder}/arrived-$$" "{folder}/$(date +%s%N).page"'


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RealPrinter:
    """`address` is where it listens, `folder` what it prints to, `spool` where it keeps a job while it prints, `said` what it writes about its
    work."""

    address: Address
    process: subprocess.Popen[bytes]
    folder: Path
    spool: Path
    said: Path

    def pages(self) -> list[bytes]:
        """The documents that came out, in order."""
        return [path.read_bytes() for path in sorted(self.folder.glob("*.page"))]

    def log(self) -> str:
        """Everything it wrote: the attributes of every request among it."""
        return self.said.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, words: str, seconds: float = 10) -> None:
        """Until it wrote these words."""
        until = time.monotonic() + seconds
        while words not in self.log():
            assert time.monotonic() < until, self.log()[-2000:]
            time.sleep(0.05)


@contextmanager
def running(folder: Path, *options: str, formats: str = "application/pdf", before: str = "", after: str = "") -> Iterator[RealPrinter]:
    """A printer while the block lasts. `formats` are the only ones it takes; `before` and `after` are lines of shell run for each document,
    around keeping it. What they write to standard error as ``STATE: +media-empty`` the printer tells of itself."""
    out, spool, said = folder / "out", folder / "spool", folder / "said"
    for one in (out, spool):
        one.mkdir(parents=True, exist_ok=True)
    script = folder / "print.sh"
    script.write_text("\n".join(["#!/bin/sh", before, _KEEP.format(folder=out), after, "exit 0", ""]), encoding="utf-8")
    script.chmod(0o700)
    bus = f"unix:path={folder}/bus"
    with said.open("wb") as log:
        buses = subprocess.Popen(
            [str(shutil.which("dbus-daemon")), "--session", "--nofork", f"--address={bus}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        try:
            _until(lambda: (folder / "bus").exists())
            command = ["-vvv", "-r", "off", "-n", "localhost", "-d", str(spool), "-f", formats, "-c", str(script), *options, "Printer of the test"]
            port, process = _started(command, log, {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus, "TMPDIR": str(spool)})
            try:
                yield RealPrinter(Address("127.0.0.1", port), process, out, spool, said)
            finally:
                _end(process)
        finally:
            _end(buses)


def _started(command: list[str], log: IO[bytes], environment: dict[str, str]) -> tuple[int, subprocess.Popen[bytes]]:
    """The port and the printer that listens at it. Another program may take a free port first: then another one is tried."""
    for _ in range(4):
        port = free_port()
        process = subprocess.Popen([str(shutil.which("ippeveprinter")), "-p", str(port), *command], stdout=log, stderr=log, env=environment)
        _until(lambda: process.poll() is not None or line.listens(port))  # noqa: B023
        if process.poll() is None:
            return port, process
    raise AssertionError("the printer did not come up")


def _until(happened: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not happened() and time.monotonic() < until:
        time.sleep(0.03)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
