"""A process that is killed in the middle of its work, and what it told before."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_PROCESSES = multiprocessing.get_context("fork") if sys.platform != "win32" else None


def killed(work: Callable[[Connection], None], after: float) -> list[Any]:
    """What a process of its own told before it was killed, `after` seconds from its first word (or had done its work)."""
    assert _PROCESSES is not None
    ours, theirs = _PROCESSES.Pipe(duplex=False)

    def run() -> None:
        work(theirs)
        os._exit(0)

    child = _PROCESSES.Process(target=run)
    child.start()
    theirs.close()
    told: list[Any] = [ours.recv()]
    time.sleep(after)
    if child.pid is not None and child.exitcode is None:
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    try:
        while ours.poll():
            told.append(ours.recv())
    except EOFError:
        pass
    ours.close()
    return told
