"""What this system's own printing keeps of the pages it prints, and a place in memory for the files it needs on our side.

A page printed through the system's dialog leaves this program. On Linux and macOS the print service (CUPS) keeps each job for a day unless
its settings say otherwise; on Windows a printer may be set to keep what it printed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

KEEPS_NOTHING, KEEPS_FOR_A_TIME, KEEPS, CANNOT_TELL, NO_SERVICE = "nothing", "for_a_time", "keeps", "cannot_tell", "no_service"
CUPS_SETTINGS = Path("/etc/cups/cupsd.conf")
CUPS_SPOOL = Path("/var/spool/cups")
MOUNTS = Path("/proc/mounts")
_A_DAY = 86_400
_KEEP_PRINTED = 0x100  # of a printer's attributes in Windows


@dataclass(frozen=True)
class Spool:
    """`keeps`: one of the words above. `hours`: how long, for KEEPS_FOR_A_TIME. `system`: ``cups`` or ``windows``. `files`: names of
    printers that write their pages into a file on this laptop. `in_memory`: our own side needs no disk."""

    system: str
    keeps: str
    hours: int = 0
    files: tuple[str, ...] = ()
    in_memory: bool = False


def look() -> Spool:
    """Look at this system's settings. Takes up to three seconds; asks the print service for the list of its printers."""
    if sys.platform == "win32":
        names = _windows_keepers()
        return Spool("windows", KEEPS if names else KEEPS_NOTHING, files=tuple(names))
    keeps, hours = _cups()
    return Spool("cups", keeps, hours, _file_printers(), memory_folder() is not None)


def _cups() -> tuple[str, int]:
    """What CUPS keeps after a job, and for how many hours."""
    if not CUPS_SETTINGS.exists() and not CUPS_SPOOL.exists() and shutil.which("cupsd", path="/usr/sbin:/usr/bin:/sbin") is None:
        return NO_SERVICE, 0
    try:
        text = CUPS_SETTINGS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return CANNOT_TELL, 24
    said: dict[str, str] = {}
    for line in text.splitlines():
        words = line.lower().split()
        if len(words) == 2 and not words[0].startswith("#"):
            said[words[0]] = words[1]
    # Without its history a job is forgotten as a whole, its pages with it.
    if said.get("preservejobhistory", "yes") in ("no", "off", "false", "0"):
        return KEEPS_NOTHING, 0
    return _kept(said.get("preservejobfiles", str(_A_DAY)))


def _kept(value: str) -> tuple[str, int]:
    """What a value of PreserveJobFiles means: No, Yes, or a time such as 86400, 30m, 2h, 1d, 1w."""
    if value in ("no", "off", "false", "0"):
        return KEEPS_NOTHING, 0
    if value in ("yes", "on", "true"):
        return KEEPS, 0
    unit = {"m": 60, "h": 3_600, "d": _A_DAY, "w": 7 * _A_DAY}.get(value[-1:], 1)
    number = value.rstrip("mhdws")
    seconds = int(number) * unit if number.isdecimal() else _A_DAY
    return KEEPS_FOR_A_TIME, max(1, round(seconds / 3_600))


def _file_printers() -> tuple[str, ...]:
    """Printers of the system that write a file in place of printing. Their pages lie on the disk, readable by anybody."""
    program = shutil.which("lpstat")
    if program is None:
        return ()
    try:
        said = subprocess.run(  # noqa: S603  # the program of the system, with no words of ours
            [program, "-v"], capture_output=True, text=True, timeout=3, check=False, stdin=subprocess.DEVNULL, env={"LC_ALL": "C", "PATH": os.defpath},
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ()
    found = []
    for line in said.splitlines():
        name, _, where = line.removeprefix("device for ").partition(": ")
        if where.startswith(("cups-pdf:", "file:")):
            found.append(name)
    return tuple(found)


def _windows_keepers() -> list[str]:
    """Printers that are told to keep what they printed."""
    names: list[str] = []
    if sys.platform == "win32":
        import winreg

        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SYSTEM\CurrentControlSet\Control\Print\Printers") as printers:
            for at in range(winreg.QueryInfoKey(printers)[0]):
                name = winreg.EnumKey(printers, at)
                with suppress(OSError), winreg.OpenKey(printers, name) as one:
                    if int(winreg.QueryValueEx(one, "Attributes")[0]) & _KEEP_PRINTED:
                        names.append(name)
    return names


def memory_folder() -> Path | None:
    """A folder that lies in memory and not on a disk, None where this system has none that we may write to."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    places = {fields[1]: fields[2] for fields in (line.split() for line in lines) if len(fields) > 2}
    for name in (os.environ.get("XDG_RUNTIME_DIR", ""), "/dev/shm", "/run/shm"):  # noqa: S108  # looked at, and a folder of our own made in it
        if name and _kind_of(Path(name), places) in ("tmpfs", "ramfs") and os.access(name, os.W_OK | os.X_OK):
            return Path(name)
    return None


def _kind_of(path: Path, places: dict[str, str]) -> str:
    """The kind of file system a path lies on."""
    resolved = path.resolve()
    return next((places[str(one)] for one in (resolved, *resolved.parents) if str(one) in places), "")


@contextmanager
def files_in_memory() -> Iterator[bool]:
    """While the block lasts, temporary files of this program and of the libraries it uses lie in a folder in memory, which goes away with
    all that is in it. Gives False, and changes nothing, where the system has no such folder."""
    parent = memory_folder()
    if parent is None:
        yield False
        return
    folder = tempfile.mkdtemp(prefix="w", dir=parent)
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = folder
    try:
        yield True
    finally:
        if before is None:
            os.environ.pop("TMPDIR", None)
        else:
            os.environ["TMPDIR"] = before
        shutil.rmtree(folder, ignore_errors=True)
