"""Removable drives that are plugged in now, asked of the system itself; no other program is started."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

_MOUNT_PLACES = ("/media/", "/run/media/", "/mnt/usb")
_NOT_STICKS = {"tmpfs", "proc", "sysfs", "overlay", "squashfs", "iso9660", "udf", "fuse.portal", "fuse.gvfsd-fuse", "nfs", "cifs"}
_DRIVE_REMOVABLE = 2  # GetDriveTypeW


@dataclass(frozen=True)
class Drive:
    """A removable drive that is plugged in."""

    path: Path
    name: str
    free: int  # bytes
    writable: bool


def drives() -> list[Drive]:
    """Removable drives with their free space, in the order of their names."""
    found = _windows() if sys.platform == "win32" else _mounted(Path("/proc/mounts"), Path("/sys"))
    return sorted(found, key=lambda drive: (drive.name, str(drive.path)))


def _mounted(mounts: Path, system: Path) -> list[Drive]:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        device, place, kind, options, *_ = [*line.split(" "), "", "", "", ""]
        path = Path(_unescaped(place))
        if kind in _NOT_STICKS or not device.startswith("/dev/"):
            continue
        if _removable(Path(device).name, system) or str(path).startswith(_MOUNT_PLACES):
            drive = _drive(path, path.name or device, "ro" not in options.split(","))
            found += [drive] if drive else []
    return found


def _unescaped(place: str) -> str:
    r"""The kernel writes a space in a path as ``\040``."""
    octal = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8) & 255]), place.encode())
    return octal.decode(errors="surrogateescape")


def _removable(device: str, system: Path) -> bool:
    """True if the disk that this partition lies on says it can be taken out, or hangs on USB."""
    block = system / "class" / "block" / device
    try:
        real = block.resolve(strict=True)
        disk = real if (real / "removable").exists() else real.parent
        return (disk / "removable").read_text(encoding="ascii").strip() == "1" or "/usb" in str(disk)
    except OSError:
        return False


def _drive(path: Path, name: str, writable: bool) -> Drive | None:
    try:
        free = shutil.disk_usage(path).free
    except OSError:
        return None  # taken out just now, or a reader without a card
    return Drive(path, name, free, writable and os.access(path, os.W_OK))


def _windows() -> list[Drive]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    present = kernel.GetLogicalDrives()
    found = []
    for at in range(26):
        root = f"{chr(ord('A') + at)}:\\"
        if present >> at & 1 and kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE:
            label = ctypes.create_unicode_buffer(261)
            flags = ctypes.c_ulong()
            told = kernel.GetVolumeInformationW(root, label, 261, None, None, ctypes.byref(flags), None, 0)
            read_only = bool(flags.value & 0x00080000)  # FILE_READ_ONLY_VOLUME
            drive = _drive(Path(root), label.value or root[:2], not read_only) if told else None
            found += [drive] if drive else []
    return found
