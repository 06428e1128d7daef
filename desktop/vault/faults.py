"""The environment's faults, told apart from our own mistakes, by the codes the system and SQLite give."""

from __future__ import annotations

import errno
from contextlib import AbstractContextManager
from types import TracebackType

from sqlcipher3 import dbapi2 as sqlcipher

from desktop.domain.errors import KnownFault

_PRIMARY = {  # https://sqlite.org/rescode.html: the low eight bits are the primary code
    5: "vault.in_use",  # BUSY
    6: "vault.in_use",  # LOCKED
    8: "disk.readonly",  # READONLY
    10: "disk.failed",  # IOERR
    11: "vault.damaged",  # CORRUPT
    13: "disk.full",  # FULL
    14: "disk.failed",  # CANTOPEN
    26: "vault.damaged",  # NOTADB: also what a wrong key looks like
}
_SYSTEM = {
    errno.ENOSPC: "disk.full",
    errno.EDQUOT: "disk.full",
    errno.EFBIG: "disk.full",
    errno.EROFS: "disk.readonly",
    errno.EACCES: "disk.readonly",
    errno.EPERM: "disk.readonly",
    errno.EIO: "disk.failed",
    errno.ENODEV: "disk.failed",
}


def database_fault(error: sqlcipher.Error) -> KnownFault | None:
    """The fault behind an error of SQLite, or None if the mistake is ours."""
    code = getattr(error, "sqlite_errorcode", None)
    found = _PRIMARY.get(code & 0xFF) if isinstance(code, int) else None
    return KnownFault(found) if found else None


def system_fault(error: OSError) -> KnownFault | None:
    """The fault behind an error of the file system, or None if it is none that we can explain."""
    found = _SYSTEM.get(error.errno or 0)
    return KnownFault(found) if found else None


class _Explaining:
    """A class, for one made of a generator would cost more than many of the reads that are inside."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        fault: KnownFault | None = None
        if isinstance(error, sqlcipher.Error):
            fault = database_fault(error)
        elif isinstance(error, OSError):
            fault = system_fault(error)
        if fault is not None:
            raise fault from error


_EXPLAINING = _Explaining()


def explained() -> AbstractContextManager[None]:
    """Errors of SQLite and of the file system inside this block leave it as KnownFault where they are the environment's."""
    return _EXPLAINING
