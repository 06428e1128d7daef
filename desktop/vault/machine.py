"""What the vault asks of the computer it runs on: how much memory, which machine, no memory dumps."""

from __future__ import annotations

import os
import sys
from pathlib import Path

GIB = 1 << 30
_PR_SET_DUMPABLE = 4


def memory_bytes() -> int:
    """The machine's memory in bytes; 4 GiB where it cannot be found out."""
    if sys.platform == "win32":
        return _windows_memory()
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return 4 * GIB


def machine_name() -> bytes:
    """Bytes that stay the same on this installation of the system and differ on another; empty where there is none."""
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            return Path(place).read_bytes().strip()
        except OSError:
            continue
    return _windows_machine() if sys.platform == "win32" else b""


def harden_process() -> None:
    """New files are for their owner only; the system never writes this process's memory to a file, nor shows it to other programs."""
    os.umask(0o077)
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _windows_memory() -> int:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *(
                (name, ctypes.c_ulonglong)
                for name in ("total", "free", "page", "page_free", "virtual", "virtual_free", "extended")
            ),
        )

    status = Status()
    status.length = ctypes.sizeof(Status)
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return int(status.total) if kernel.GlobalMemoryStatusEx(ctypes.byref(status)) else 4 * GIB


def _windows_machine() -> bytes:
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as found:  # type: ignore[attr-defined,unused-ignore]
            return str(winreg.QueryValueEx(found, "MachineGuid")[0]).encode()  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return b""
