"""Work that must not block the window.

One thread owns the vault: everything submitted here runs on it, one after another, in order. `aside` is a second lane for work
that needs no vault (pictures of pages, looking for sticks). Results come back on the window's thread, and only while their
owner still lives. There are no nested event loops.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.errors import UserError
from desktop.services.progress import Cancelled, Progress

Result = TypeVar("Result")
SLOW_AFTER = 300  # milliseconds before anybody is told that work is under way
_TELL_EVERY = 0.05  # seconds between two reports of progress


class Handle(QObject):
    """Work that was submitted. `words` say what is being done, "" for a quiet read; `steps(done, total)` reports."""

    steps = Signal(int, int)

    def __init__(self, words: str, can_cancel: bool) -> None:
        super().__init__()
        self.words, self.can_cancel = words, can_cancel
        self.over = False
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop: at its next step it ends without a result. Work that has not begun never begins."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """True once somebody asked it to stop."""
        return self._stop.is_set()


class _Lane:
    """One thread with its queue."""

    def __init__(self, name: str) -> None:
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def put(self, work: Callable[[], None]) -> None:
        self._queue.put(work)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def end(self, wait: float) -> None:
        self._queue.put(None)
        self._thread.join(wait)

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            work()


class Jobs(QObject):
    """Signals: `slow(handle)` when work is still under way after 300 ms, `ended(handle)` when it is over, whatever came of it."""

    slow = Signal(object)
    ended = Signal(object)
    _deliver = Signal(object)

    def __init__(self, unhandled: Callable[[QObject, UserError], None]) -> None:
        """`unhandled(owner, error)` presents an error for which the submitter had no `failed`."""
        super().__init__()
        self._unhandled = unhandled
        self._vault = _Lane("vault")
        self._aside: _Lane | None = None
        self._open: set[Handle] = set()
        self._closed = False
        self._deliver.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """True while anything is waiting or running."""
        return bool(self._open)

    @property
    def running(self) -> bool:
        """True while its threads live."""
        return self._vault.alive or (self._aside is not None and self._aside.alive)

    def submit(
        self,
        owner: QObject,
        work: Callable[[Progress], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[UserError], None] | None = None,
        *,
        settled: Callable[[], None] | None = None,
        words: str = "",
        can_cancel: bool = False,
        aside: bool = False,
    ) -> Handle:
        """Run `work(progress)` on the thread of the vault, then `done(result)` here.

        A UserError goes to `failed`, or is presented. A `Cancelled` ends in silence. Anything else is our bug and goes to
        `sys.excepthook`. `settled` is called at the end in every case. With `words`, a progress box shows them after 300 ms.
        """
        handle = Handle(words, can_cancel)
        if self._closed:
            handle.cancel()
            handle.over = True
            return handle
        self._open.add(handle)
        QTimer.singleShot(SLOW_AFTER, handle, lambda: self._tell_slow(handle))
        lane = self._vault
        if aside:
            self._aside = self._aside or _Lane("aside")
            lane = self._aside
        lane.put(lambda: self._run(handle, owner, work, done, failed, settled))
        return handle

    def close(self, last: Callable[[], None], then: Callable[[], None]) -> None:
        """Take no more work, drop what waits, let what runs come to its end, run `last` on the thread of the vault (it locks),
        end the threads, and call `then` here. An error in `last` does not stop the way out."""
        if self._closed:
            return
        self._closed = True
        for handle in self._open:
            if handle.can_cancel:
                handle.cancel()

        def end() -> None:
            try:
                last()
            except Exception:
                info = sys.exc_info()
                self._post(lambda: sys.excepthook(*info))
            self._post(out)

        def out() -> None:
            self._vault.end(5)
            if self._aside is not None:
                self._aside.end(5)
            then()

        self._vault.put(end)

    def _post(self, call: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._deliver.emit(call)

    def _tell_slow(self, handle: Handle) -> None:
        if not handle.over:
            self.slow.emit(handle)

    def _run(
        self, handle: Handle, owner: QObject, work: Callable[[Progress], Any], done: Callable[[Any], None] | None,
        failed: Callable[[UserError], None] | None, settled: Callable[[], None] | None,
    ) -> None:
        def arrive(call: Callable[[], None], *, always: bool = False) -> None:
            self._post(lambda: self._end(handle, owner, call, settled, always))

        try:
            if handle.cancelled:
                raise Cancelled
            result = work(self._progress(handle))
        except Cancelled:
            arrive(lambda: None)
        except UserError as error:
            told = error  # the name `error` ends with this block
            arrive(lambda: failed(told) if failed is not None else self._unhandled(owner, told))
        except BaseException:
            info = sys.exc_info()
            arrive(lambda: sys.excepthook(*info), always=True)
        else:
            arrive(lambda: done(result) if done is not None else None)

    def _end(self, handle: Handle, owner: QObject, call: Callable[[], None], settled: Callable[[], None] | None, always: bool) -> None:
        handle.over = True
        self._open.discard(handle)
        self.ended.emit(handle)
        if not always and not shiboken6.isValid(owner):
            return
        try:
            call()
        finally:
            if settled is not None and shiboken6.isValid(owner):
                settled()

    def _progress(self, handle: Handle) -> Progress:
        last = 0.0

        def report(done: int, total: int) -> None:
            nonlocal last
            if handle.cancelled:
                raise Cancelled
            now = time.monotonic()
            if now - last > _TELL_EVERY or done == total:
                last = now
                self._post(lambda: handle.steps.emit(done, total))

        return report
