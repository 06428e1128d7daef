"""The process in which files from a scanner are opened: it is given one, tells how many pages it has, and gives pages as grey dots.

It has the bytes of the file and nothing else: no folder of ours, no key, no place to write to. A file that is made to do harm ends this process
and not the program. What is said on its two pipes is one letter, a number and what follows (see `apart`).
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import BinaryIO

from desktop.domain.errors import UserError

VERB = "--read-pages"
"""What starts the program as this process."""
MOST_MEMORY = 1536 << 20
"""Bytes: the largest page in colour, unpacked, beside the largest file."""
MOST_SECONDS = 45.0
"""For one answer. Drawing a page is left sooner (`pages`)."""
HEAD = struct.Struct(">cQ")
SIZE = struct.Struct(">II")
READY, FILE, PAGE, COUNT, DOTS, REFUSED = b"R", b"F", b"P", b"N", b"D", b"E"


def serve() -> int:
    """Answer on the pipes until nobody asks any more. Returns the exit status."""
    with open(0, "rb", closefd=False) as asked, open(1, "wb", closefd=False) as said:
        _hold()
        _answer(asked, said)
    return 0


def _answer(asked: BinaryIO, said: BinaryIO) -> None:
    from desktop.paper.scanning import pages

    content = b""
    _say(said, READY)
    while True:
        head = asked.read(HEAD.size)
        if len(head) < HEAD.size:
            return
        word, number = HEAD.unpack(head)
        if word == FILE:
            content = b""  # the one before goes first
            content = asked.read(number)
        with _in_time():
            try:
                if word == FILE:
                    _say(said, COUNT, pages.count(content))
                else:
                    picture = pages.page(content, number)
                    dots = picture.tobytes()
                    _say(said, DOTS, SIZE.size + len(dots), SIZE.pack(*picture.size), dots)
            except UserError as error:
                why = json.dumps({"code": error.code, "fields": error.fields}).encode()
                _say(said, REFUSED, len(why), why)


def _say(said: BinaryIO, word: bytes, number: int = 0, *parts: bytes) -> None:
    said.write(HEAD.pack(word, number))
    for part in parts:
        said.write(part)
    said.flush()


@contextmanager
def _in_time() -> Iterator[None]:
    """What takes longer ends the process, though nobody may be there any more to end it."""
    late = Timer(MOST_SECONDS + 5, os._exit, (3,))
    late.daemon = True
    late.start()
    try:
        yield
    finally:
        late.cancel()


def _hold() -> None:
    """Bind this process, as far as the system can: memory, no file written, no picture of its memory kept."""
    if sys.platform == "win32":
        _hold_on_windows()
        return
    import resource

    for what, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # macOS knows no bound of memory
            resource.setrlimit(what, (most, most))


def _hold_on_windows() -> None:
    """A job object of one's own with a bound of memory. What fails leaves the bounds of `pages`, which looks at every size before it unpacks."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = (
                ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", wintypes.DWORD), ("least", ctypes.c_size_t),
                ("most", ctypes.c_size_t), ("active", wintypes.DWORD), ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD),
                ("scheduling", wintypes.DWORD),
            )

        class Extended(ctypes.Structure):
            _fields_ = (
                ("basic", Basic), ("counters", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t), ("job_memory", ctypes.c_size_t),
                ("process_peak", ctypes.c_size_t), ("job_peak", ctypes.c_size_t),
            )

        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        process_memory, extended = 0x100, 9
        bounds = Extended(basic=Basic(flags=process_memory), process_memory=MOST_MEMORY)
        job = kernel.CreateJobObjectW(None, None)
        if job and kernel.SetInformationJobObject(job, extended, ctypes.byref(bounds), ctypes.sizeof(bounds)):
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
