"""Files on a stick or in any folder: written so that none is ever half there, read with a limit, found by what is in them.

A file's name is the beginning of the SHA-256 of its sealed bytes: it looks random and tells nothing, and a file that cannot be
opened can still be told apart from one that was damaged on the way.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.domain.errors import KnownFault

EXTENSION = ".dat"
PART = ".part"
MAX_FILE = 256 << 20
FIXED_TIME = 1577836800  # 1 January 2020: when a file was written is nobody's business
_OURS = re.compile(rf"[0-9a-f]{{16}}({re.escape(EXTENSION)}|{re.escape(PART)})")
_SLACK = 1 << 20  # left free on the stick
_FAULTS = {
    errno.ENOSPC: "stick.full", errno.EDQUOT: "stick.full", errno.EFBIG: "stick.full",
    errno.EROFS: "disk.readonly", errno.EACCES: "disk.readonly", errno.EPERM: "disk.readonly",
    errno.ENOENT: "stick.gone", errno.ENOTDIR: "stick.gone", errno.EIO: "stick.gone", errno.ENODEV: "stick.gone",
    errno.ENXIO: "stick.gone", errno.ENOTCONN: "stick.gone", errno.ESTALE: "stick.gone", errno.EISDIR: "bundle.foreign",
}


@contextmanager
def told() -> Iterator[None]:
    """Errors of the file system leave this block as KnownFault: stick.full, disk.readonly, stick.gone."""
    try:
        yield
    except OSError as error:
        code = _FAULTS.get(error.errno or 0)
        if code is None:
            raise
        raise KnownFault(code) from error


def name_for(data: bytes) -> str:
    """The final name of a file with these bytes."""
    return hashlib.sha256(data).hexdigest()[:16] + EXTENSION


def name_fits(path: Path, data: bytes) -> bool | None:
    """Whether the bytes are those the file was named for; None if it has a name that we did not give."""
    return path.name == name_for(data) if _OURS.fullmatch(path.name) else None


def candidates(folder: Path) -> list[Path]:
    """The files that may be ours by their name's end and size, in the order of their names. KnownFault: stick.gone, disk.readonly."""
    with told():
        return sorted(
            path for path in folder.iterdir()
            if path.suffix == EXTENSION and not path.name.startswith(".") and path.is_file() and path.stat().st_size <= MAX_FILE
        )


def read(path: Path) -> bytes:
    """All of a file. KnownFault: bundle.too_big, stick.gone, disk.readonly."""
    with told(), path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size > MAX_FILE:
            raise KnownFault("bundle.too_big")
        return stream.read(MAX_FILE)


def beginning(path: Path, most: int = 64) -> bytes:
    """The first bytes of a file. KnownFault: stick.gone, disk.readonly."""
    with told(), path.open("rb") as stream:
        return stream.read(most)


def room(folder: Path) -> int:
    """Bytes free on the stick. KnownFault stick.gone."""
    with told():
        return shutil.disk_usage(folder).free


def put(folder: Path, data: bytes, check: Callable[[bytes], None]) -> Path:
    """Write the bytes under a neutral name: to a file that is no final one, to the device, read back, `check`, then the name.

    `check` raises if what came back is not right. Whatever goes wrong, nothing is left under a final name.
    KnownFault: stick.full, disk.readonly, stick.gone, stick.worn_out (other bytes came back).
    """
    final = folder / name_for(data)
    part = folder / (secrets.token_hex(8) + PART)
    free = room(folder)
    with told():
        if not os.access(folder, os.W_OK):  # told first: no deleting of files makes room on a stick whose lock switch is set
            raise KnownFault("disk.readonly")
        if free < len(data) + _SLACK:
            raise KnownFault("stick.full")
        try:
            _write(part, data)
            back = _read_from_device(part)
            if back != data:
                raise KnownFault("stick.worn_out")
            check(back)
            os.replace(part, final)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        _sync_folder(folder)
    return final


def sweep(folder: Path) -> None:
    """Remove what an interrupted `put` left behind. What cannot be removed stays."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.suffix == PART and _OURS.fullmatch(path.name) and path.is_file():
                remove(path)


def remove(path: Path) -> None:
    """Remove a file. What cannot be removed stays: old news does no harm."""
    with suppress(OSError):
        path.unlink()


def _write(part: Path, data: bytes) -> None:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.utime(part, (FIXED_TIME, FIXED_TIME))
        os.fsync(stream.fileno())


def _read_from_device(part: Path) -> bytes:
    """The bytes as the device gives them back, where the system lets us go round its memory."""
    with part.open("rb") as stream:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return stream.read()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened for this on Windows
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some file systems of sticks cannot; the file itself is already there
            raise
    finally:
        os.close(descriptor)
