"""Choosing a printer, trying it, turning it off; what the system's own printing keeps; temporary files in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import KnownFault, UserError
from desktop.domain.folders import Role
from desktop.paper.printing import line
from desktop.paper.printing.printer import Pace
from desktop.services import printers, spool
from desktop.services.session import Session
from tests.desktop.paper.printing.real import TOOLS, free_port, running


@pytest.mark.needs(*TOOLS)
def test_a_printer_is_found_chosen_tried_and_turned_off(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path) as real:
        monkeypatch.setattr(printers, "PORTS", (free_port(), real.address.port))
        heard: list[tuple[int, int]] = []
        (found,) = printers.near(lambda done, total: heard.append((done, total)))
        assert (found.name, found.address, found.here, found.locked) == ("Example Printer", real.address.shown, True, False)
        assert heard == [(0, 2), (1, 2)]
        assert printers.chosen(session) is None
        printers.choose(session, printer=found)
        kept = printers.chosen(session)
        assert kept == found
        page = printers.trial_paper("A4")
        printers.send(kept, paper=page, size="A4")
        assert real.pages() == [page.pdf]
        printers.turn_off(session)
        assert printers.chosen(session) is None
    assert [line[2] for line in session.vault.audited(2)] == ["printer.off", "printer.chosen"]
    assert printers.near() == []
    with pytest.raises(KnownFault, match=r"printer\.off"):
        printers.send(found, paper=page, size="A4")


@pytest.mark.needs(*TOOLS)
def test_a_printer_of_the_network_is_taken_by_its_encrypted_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "ssl"
    keys.mkdir()
    monkeypatch.setattr(line.Address, "here", False)
    with running(tmp_path, "-K", str(keys)) as real:
        found = printers.look(real.address.shown)
        assert found.locked
        page = printers.trial_paper("A4")
        printers.send(found, paper=page, size="A4")
        assert real.pages() == [page.pdf]
        with pytest.raises(KnownFault, match=r"printer\.changed"):
            printers.send(replace(found, mark="f" * 64), paper=page, size="A4")


@pytest.mark.needs(*TOOLS)
def test_a_printer_that_cannot_take_pages_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path, formats="application/postscript") as real:
        with pytest.raises(UserError, match=r"printer\.format"):
            printers.look(real.address.shown)
        monkeypatch.setattr(printers, "PORTS", (real.address.port,))
        assert printers.near() == []
    with pytest.raises(UserError, match=r"printer\.not_local"):
        printers.look("8.8.8.8")


def test_those_who_only_read_choose_no_printer(sign_in: Callable[[Role], Session]) -> None:
    observer = sign_in(Role.OBSERVER)
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        printers.choose(observer, printer=printers.Printer("", "127.0.0.1", True, False))
    with pytest.raises(UserError, match=r"role\.not_allowed"):
        printers.turn_off(observer)


def test_somebody_is_told_once_what_is_kept(session: Session) -> None:
    assert not printers.told_of_copies(session)
    printers.tell_of_copies(session)
    assert printers.told_of_copies(session)


def test_a_printer_gets_time_as_people_do() -> None:
    assert Pace().look < Pace().hindered < Pace().silent


@pytest.mark.parametrize(("text", "keeps", "hours"), [
    ("LogLevel warn\n", spool.KEEPS_FOR_A_TIME, 24),
    ("# PreserveJobFiles No\nPreserveJobFiles 1h\n", spool.KEEPS_FOR_A_TIME, 1),
    ("PreserveJobFiles 604800\n", spool.KEEPS_FOR_A_TIME, 168),
    ("PreserveJobFiles\tYes\n", spool.KEEPS, 0),
    ("preservejobfiles no\n", spool.KEEPS_NOTHING, 0),
    ("PreserveJobHistory Off\nPreserveJobFiles Yes\n", spool.KEEPS_NOTHING, 0),
    ("PreserveJobFiles nonsense\n", spool.KEEPS_FOR_A_TIME, 24),
])
def test_what_cups_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, keeps: str, hours: int) -> None:
    settings = tmp_path / "cupsd.conf"
    settings.write_text(text, encoding="utf-8")
    monkeypatch.setattr(spool, "CUPS_SETTINGS", settings)
    found = spool.look()
    assert (found.system, found.keeps, found.hours) == ("cups", keeps, hours)


def test_without_a_print_service_or_without_a_look_at_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "CUPS_SETTINGS", tmp_path / "none")
    monkeypatch.setattr(spool, "CUPS_SPOOL", tmp_path / "none")
    monkeypatch.setattr(spool.shutil, "which", lambda *_args, **_named: None)
    assert spool.look().keeps == spool.NO_SERVICE
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(spool, "CUPS_SETTINGS", tmp_path / "folder")  # cannot be read as a file
    assert spool.look().keeps == spool.CANNOT_TELL


def test_printers_that_write_files_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "lpstat"
    program.write_text(
        '#!/bin/sh\n[ "$1" = -v ] || exit 1\necho "device for Office: ipp://127.0.0.1/x"\necho "device for PDF: cups-pdf:/"\necho "device for Old: file:/x"\n',
        encoding="utf-8",
    )
    program.chmod(0o700)
    monkeypatch.setattr(spool.shutil, "which", lambda name, **_named: str(program) if name == "lpstat" else None)
    assert spool.look().files == ("PDF", "Old")


def test_temporary_files_lie_in_memory_and_go_away(monkeypatch: pytest.MonkeyPatch) -> None:
    if spool.memory_folder() is None:
        pytest.skip("this system has no folder in memory")
    before = os.environ.get("TMPDIR")
    with suppress(InterruptedError), spool.files_in_memory() as here:
        assert here
        folder = Path(os.environ["TMPDIR"])
        assert folder.stat().st_mode & 0o777 == 0o700
        with tempfile.NamedTemporaryFile(dir=os.environ["TMPDIR"], delete=False) as kept:
            kept.write(b"page")
        raise InterruptedError
    assert not folder.exists()
    assert os.environ.get("TMPDIR") == before


def test_only_a_folder_in_memory_is_taken_for_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run, disk = tmp_path / "run", tmp_path / "disk"
    for one in (run, disk):
        one.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"root / ext4 rw 0 0\nrun {run} tmpfs rw 0 0\nshm /dev/shm ext4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(spool, "MOUNTS", mounts)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(run))
    assert spool.memory_folder() == run
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(disk))
    assert spool.memory_folder() is None
    before = os.environ.get("TMPDIR")
    with spool.files_in_memory() as here:
        assert not here
        assert os.environ.get("TMPDIR") == before
    monkeypatch.setattr(spool, "MOUNTS", tmp_path / "none")
    assert spool.memory_folder() is None
