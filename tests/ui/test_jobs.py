from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownFault, UserError
from desktop.services.progress import Progress
from ui.jobs import Jobs


class Seen:
    """What came out of jobs, in order."""

    def __init__(self) -> None:
        self.unhandled: list[str] = []
        self.log: list[object] = []


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def jobs(seen: Seen, qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs(lambda _owner, error: seen.unhandled.append(error.code))
    yield made
    over: list[bool] = []
    made.close(lambda: None, lambda: over.append(True))
    if made.running:
        qtbot.waitUntil(lambda: not made.running, timeout=5000)


def test_results_come_back_on_this_thread_in_order(jobs: Jobs, seen: Seen, qtbot: QtBot) -> None:
    owner, threads = QObject(), set()

    def work(_progress: Progress) -> int:
        threads.add(threading.get_ident())
        return threading.get_ident()

    for at in range(3):
        jobs.submit(owner, work, lambda _r, at=at: seen.log.append((at, threading.get_ident())))
    qtbot.waitUntil(lambda: len(seen.log) == 3)
    assert seen.log == [(at, threading.get_ident()) for at in range(3)]
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_owner_that_died_hears_nothing(jobs: Jobs, seen: Seen, qtbot: QtBot) -> None:
    dead, alive = QObject(), QObject()
    gate = threading.Event()
    jobs.submit(dead, lambda _p: gate.wait(5), lambda _r: seen.log.append("dead"))
    shiboken6.delete(dead)
    gate.set()
    jobs.submit(alive, lambda _p: None, lambda _r: seen.log.append("alive"))
    qtbot.waitUntil(lambda: bool(seen.log))
    assert seen.log == ["alive"]


def test_known_errors_are_handled_or_presented(jobs: Jobs, seen: Seen, qtbot: QtBot) -> None:
    owner = QObject()

    def fails(_progress: Progress) -> None:
        raise KnownFault("disk.full")

    jobs.submit(owner, fails, failed=lambda error: seen.log.append(error.code), settled=lambda: seen.log.append("settled"))
    jobs.submit(owner, fails)
    qtbot.waitUntil(lambda: bool(seen.unhandled))
    assert seen.log == ["disk.full", "settled"]
    assert seen.unhandled == ["disk.full"]


def test_our_own_mistakes_reach_the_hook_and_settle(jobs: Jobs, seen: Seen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: caught.append(kind))
    dead, owner = QObject(), QObject()
    jobs.submit(dead, lambda _p: 1 // 0)
    shiboken6.delete(dead)
    jobs.submit(owner, lambda _p: 1 // 0, failed=lambda _e: seen.log.append("failed"), settled=lambda: seen.log.append("settled"))
    qtbot.waitUntil(lambda: bool(seen.log))
    assert caught == [ZeroDivisionError, ZeroDivisionError]
    assert seen.log == ["settled"]


def test_work_can_be_stopped(jobs: Jobs, seen: Seen, qtbot: QtBot) -> None:
    owner, begun = QObject(), threading.Event()

    def long(progress: Progress) -> None:
        begun.set()
        for at in range(10_000):
            progress(at, 10_000)
            time.sleep(0.001)

    handle = jobs.submit(owner, long, lambda _r: seen.log.append("done"), settled=lambda: seen.log.append("settled"))
    waiting = jobs.submit(owner, lambda _p: 1, lambda _r: seen.log.append("never"))
    begun.wait(5)
    waiting.cancel()
    handle.cancel()
    qtbot.waitUntil(lambda: bool(seen.log) and not jobs.busy, timeout=5000)
    assert seen.log == ["settled"]


def test_slow_work_is_told_after_300_ms_and_reports_steps(jobs: Jobs, seen: Seen, qtbot: QtBot) -> None:
    owner, steps = QObject(), []

    def slow(progress: Progress) -> None:
        for at in range(6):
            time.sleep(0.1)
            progress(at + 1, 6)

    jobs.slow.connect(lambda handle: seen.log.append(handle.words))
    jobs.ended.connect(lambda handle: seen.log.append("ended"))
    jobs.submit(owner, lambda _p: None, words="quick")
    jobs.submit(owner, slow, words="slow").steps.connect(lambda done, total: steps.append((done, total)))
    qtbot.waitUntil(lambda: seen.log.count("ended") == 2, timeout=5000)
    assert seen.log == ["ended", "slow", "ended"]
    assert steps[-1] == (6, 6)


def test_closing_runs_the_last_work_after_what_waits(seen: Seen, qtbot: QtBot) -> None:
    jobs = Jobs(lambda _owner, error: None)
    owner = QObject()
    jobs.submit(owner, lambda _p: time.sleep(0.05))
    jobs.submit(owner, lambda _p: seen.log.append("kept"))
    jobs.close(lambda: seen.log.append("locked"), lambda: seen.log.append("over"))
    late = jobs.submit(owner, lambda _p: seen.log.append("late"))
    qtbot.waitUntil(lambda: "over" in seen.log)
    assert seen.log == ["kept", "locked", "over"]
    assert late.over
    assert not jobs.running


def test_an_error_while_locking_does_not_stop_the_way_out(seen: Seen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: seen.log.append(kind))
    jobs = Jobs(lambda _owner, error: None)

    def fails() -> None:
        raise UserError("disk.full")

    jobs.close(fails, lambda: seen.log.append("over"))
    qtbot.waitUntil(lambda: "over" in seen.log)
    assert seen.log == [UserError, "over"]


class _Ring(QObject):
    """It holds itself, so that only a search for rings takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_rings_go_on_the_thread_of_the_window_however_much_another_makes(jobs: Jobs, seen: Seen, qtbot: QtBot) -> None:
    weakref.finalize(_Ring(), lambda: seen.log.append(threading.get_ident()))
    owner, many = QObject(), []
    jobs.submit(owner, lambda _p: [[] for _ in range(200_000)], many.append)
    qtbot.waitUntil(lambda: bool(many) and bool(seen.log), timeout=5000)
    assert seen.log == [threading.get_ident()]


@pytest.mark.parametrize("fails", [False, True])
def test_what_hangs_on_work_goes_on_the_thread_of_the_window(jobs: Jobs, seen: Seen, qtbot: QtBot, fails: bool) -> None:
    def submit() -> None:
        owner = QObject()
        weakref.finalize(owner, lambda: seen.log.append(threading.get_ident()))

        def work(_progress: Progress) -> str:
            if fails:
                raise UserError("disk.full")
            return owner.objectName()

        jobs.submit(owner, work, lambda _r: None)

    for _ in range(20):
        submit()
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.submit(QObject(), lambda _p: None)
    qtbot.waitUntil(lambda: len(seen.log) == 20, timeout=5000)
    assert set(seen.log) == {threading.get_ident()}


def test_python_looks_for_rings_itself_when_no_other_thread_is_at_work(seen: Seen, qtbot: QtBot) -> None:
    before = gc.isenabled()
    jobs = Jobs(lambda _owner, error: None)
    assert not gc.isenabled()
    jobs.close(lambda: None, lambda: seen.log.append("over"))
    qtbot.waitUntil(lambda: "over" in seen.log)
    assert gc.isenabled() is before
