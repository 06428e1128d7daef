"""Files from a scanner, opened in a process of their own (`child`), so that one that is made to explode takes nothing else with it.

Bytes go to and fro on pipes: nothing is on the disk, in the arguments or in the environment.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import IO

from PIL import Image

from desktop.domain.errors import UserError
from desktop.paper.scanning import child

_TICK = 0.2  # seconds between two looks whether somebody wants to stop
_MAIN = Path(__file__).resolve().parents[3] / "main.py"
Step = Callable[[], None]
"""Called again and again while an answer is waited for; what it raises ends the process."""


def command() -> list[str]:
    """What starts the process: the packed program itself, or Python with ours."""
    return [sys.executable, child.VERB] if getattr(sys, "frozen", False) else [sys.executable, str(_MAIN), child.VERB]


class _Ended(Exception):
    """The process is not there any more."""


class Opener:
    """Opens files, one after another, while the block lasts. The process is started for the first file, and anew after one that ended it."""

    def __init__(self, *, seconds: float = child.MOST_SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._content: bytes | None = None

    def __enter__(self) -> Opener:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def alive(self) -> bool:
        """False after a file that ended the process: it is not worth another try."""
        return self._process is not None

    def count(self, content: bytes, step: Step) -> int:
        """How many pages a file has. UserError as of `pages.count`; scan.too_slow, scan.unreadable for one that ended the process."""
        self._content = content
        _, number, _ = self._ask(child.FILE, len(content), content, step)
        return number

    def page(self, content: bytes, number: int, step: Step) -> Image.Image:
        """A page (from 0) in grey. UserError as of `pages.page`; scan.too_slow, scan.unreadable as of `count`."""
        if self._content is not content or not self.alive:
            self.count(content, step)
        _, _, said = self._ask(child.PAGE, number, b"", step)
        size = child.SIZE.unpack_from(said)
        return Image.frombuffer("L", size, said[child.SIZE.size:], "raw", "L", 0, 1).copy()

    def _ask(self, word: bytes, number: int, content: bytes, step: Step) -> tuple[bytes, int, bytes]:
        """(word, number, what follows) of the answer. Waits on another thread, so that somebody may stop it."""
        process = self._process = self._process or _started()
        answers: list[tuple[bytes, int, bytes]] = []
        waiting = Thread(target=_talk, args=(process, word, number, content, answers), daemon=True)
        waiting.start()
        left = self._seconds
        try:
            while waiting.is_alive() and left > 0:
                waiting.join(_TICK)
                left -= _TICK
                step()
        except BaseException:
            self._end()
            waiting.join()
            raise
        if not answers:
            self._end()
            waiting.join()
            raise UserError("scan.too_slow" if left <= 0 else "scan.unreadable")
        said, figure, more = answers[0]
        if said == child.REFUSED:
            why = json.loads(more)
            raise UserError(str(why["code"]), **why["fields"])
        return said, figure, more

    def _end(self) -> None:
        process, self._process, self._content = self._process, None, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        try:
            pipe.close()
        except OSError:
            return  # what was still to be written has no reader


def _started() -> subprocess.Popen[bytes]:
    """The process, ready. RuntimeError if it cannot be started: that is no fault of a file."""
    hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would open a console for it
    process = subprocess.Popen(  # noqa: S603  (our own program)
        command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, creationflags=hidden,
    )
    assert process.stdout is not None
    if process.stdout.read(child.HEAD.size) != child.HEAD.pack(child.READY, 0):
        process.kill()
        process.wait()
        raise RuntimeError("the process that opens files did not start")
    return process


def _talk(process: subprocess.Popen[bytes], word: bytes, number: int, content: bytes, answers: list[tuple[bytes, int, bytes]]) -> None:
    """Ask, and put the answer there; nothing if the process ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(child.HEAD.pack(word, number))
        process.stdin.write(content)
        process.stdin.flush()
        said, figure = child.HEAD.unpack(_whole(process.stdout, child.HEAD.size))
        answers.append((said, figure, b"" if said == child.COUNT else _whole(process.stdout, figure)))
    except (OSError, ValueError, _Ended):
        return


def _whole(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) < length:
        raise _Ended
    return found
