"""A fresh process in place of this one: only the end of a process clears its memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence


def command(language: str, arguments: Sequence[str]) -> list[str]:
    """What starts the program again as it was started, in the language that was spoken last."""
    kept: list[str] = []
    skip = False
    for one in arguments:
        if not skip and one != "--language" and not one.startswith("--language="):
            kept.append(one)
        skip = one == "--language"
    start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, *_interpreter_options(), sys.argv[0]]
    return [*start, *kept, f"--language={language}"]


def _interpreter_options() -> list[str]:
    """Options of Python itself that stood before the script (``-X dev``, ``-P``)."""
    before = sys.orig_argv[1:]
    return before[: before.index(sys.argv[0])] if sys.argv[0] in before else []


def fresh(language: str) -> None:
    """Start again and end. Where the system can put a new program in place of this one (Linux, macOS), nothing of the old one
    stays; elsewhere a new process starts and the caller ends this one."""
    line = command(language, sys.argv[1:])
    if os.name == "posix":
        os.execv(line[0], line)  # noqa: S606  (our own program)
    subprocess.Popen(line, close_fds=True)  # noqa: S603
