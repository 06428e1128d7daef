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
from functools import partial
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.domain.errors import UserError
from desktop.services.progress import Cancelled, Progress
from ui.garbage import Garbage

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


class _Job:
    """Work with all that hangs on it. The thread that does the work holds this alone, and the thread of the window empties it: what hangs on it,
    widgets among it, never goes on another thread than theirs."""

    def __init__(
        self, handle: Handle, owner: QObject, work: Callable[[Progress], Any], done: Callable[[Any], None] | None,
        failed: Callable[[UserError], None] | None, settled: Callable[[], None] | None,
    ) -> None:
        self.handle, self.owner, self.work, self.done, self.failed, self.settled = handle, owner, work, done, failed, settled
        self.result: Any = None
        self.error: BaseException | None = None

    def do(self, progress: Progress) -> None:
        """On the other thread: `result` or `error` is known then."""
        try:
            if self.handle.cancelled:
                raise Cancelled
            self.result = self.work(progress)
        except BaseException as error:
            self.error = error

    def empty(self) -> None:
        """On the thread of the window, at the end."""
        self.__dict__.clear()


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
        self._garbage = Garbage(self)  # before there is another thread
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
        job = _Job(handle, owner, work, done, failed, settled)
        lane.put(lambda: self._run(job))
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
            if not self.running:
                self._garbage.end()
            then()

        self._vault.put(end)

    def _post(self, call: Callable[[], None]) -> None:
        if shiboken6.isValid(self):
            self._deliver.emit(call)

    def _tell_slow(self, handle: Handle) -> None:
        if not handle.over:
            self.slow.emit(handle)

    def _run(self, job: _Job) -> None:
        job.do(self._progress(job))
        self._post(lambda: self._end(job))

    def _end(self, job: _Job) -> None:
        try:
            job.handle.over = True
            self._open.discard(job.handle)
            self.ended.emit(job.handle)
            self._arrive(job)
        finally:
            job.empty()

    def _arrive(self, job: _Job) -> None:
        """Our own bugs are told whether or not the owner still lives; all else only to an owner who does."""
        error, bug = job.error, job.error is not None and not isinstance(job.error, (Cancelled, UserError))
        if not bug and not shiboken6.isValid(job.owner):
            return
        try:
            if isinstance(error, UserError):
                (job.failed or partial(self._unhandled, job.owner))(error)
            elif bug and error is not None:
                sys.excepthook(type(error), error, error.__traceback__)
            elif error is None and job.done is not None:
                job.done(job.result)
        finally:
            if job.settled is not None and shiboken6.isValid(job.owner):
                job.settled()

    def _progress(self, job: _Job) -> Progress:
        last = 0.0

        def report(done: int, total: int) -> None:
            nonlocal last
            if job.handle.cancelled:
                raise Cancelled
            now = time.monotonic()
            if now - last > _TELL_EVERY or done == total:
                last = now
                self._post(lambda: job.handle.steps.emit(done, total))

        return report
